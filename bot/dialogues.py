"""Conversations kept under a pseudonym, for a stated time, and deleted when their person asks for it."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine, delete, insert, select, update

from bot.answer import Option
from bot.conversation import Conversation
from bot.queueing import Clock, now_ms
from bot.tables import ContactRow, DialogueRow, DialogueTurnRow

_DAY_MS = 86_400_000
_OFFERS = 5
_RATEABLE = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """Options shown under one message; a button names its offer, so that an old button still means what it
    said.
    """

    id: str
    options: tuple[Option, ...]
    conversation: Conversation = field(default_factory=Conversation)


@dataclass(frozen=True, slots=True)
class Rateable:
    """An answer that may still be rated, once."""

    id: str
    procedure_code: str | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where a conversation stands. `silent_until_ms`: staff are writing; `asked_why`: the rating that waits
    for a reason.
    """

    conversation: Conversation = field(default_factory=Conversation)
    offers: tuple[Offer, ...] = ()
    rateable: tuple[Rateable, ...] = ()
    asked_why: str | None = None
    failures: int = 0
    silent_until_ms: int = 0
    resumed_ticket: str | None = None
    told_waiting: str | None = None
    is_greeted: bool = False

    def offered(self, offer: Offer) -> tuple[Offer, ...]:
        """The last few offers with a new one."""
        return (*self.offers, offer)[-_OFFERS:]

    def with_rateable(self, answer: Rateable) -> tuple[Rateable, ...]:
        """The last few answers with a new one."""
        return (*self.rateable, answer)[-_RATEABLE:]


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What is kept of a turn: the masked question, how it ended and the answer."""

    question: str
    status: str
    answer: str


_ADAPTER = TypeAdapter(Dialogue)


class Dialogues:
    """The stored conversations."""

    def __init__(self, engine: Engine, days: int = 30, clock: Clock = now_ms) -> None:
        self._engine = engine
        self._days = days
        self._clock = clock

    def get(self, person: str) -> Dialogue:
        """Where the conversation with a person stands; a new one when nothing is known or it is from another
        release.
        """
        with self._engine.connect() as connection:
            content = connection.execute(select(DialogueRow.content).where(DialogueRow.person == person)).scalar()
        if content is None:
            return Dialogue()
        try:
            return _ADAPTER.validate_python(content, strict=False)
        except ValidationError:
            return Dialogue()

    def put(self, connection: Connection, person: str, channel: str, dialogue: Dialogue) -> None:
        """Remember where the conversation stands."""
        values: dict[str, Any] = {
            "content": _ADAPTER.dump_python(dialogue, mode="json"),
            "updated_ms": self._clock(),
        }
        known = connection.execute(update(DialogueRow).where(DialogueRow.person == person).values(values))
        if not known.rowcount:
            connection.execute(insert(DialogueRow).values(person=person, channel=channel, **values))

    def record(self, connection: Connection, person: str, turn: TurnRecord) -> None:
        """Keep a turn."""
        line = {"question": turn.question, "status": turn.status, "answer": turn.answer}
        connection.execute(insert(DialogueTurnRow).values(person=person, at_ms=self._clock(), **line))

    def touch(self, connection: Connection, person: str, at_ms: int) -> None:
        """A person has written: the window for replies begins anew."""
        statement = update(ContactRow).where(ContactRow.person == person)
        if not connection.execute(statement.values(last_ms=at_ms, sent=0)).rowcount:
            connection.execute(insert(ContactRow).values(person=person, last_ms=at_ms, sent=0))

    def forget(self, connection: Connection, person: str) -> None:
        """Delete all that is kept of a person."""
        for table in (DialogueTurnRow, DialogueRow, ContactRow):
            connection.execute(delete(table).where(table.person == person))

    def clean(self) -> None:
        """Delete what has been kept for its time."""
        before = self._clock() - self._days * _DAY_MS
        with self._engine.begin() as connection:
            connection.execute(delete(DialogueTurnRow).where(DialogueTurnRow.at_ms < before))
            connection.execute(delete(DialogueRow).where(DialogueRow.updated_ms < before))
            connection.execute(delete(ContactRow).where(ContactRow.last_ms < before))
