"""Tickets: a citizen waits for staff, staff answer from their group, the bot keeps silent meanwhile."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, insert, select, update

from bot.queueing import Clock, now_ms
from bot.tables import TicketRow

# Without letters and digits that look or sound alike: the code is read out at the counter.
_LETTERS = "ACDEFGHKMNPRTUVXY34679"
_DAY_MS = 86_400_000
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A citizen waiting for staff. `question` is masked."""

    code: str
    channel: str
    person: str
    user_key: str
    question: str
    opened_ms: int


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """Where staff are told of citizens waiting, and when they are there."""

    channel: str | None
    chat: str | None
    hours: str

    def holds(self, channel: str, user_key: str) -> bool:
        """Whether an address is the group or somebody in it."""
        return self.chat is not None and channel == self.channel and user_key.split("/")[0] == self.chat


def new_code() -> str:
    """A short code for a ticket: four letters or digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


class Tickets:
    """The stored tickets."""

    def __init__(self, engine: Engine, clock: Clock = now_ms) -> None:
        self._engine = engine
        self._clock = clock

    def waiting_for(self, person: str) -> Ticket | None:
        """The ticket on which a person waits, not older than a day: after that the bot speaks again."""
        fresh = TicketRow.opened_ms > self._clock() - _DAY_MS
        return self._one(TicketRow.person == person, TicketRow.state == OPEN, fresh)

    def open_one(self, code: str) -> Ticket | None:
        """An open ticket by its code."""
        return self._one(TicketRow.code == code.upper(), TicketRow.state == OPEN)

    def free_code(self) -> str:
        """A code that no ticket has."""
        with self._engine.connect() as connection:
            while connection.execute(select(TicketRow.code).where(TicketRow.code == (code := new_code()))).first():
                continue
        return code

    def put(self, connection: Connection, ticket: Ticket) -> None:
        """Open a ticket."""
        line = {
            "code": ticket.code,
            "channel": ticket.channel,
            "person": ticket.person,
            "user_key": ticket.user_key,
            "question": ticket.question,
            "opened_ms": ticket.opened_ms,
        }
        connection.execute(insert(TicketRow).values(state=OPEN, **line))

    def close(self, connection: Connection, code: str) -> None:
        """Close a ticket and forget the words and the address in it."""
        values = {"state": CLOSED, "question": "", "user_key": "", "closed_ms": self._clock()}
        connection.execute(update(TicketRow).where(TicketRow.code == code).values(values))

    def forget(self, connection: Connection, person: str) -> None:
        """Delete a person's tickets."""
        connection.execute(delete(TicketRow).where(TicketRow.person == person))

    def clean(self, before_ms: int) -> None:
        """Delete tickets opened before a moment."""
        with self._engine.begin() as connection:
            connection.execute(delete(TicketRow).where(TicketRow.opened_ms < before_ms))

    def _one(self, *wanted: object) -> Ticket | None:
        query = select(TicketRow).where(*wanted).order_by(TicketRow.opened_ms.desc())  # type: ignore[arg-type]
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).first()
        if row is None:
            return None
        return Ticket(row.code, row.channel, row.person, row.user_key, row.question, row.opened_ms)
