"""What speaks for each candidate: the features that the ranking weighs.

Every feature is a plain number that a person can read in `motcua ask --explain`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.chunking import ChunkKind
from retrieval.cues import Cue, subject_words
from retrieval.entries import FAMILIES, Field, Unit
from retrieval.generation import Generation
from retrieval.grams import shared
from retrieval.lexical import best_of
from retrieval.vectors import SMALL, Neighbours

FEATURES = (
    *(f"dense_{field.name.lower()}" for field in Field),
    "dense_best",
    "dense_votes",
    *(f"lexical_{field.name.lower()}" for field in Field),
    "name_covered",
    "province",
    "ministry",
    "local_decision",
    "struck_out",
    "has_phrasings",
    "same_province",
    "other_province",
    "task_asked",
    "task_not_asked",
    "signer_asked",
    "header_asked",
    "basis_asked",
    "recipients_asked",
    "formal_not_asked",
    "whole_part",
    "guide",
    "figure_asked",
    "duty_asked",
    "duty_not_asked",
    "office_asked",
    "topic_asked",
    "topic_not_asked",
    "words_shared",
    "pairs_shared",
    "lead_told",
    "time_told",
    "number_told",
    "goal_asked",
    "formal_fits",
    "topic_fits",
    "asked_covered",
)
COLUMN = {name: column for column, name in enumerate(FEATURES)}
# Chroma's graph takes time by how many are wanted; every vector of a small collection is compared anyway.
_NEAREST, _NEAREST_OF_FEW = 150, 200
_LEXICAL = 120
_TASK_CUES = {Cue.LEAD, Cue.COORDINATING, Cue.DEADLINE, Cue.PRODUCT}
_FORMAL_CUES = {
    "Chữ ký": Cue.SIGNER,
    "Phần mở đầu": Cue.HEADER,
    "Căn cứ ban hành": Cue.BASIS,
    "Nơi nhận": Cue.RECIPIENTS,
}
_TOPIC_CUES = {
    "muc dich": Cue.PURPOSE,
    "yeu cau": Cue.DEMANDS,
    "doi tuong": Cue.AUDIENCE,
    "noi dung": Cue.CONTENT,
    "hinh thuc": Cue.MEANS,
    "kinh phi": Cue.BUDGET,
    "chi tieu": Cue.TARGETS,
    "to chuc thuc hien": Cue.DUTY,
}

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Units of one generation that may answer, and their features, shape (len(units), len(FEATURES))."""

    generation: Generation
    units: Numbers
    features: Matrix


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a question.

    `vectors` and `words` of each of its forms; `provinces` (folded) that it names or that the commune lies in;
    procedure `codes` typed in it.
    """

    vectors: Matrix
    words: list[list[str]]
    cues: frozenset[Cue]
    provinces: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()


def gather(generation: Generation, asked: Asked) -> Candidates:
    """The candidates of a generation: nearest by vector, best by BM25, and what was named by its code."""
    nearest = _NEAREST if len(generation.owners) > SMALL else _NEAREST_OF_FEW
    neighbours = generation.vectors.query(asked.vectors, nearest)
    lexical = np.zeros(len(generation.owners), dtype=np.float32)
    for form in asked.words:
        lexical = np.maximum(lexical, generation.lexical.scores(form))
    found = np.concatenate([neighbours.entries.ravel(), best_of(lexical, _LEXICAL).astype(np.int32)])
    named = [generation.by_code[code] for code in asked.codes if code in generation.by_code]
    units = np.unique(np.concatenate([generation.owners[found], np.array(named, dtype=np.int32)])).astype(np.int32)
    features = np.zeros((len(units), len(FEATURES)), dtype=np.float32)
    _dense(features, generation, units, neighbours)
    _lexical(features, generation, units, lexical, asked.words)
    _standing(features, generation, units, asked.provinces)
    _shared(features, generation, units, asked.words)
    _covered(features, generation, units, asked.words)
    for row in np.flatnonzero(generation.families[units] != FAMILIES.index("procedure")).tolist():
        number = int(units[row])
        _asked_for(features[row], generation.units[number], bool(generation.has_figure[number]), asked.cues)
    return Candidates(generation, units, features)


def _dense(features: Matrix, generation: Generation, units: Numbers, neighbours: Neighbours) -> None:
    """Best similarity per field; what was not among the nearest counts as far as the farthest of them."""
    entries, place = np.unique(neighbours.entries, return_inverse=True)
    values = np.full(len(entries), -1, dtype=np.float32)
    np.maximum.at(values, place.ravel(), neighbours.similarities.ravel())
    floor = float(values.min()) if len(values) else 0.0
    rows = np.searchsorted(units, generation.owners[entries]).astype(np.int64)
    dense = np.full((len(units), len(Field)), floor, dtype=np.float32)
    np.maximum.at(dense, (rows, generation.fields[entries]), values)
    features[:, : len(Field)] = dense
    features[:, COLUMN["dense_best"]] = dense.max(axis=1, initial=0)
    features[:, COLUMN["dense_votes"]] = _votes(rows, values, len(units), floor)


def _votes(rows: Offsets, values: Matrix, count: int, floor: float) -> Matrix:
    """The mean of the three best entries of each unit: several like phrasings are worth more than one lucky one."""
    votes = np.full((count, 3), floor, dtype=np.float32)
    order = np.lexsort((-values, rows))
    rows, values = rows[order], values[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    best = place < 3
    votes[rows[best], place[best]] = values[best]
    return np.asarray(votes.mean(axis=1), dtype=np.float32)


def _lexical(features: Matrix, generation: Generation, units: Numbers, lexical: Matrix, words: list[list[str]]) -> None:
    entries, rows, _ = _members(generation.entry_starts, units)
    best = np.zeros((len(units), len(Field)), dtype=np.float32)
    np.maximum.at(best, (rows, generation.fields[entries]), lexical[entries])
    first = COLUMN[f"lexical_{Field(0).name.lower()}"]
    features[:, first : first + len(Field)] = best
    said = np.zeros(generation.lexical.vocabulary, dtype=np.float32)
    for form in words:
        said[generation.lexical.ids(form)] = 1
    places, _, starts = _members(generation.name_starts, units)
    names = generation.name_words[places]
    weights = generation.lexical.weights[names]
    have, full = np.add.reduceat(weights * said[names], starts), np.add.reduceat(weights, starts)
    features[:, COLUMN["name_covered"]] = have / np.maximum(full, 1e-6)


def _members(starts: Offsets, units: Numbers) -> tuple[Offsets, Offsets, Offsets]:
    """What belongs to some units, each given as a range: the members, the row of each one's unit, where each begins."""
    first, counts = starts[units], starts[units + 1] - starts[units]
    begins = np.cumsum(counts) - counts
    rows = np.repeat(np.arange(len(units)), counts)
    return np.arange(counts.sum()) + np.repeat(first - begins, counts), rows, begins


