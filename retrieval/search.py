"""The whole of retrieval in one place: question -> ranked hits.

1. The question is looked for as typed and with its accents restored (question.py).
2. Every live generation gives candidates: nearest vectors in Chroma, best BM25 scores (evidence.py).
3. Linear models order procedures, guides and parts of plans; the head of each order gets a probability (ranking.py).
4. Twins (one procedure published by several provinces) are folded into one; the orders are merged.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from corpus.chunking import Chunk
from corpus.store import NATIONAL, DocumentStore
from corpus.vietnamese import fold
from retrieval.encoder import Encoder
from retrieval.entries import FAMILIES, Unit, nested
from retrieval.evidence import COLUMN, FEATURES, Asked, Candidates, Matrix, gather
from retrieval.generation import Generation
from retrieval.index import LiveIndex
from retrieval.question import Question, provinces_named
from retrieval.ranking import Ranker, signals_of
from retrieval.words import lexical_words

_KEPT = 40
# What a commune keeps as its own record is what its people ask for.
_OWN_RECORD = 0.6
# A province's own procedure is of no use to another province's citizens.
_ELSEWHERE = 20.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `score` is the probability for the first hit of its kind, and falls with the rank below it.

    `twins` are the codes of the same procedure in other places; `features` what spoke for it, in FEATURES order.
    """

    unit: Unit
    chunk: Chunk
    score: float
    raw: float
    twins: tuple[str, ...]
    features: Matrix = field(compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found for a question, best first; how sure the best procedure and the best other part are."""

    hits: tuple[Hit, ...]
    procedure_probability: float
    part_probability: float


@dataclass(frozen=True, slots=True)
class _Ranked:
    generation: Generation
    unit: Unit
    raw: float
    row: Matrix
    twins: tuple[str, ...] = ()


class Searcher:
    """Searches the live index."""

    def __init__(self, store: DocumentStore, index: LiveIndex, encoder: Encoder, ranker: Ranker) -> None:
        self._store = store
        self._index = index
        self._encoder = encoder
        self._ranker = ranker
        self._provinces: dict[str, str | None] = {}

    def search(self, question: Question, commune: str | None = None, limit: int = 10) -> Found:
        """The best hits for a question, at most `limit` procedures and parts together. Raises IndexUnavailable."""
        if question.is_empty:
            return Found((), 0.0, 0.0)
        lists: dict[str, list[_Ranked]] = {family: [] for family in FAMILIES}
        for generation in self._index.generations(commune):
            candidates = self.candidates(generation, question, commune)
            for family, ranked in lists.items():
                ranked.extend(self._ordered(candidates, family, question.codes))
        lists["procedure"] = _exact_first(_folded(lists["procedure"], question.codes), question.codes)
        for family in ("guide", "part"):
            lists[family].sort(key=lambda item: -item.raw)
        sure = {kind: self._probability(kind, ranked, bool(question.codes)) for kind, ranked in lists.items()}
        merged = _merged([(ranked, sure[kind]) for kind, ranked in lists.items()])[:limit]
        return Found(self._hits(merged), sure["procedure"], max(sure["guide"], sure["part"]))

    def candidates(self, generation: Generation, question: Question, commune: str | None) -> Candidates:
        """What one generation has to say to a question, before it is ranked."""
        words = [lexical_words(form) for form in question.forms]
        forms = list(question.forms)
        if generation.manifest.scope != NATIONAL:
            # What every part of a plan says ("tuyên truyền cải cách hành chính") would drown what is asked.
            rare = [w for w in generation.lexical.distinctive(words[0]) if w not in generation.title_words]
            forms += [" ".join(rare)] if rare else []
            words += [rare] if len(rare) >= 2 else []
        provinces = provinces_named(question, generation.provinces) or self._home(commune)
        return gather(
            generation,
            Asked(self._encoder.encode_queries(forms), words, question.cues, provinces, question.codes),
        )

    def _home(self, commune: str | None) -> frozenset[str]:
        if commune is None:
            return frozenset()
        if commune not in self._provinces:
            self._provinces[commune] = self._store.commune(commune).province
        province = self._provinces[commune]
        return frozenset({fold(province)} if province else ())

    def _ordered(self, candidates: Candidates, family: str, codes: tuple[str, ...]) -> list[_Ranked]:
        generation = candidates.generation
        rows = np.flatnonzero(generation.families[candidates.units] == FAMILIES.index(family))
        if not len(rows):
            return []
        scores = self._ranker.scores(candidates, family)
        scores = scores - _ELSEWHERE * candidates.features[:, COLUMN["other_province"]]
        numbers = candidates.units.tolist()
        wanted = rows[np.argsort(-scores[rows], kind="stable")].tolist()
        named = [row for row in wanted[_KEPT:] if generation.units[numbers[row]].procedure_code in codes]
        own = _OWN_RECORD if generation.manifest.scope != NATIONAL and family == "procedure" else 0.0
        return [
            _Ranked(generation, generation.units[numbers[row]], float(scores[row]) + own, candidates.features[row])
            for row in (*wanted[:_KEPT], *named)
        ]

    def _probability(self, kind: str, ranked: list[_Ranked], exact: bool) -> float:
        if not ranked:
            return 0.0
        if exact and ranked[0].raw == np.inf:
            return 1.0
        first = ranked[0].unit.address
        runner_up = next((item.raw for item in ranked[1:] if not nested(first, item.unit.address)), None)
        return self._ranker.probability(kind, signals_of(ranked[0].row, ranked[0].raw, runner_up))

    def _hits(self, merged: list[tuple[_Ranked, float]]) -> tuple[Hit, ...]:
        new = [item for item, _ in merged if item.unit.chunk_id not in item.generation.shown]
        chunks = self._store.chunks_by_id([item.unit.chunk_id for item in new]) if new else {}
        for item in new:
            if item.unit.chunk_id in chunks:
                item.generation.shown[item.unit.chunk_id] = chunks[item.unit.chunk_id]
        return tuple(
            Hit(item.unit, chunk, score, item.raw, item.twins, item.row)
            for item, score in merged
            if (chunk := item.generation.shown.get(item.unit.chunk_id)) is not None
        )


def _folded(ranked: list[_Ranked], named: tuple[str, ...]) -> list[_Ranked]:
    """One entry per procedure name.

    The record whose code was typed stands for it, else the commune's own, then the national one, then the best.
    """

    def order(item: _Ranked) -> tuple[bool, bool, int, int, float]:
        unit = item.unit
        return (
            unit.procedure_code not in named,
            unit.document_id.startswith("tthc-"),
            unit.standing,
            unit.level,
            -item.raw,
        )

    groups: dict[str, list[_Ranked]] = {}
    for item in sorted(ranked, key=lambda item: -item.raw):
        groups.setdefault(item.unit.group, []).append(item)
    folded = []
    for items in groups.values():
        best = min(items, key=order) if len(items) > 1 else items[0]
        codes = tuple(dict.fromkeys(item.unit.procedure_code or "" for item in items if item is not best))
        folded.append(_Ranked(best.generation, best.unit, items[0].raw, items[0].row, codes))
    return sorted(folded, key=lambda item: -item.raw)


def _exact_first(ranked: list[_Ranked], codes: tuple[str, ...]) -> list[_Ranked]:
    """A procedure whose code was typed stands first."""
    named = [replace(item, raw=float("inf")) for item in ranked if item.unit.procedure_code in codes]
    return [*named, *(item for item in ranked if item.unit.procedure_code not in codes)]


def _merged(lists: list[tuple[list[_Ranked], float]]) -> list[tuple[_Ranked, float]]:
    """All orders as one: each list begins at its probability and falls as its scores fall."""
    merged = [
        (item, sure * float(np.exp(min(item.raw - ranked[0].raw, 0.0))) if np.isfinite(item.raw) else sure)
        for ranked, sure in lists
        for item in ranked
    ]
    return sorted(merged, key=lambda pair: -pair[1])


def explained(hit: Hit) -> dict[str, float]:
    """What spoke for a hit, by name, without the zeros."""
    return {name: value for name, value in zip(FEATURES, hit.features.tolist(), strict=True) if value}
