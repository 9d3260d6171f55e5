"""What the assistant did with a question, as the measures see it, whether it ran in this process or on a server."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from eval.gold import GoldQuestion


@dataclass(frozen=True, slots=True)
class Source:
    """A citation of a reply. `quote` is the source's own text."""

    n: int
    document: str
    title: str
    number: str | None
    issued_on: date | None
    as_of: date | None
    path: str
    quote: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that was offered."""

    label: str
    code: str | None


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One hit of the search.

    `codes` are the procedure's code and those of its twins; `score` is a probability.
    """

    codes: tuple[str, ...]
    name: str
    document: str
    path: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. `found` is None where the search cannot be seen (a server); times in milliseconds."""

    status: str
    text: str
    code: str | None = None
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    found: tuple[FoundPart, ...] | None = None
    steps_ms: dict[str, float] = field(default_factory=dict)
    total_ms: float = 0.0


class Assistant(Protocol):
    """Whatever answers the questions of a set."""

    def reply(self, gold: GoldQuestion, question: str) -> Reply:
        """Answer a question in the place of the one in `gold`, after the same history."""
        ...

    def alike(self, codes: tuple[str, ...]) -> frozenset[str]:
        """The codes themselves and those of the same procedure elsewhere, as far as the corpus knows."""
        ...

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """What those procedures are called, as far as it is known."""
        ...
