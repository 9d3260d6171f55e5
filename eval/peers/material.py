"""What every system is given: procedures as documents, and questions with their right codes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.database import connect
from corpus.store import NATIONAL, DocumentStore
from corpus.vietnamese import folded_syllables, one_line
from eval.question_set import read_set
from eval.variants import Variant, varied
from retrieval.entries import bare_name

_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Record:
    """A procedure as one document: its code, its name and the whole text of its record."""

    code: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in two forms and the codes that are right."""

    plain: str
    without_accents: str
    codes: frozenset[str]


class Peer(Protocol):
    """A system to compare with."""

    name: str
    packages: tuple[str, ...]

    def index(self, records: Sequence[Record]) -> int:
        """Take the documents in; how many passages they became."""
        ...

    def search(self, question: str) -> list[str]:
        """Codes of the best documents, best first, each once."""
        ...


def records_of(data: Path) -> list[Record]:
    """Every national procedure of a data folder."""
    store = DocumentStore(connect(f"sqlite:///{data / 'motcua.db'}"))
    texts: dict[str, list[str]] = {}
    for chunk in store.chunks(NATIONAL):
        if chunk.procedure_code is not None:
            texts.setdefault(chunk.procedure_code, []).append(chunk.text)
    return [Record(code, one_line(parts[0]), "\n\n".join(parts)) for code, parts in texts.items()]


def asked_of(sets: Sequence[Path], records: Sequence[Record]) -> list[Asked]:
    """The questions of some sets; the codes of equal names are right as well."""
    groups: dict[str, set[str]] = {}
    group_of = {record.code: " ".join(folded_syllables(bare_name(record.name))) for record in records}
    for code, group in group_of.items():
        groups.setdefault(group, set()).add(code)
    asked = []
    for gold in (gold for path in sets for gold in read_set(path).questions if gold.codes):
        alike = set(gold.codes).union(*(groups[group_of[code]] for code in gold.codes if code in group_of))
        bare = varied(gold, Variant.NO_ACCENTS) or gold.question
        asked.append(Asked(gold.question, bare, frozenset(alike)))
    return asked


def smaller(
    records: Sequence[Record], asked: Sequence[Asked], documents: int, questions: int
) -> tuple[list[Record], list[Asked]]:
    """A part that slow systems can index: some questions, what answers them, and other procedures beside it."""
    chance = random.Random(_SEED)
    chosen = chance.sample(list(asked), min(questions, len(asked)))
    known = {record.code for record in records}
    needed = {min(codes) for question in chosen if (codes := question.codes & known)}
    others = [record.code for record in records if record.code not in needed]
    kept = needed | set(chance.sample(others, min(max(0, documents - len(needed)), len(others))))
    return [record for record in records if record.code in kept], chosen
