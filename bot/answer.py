"""What the assistant gives back: an answer with a named ending and its citations."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AnswerStatus(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NO_ANSWER = "no_answer"
    OUT_OF_SCOPE = "out_of_scope"
    EMERGENCY = "emergency"
    GREETING = "greeting"
    REFUSED = "refused"
    ERROR = "error"


class Wording(StrEnum):
    """Whose words an answer is in: ours, a chat model's, or ours because the model's failed or were not grounded."""

    COMPOSED = "composed"
    MODEL = "model"
    FAILED = "failed"
    UNGROUNDED = "ungrounded"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands. `quote` is the source's own text, letter for letter; `n` its number in the answer."""

    n: int
    chunk_id: str
    document_id: str
    title: str
    number: str | None
    issued_on: date | None
    as_of: date | None
    path: str
    quote: str
    url: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered to the citizen: a procedure by its code, or a word."""

    label: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedureRef:
    """The procedure an answer is about."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `text` marks its statements with [n]; `more` is what did not fit a phone."""

    status: AnswerStatus
    text: str
    citations: tuple[Citation, ...] = ()
    procedure: ProcedureRef | None = None
    options: tuple[Option, ...] = ()
    more: str | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    wording: Wording = Wording.COMPOSED