def _shared(features: Matrix, generation: Generation, units: Numbers, words: list[list[str]]) -> None:
    known = generation.grams, generation.gram_owners, len(generation.units)
    single, pairs = shared(*known, words, generation.lexical.weight)
    features[:, COLUMN["words_shared"]] = single[units]
    features[:, COLUMN["pairs_shared"]] = pairs[units]


def _covered(features: Matrix, generation: Generation, units: Numbers, words: list[list[str]]) -> None:
    """How much of what is asked about each unit has in any of its texts: a dog is in no adoption's."""
    for form in {subject_words(form) for form in words}:
        share = generation.lexical.covered(sorted(form))[units]
        features[:, COLUMN["asked_covered"]] = np.maximum(features[:, COLUMN["asked_covered"]], share)


def _standing(features: Matrix, generation: Generation, units: Numbers, provinces: frozenset[str]) -> None:
    first = COLUMN["province"]
    features[:, first : first + 4] = generation.standings[units]
    features[:, COLUMN["has_phrasings"]] = generation.has_phrasings[units]
    local = generation.is_local[units]
    same = np.zeros(len(units), dtype=bool)
    for row in np.flatnonzero(local).tolist():
        same[row] = generation.units[units[row]].province in provinces
    features[:, COLUMN["same_province"]] = same
    features[:, COLUMN["other_province"]] = local & ~same & bool(provinces)


def _asked_for(row: Matrix, unit: Unit, has_figure: bool, cues: frozenset[Cue]) -> None:
    """How a part of a plan fits what the question is after."""
    is_task, formal = unit.kind is ChunkKind.TASK, unit.role is not None
    wanted = _FORMAL_CUES.get(unit.role or "") in cues
    duty = Cue.DUTY in cues
    row[COLUMN["task_asked"]] = is_task and bool(cues & _TASK_CUES)
    row[COLUMN["task_not_asked"]] = is_task and not cues & _TASK_CUES
    if wanted:
        row[COLUMN[f"{_FORMAL_CUES[unit.role or '']}_asked"]] = 1
        row[COLUMN["formal_fits"]] = row[COLUMN["words_shared"]]
    row[COLUMN["formal_not_asked"]] = formal and not wanted
    row[COLUMN["whole_part"]] = unit.whole
    row[COLUMN["guide"]] = unit.kind is ChunkKind.GUIDE
    row[COLUMN["figure_asked"]] = has_figure and Cue.FIGURE in cues
    row[COLUMN["duty_asked"]] = unit.names_office and duty
    row[COLUMN["duty_not_asked"]] = unit.names_office and not duty
    row[COLUMN["office_asked"]] = (unit.names_office or unit.under_office) and Cue.LEAD in cues
    row[COLUMN["lead_told"]] = is_task and Cue.LEAD in cues
    row[COLUMN["time_told"]] = unit.tells_time and Cue.DEADLINE in cues
    row[COLUMN["number_told"]] = unit.tells_number and Cue.NUMBER in cues
    row[COLUMN["goal_asked"]] = unit.goal and Cue.TARGETS in cues
    topic = _TOPIC_CUES.get(unit.topic or "")
    # Who asks for an office does not ask for the part that has its matter for a heading.
    topic_asked = topic in cues and (topic is Cue.DUTY or Cue.LEAD not in cues)
    row[COLUMN["topic_asked"]] = topic_asked or (unit.tells_budget and Cue.BUDGET in cues)
    row[COLUMN["topic_not_asked"]] = topic is not None and not topic_asked
    row[COLUMN["topic_fits"]] = row[COLUMN["topic_asked"]] * row[COLUMN["words_shared"]]
