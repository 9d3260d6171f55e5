"""Events that came in: stored before the channel is told "received", each once, worked on in order per
person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot.channels import Event, EventKind
from bot.people import People
from bot.queueing import DEAD, DONE, WAITING, Clock, Pace, bury, now_ms, postpone, renew, still_ours, take
from bot.tables import InboxRow


@dataclass(frozen=True, slots=True)
class Taken:
    """An event in the hands of a worker; `row` is its line in the table."""

    event: Event
    person: str
    row: Any


class Inbox:
    """The durable queue of events. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, people: People, pace: Pace | None = None, clock: Clock = now_ms) -> None:
        self._engine = engine
        self._people = people
        self._pace = pace or Pace()
        self._clock = clock

    def store(self, events: Sequence[Event]) -> int:
        """Store events and return how many were new; one whose message id is known is left out."""
        now = self._clock()
        lines = [
            {
                "channel": event.channel,
                "message_id": event.message_id,
                "person": self._people.pseudonym(event.channel, event.user_key),
                "user_key": event.user_key,
                "kind": event.kind.value,
                "text": event.text,
                "option": event.option,
                "at_ms": event.at_ms,
                "received_ms": now,
                "state": WAITING,
                "attempts": 0,
                "not_before_ms": now + self._pace.settle_ms,
                "lease_until_ms": 0,
            }
            # In one order everywhere: two processes that store the same events must not wait for each other.
            for event in sorted(events, key=lambda event: (event.channel, event.message_id))
        ]
        if not lines:
            return 0
        with self._engine.begin() as connection:
            return len(connection.execute(_insert_new(self._engine.dialect.name, lines)).all())

    def take(self, worker: str, limit: int, channels: Sequence[str]) -> list[Taken]:
        """Take events to work on; events of one person come one at a time, in the order in which they were
        written.
        """
        with self._engine.begin() as connection:
            rows = take(connection, InboxRow, worker, self._pace, self._clock(), limit, channels, _written_before)
        return [Taken(_event(row), row.person, row) for row in rows]

    def complete(self, connection: Connection, taken: Taken) -> bool:
        """Mark an event as done and forget its words; False when another worker has taken it over."""
        statement = update(InboxRow).where(*still_ours(InboxRow, taken.row))
        values = {"state": DONE, "text": "", "option": None, "user_key": "", "reason": None}
        return connection.execute(statement.values(values)).rowcount == 1

    def retry(self, taken: Taken, reason: str) -> None:
        """Try again after a pause."""
        until = self._clock() + self._pace.pause(taken.row.attempts)
        with self._engine.begin() as connection:
            postpone(connection, InboxRow, taken.row, until, reason, counts=True)

    def bury(self, connection: Connection, taken: Taken, reason: str) -> None:
        """Put an event aside for good, with the reason."""
        bury(connection, InboxRow, taken.row, reason)

    def renew(self, worker: str, ids: Sequence[int]) -> None:
        """Keep events that are being worked on."""
        with self._engine.begin() as connection:
            renew(connection, InboxRow, worker, ids, self._clock() + self._pace.lease_ms)

    def counts(self) -> dict[str, int]:
        """How many events stand in each state."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
            return {state: number for state, number in rows}

    def clean(self, before_ms: int) -> None:
        """Delete finished events older than a moment; they are kept so long to know duplicates by."""
        finished = InboxRow.state.in_((DONE, DEAD))
        with self._engine.begin() as connection:
            connection.execute(delete(InboxRow).where(finished, InboxRow.received_ms < before_ms))


def _written_before(earlier: Any, row: Any) -> ColumnElement[bool]:  # noqa: ANN401 - the table, twice
    return or_(earlier.at_ms < row.at_ms, and_(earlier.at_ms == row.at_ms, earlier.id < row.id))


def _event(row: Any) -> Event:  # noqa: ANN401 - a row of the table
    return Event(row.channel, row.user_key, row.message_id, row.at_ms, EventKind(row.kind), row.text, row.option)


def _insert_new(dialect: str, lines: list[dict[str, Any]]) -> ReturningInsert[tuple[int]]:
    if dialect == "postgresql":
        return postgresql.insert(InboxRow).values(lines).on_conflict_do_nothing().returning(InboxRow.id)
    return sqlite.insert(InboxRow).values(lines).on_conflict_do_nothing().returning(InboxRow.id)
