"""Messages on their way out: written in the transaction that ends their event, sent in order per person."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, update

from bot.channels import Outgoing
from bot.queueing import (
    DEAD,
    DONE,
    HELD,
    TAKEN,
    WAITING,
    Clock,
    Pace,
    bury,
    now_ms,
    postpone,
    renew,
    still_ours,
    take,
)
from bot.quota import Contact
from bot.tables import ContactRow, OutboxRow

_ECHO_MS = 3_600_000
_DAY_MS = 86_400_000


class Outbox:
    """The durable queue of messages. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, pace: Pace | None = None, clock: Clock = now_ms) -> None:
        self._engine = engine
        self._pace = pace or Pace()
        self._clock = clock

    def put(
        self, connection: Connection, channel: str, person: str, user_key: str, messages: Sequence[Outgoing]
    ) -> None:
        """Queue messages to one person, in order."""
        now = self._clock()
        lines = [
            {
                "channel": channel,
                "person": person,
                "user_key": user_key,
                "body": message.body,
                "digest": digest(message.text),
                "created_ms": now,
                "state": WAITING,
                "attempts": 0,
                "not_before_ms": now,
                "lease_until_ms": 0,
            }
            for message in messages
        ]
        if lines:
            connection.execute(insert(OutboxRow), lines)

    def put_daily(self, channel: str, person: str, user_key: str, messages: Sequence[Outgoing]) -> None:
        """The same in a transaction of its own, unless the first of them was queued within a day."""
        since = OutboxRow.created_ms > self._clock() - _DAY_MS
        said = select(OutboxRow.id).where(
            OutboxRow.person == person, OutboxRow.digest == digest(messages[0].text), since
        )
        with self._engine.begin() as connection:
            if connection.execute(said.limit(1)).first() is None:
                self.put(connection, channel, person, user_key, messages)

    def take(self, worker: str, channel: str, limit: int) -> Sequence[Any]:
        """Take messages of a channel to send, at most one per person."""
        with self._engine.begin() as connection:
            return take(connection, OutboxRow, worker, self._pace, self._clock(), limit, [channel], _queued_before)

    def is_ours(self, row: Any) -> bool:  # noqa: ANN401
        """Whether a message taken before may still be sent; asked of the database when the lease is half over.

        A worker that was held up must not send what another one has taken over meanwhile.
        """
        now = self._clock()
        if now < row.lease_until_ms - self._pace.lease_ms // 2:
            return True
        ours = update(OutboxRow).where(*still_ours(OutboxRow, row))
        with self._engine.begin() as connection:
            return connection.execute(ours.values(lease_until_ms=now + self._pace.lease_ms)).rowcount == 1

    def sent(self, row: Any, external_id: str) -> None:  # noqa: ANN401 - a row of the table
        """Mark a message as sent, forget its words and address, count it against the allowance."""
        values = {"state": DONE, "external_id": external_id, "body": "", "user_key": "", "reason": None}
        with self._engine.begin() as connection:
            connection.execute(update(OutboxRow).where(*still_ours(OutboxRow, row)).values(values))
            one_more = update(ContactRow).where(ContactRow.person == row.person)
            connection.execute(one_more.values(sent=ContactRow.sent + 1))

    def postpone(self, row: Any, reason: str, until_ms: int | None = None) -> bool:  # noqa: ANN401
        """Try again: at a moment, or after the usual pause, which counts; False when it was tried often
        enough.
        """
        with self._engine.begin() as connection:
            if until_ms is None and row.attempts >= self._pace.attempts:
                bury(connection, OutboxRow, row, reason)
                return False
            until = self._clock() + self._pace.pause(row.attempts) if until_ms is None else until_ms
            postpone(connection, OutboxRow, row, until, reason, counts=until_ms is None)
            return True

    def give_back(self, rows: Sequence[Any], until_ms: int) -> None:
        """Let messages that were taken and not tried wait until a moment."""
        with self._engine.begin() as connection:
            for row in rows:
                postpone(connection, OutboxRow, row, until_ms, "not tried", counts=False)

    def hold(self, row: Any, reason: str) -> None:  # noqa: ANN401
        """Keep a message until its person writes again."""
        with self._engine.begin() as connection:
            values = {"state": HELD, "attempts": row.attempts - 1, "reason": reason}
            connection.execute(update(OutboxRow).where(*still_ours(OutboxRow, row)).values(values))

    def release(self, connection: Connection, person: str) -> None:
        """Send what was held for a person: they have written."""
        held = update(OutboxRow).where(OutboxRow.person == person, OutboxRow.state == HELD)
        connection.execute(held.values(state=WAITING, not_before_ms=self._clock()))

    def bury(self, row: Any, reason: str) -> None:  # noqa: ANN401
        """Put a message aside for good."""
        with self._engine.begin() as connection:
            bury(connection, OutboxRow, row, reason)

    def drop(self, connection: Connection, person: str, reason: str) -> None:
        """Give up everything that waits for a person: they have gone, or want to be forgotten."""
        waiting = OutboxRow.state.in_((WAITING, TAKEN, HELD))
        statement = update(OutboxRow).where(OutboxRow.person == person, waiting)
        connection.execute(statement.values(state=DEAD, body="", user_key="", reason=reason))

    def drop_person(self, person: str, reason: str) -> None:
        """The same in a transaction of its own."""
        with self._engine.begin() as connection:
            self.drop(connection, person, reason)

    def is_echo(self, person: str, text: str) -> bool:
        """Whether the channel reports a message of ours. One whose fate a crash left open counts as sent
        now.
        """
        now = self._clock()
        same = (
            OutboxRow.person == person,
            OutboxRow.digest == digest(text),
            OutboxRow.created_ms > now - _ECHO_MS,
        )
        open_fate = (
            OutboxRow.state.in_((WAITING, TAKEN)),
            OutboxRow.attempts > 0,
            OutboxRow.lease_until_ms < now,
        )
        with self._engine.begin() as connection:
            done = {"state": DONE, "body": "", "user_key": "", "reason": "reported by the channel"}
            connection.execute(update(OutboxRow).where(*same, *open_fate).values(done))
            return connection.execute(select(OutboxRow.id).where(*same).limit(1)).first() is not None

    def contact(self, person: str) -> Contact | None:
        """When a person last wrote and what was sent since."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(ContactRow.last_ms, ContactRow.sent).where(ContactRow.person == person)
            ).first()
        return Contact(row.last_ms, row.sent) if row else None

    def renew(self, worker: str, ids: Sequence[int]) -> None:
        """Keep messages that are being sent."""
        with self._engine.begin() as connection:
            renew(connection, OutboxRow, worker, ids, self._clock() + self._pace.lease_ms)

    def counts(self) -> dict[str, int]:
        """How many messages stand in each state."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
            return {state: number for state, number in rows}

    def clean(self, before_ms: int) -> None:
        """Delete finished messages older than a moment."""
        finished = OutboxRow.state.in_((DONE, DEAD))
        with self._engine.begin() as connection:
            connection.execute(delete(OutboxRow).where(finished, OutboxRow.created_ms < before_ms))


def _queued_before(earlier: Any, row: Any) -> ColumnElement[bool]:  # noqa: ANN401 - the table, twice
    return cast(ColumnElement[bool], earlier.id < row.id)


def digest(text: str) -> str:
    """What a message is recognised by when the channel reports it."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
