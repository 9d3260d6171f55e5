"""Work that survives a crash: rows are taken under a lease, in order per person and in parallel across
people.

A row is taken by one statement: PostgreSQL skips rows that another worker has locked, SQLite lets one writer
in at a time. A worker that dies keeps its rows until the lease runs out; then any worker takes them over.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.tables import InboxRow, OutboxRow

WAITING, TAKEN, HELD, DONE, DEAD = "waiting", "taken", "held", "done", "dead"
Rows = type[InboxRow] | type[OutboxRow]
Clock = Callable[[], int]
Order = Callable[[Any, Any], ColumnElement[bool]]


def now_ms() -> int:
    """This moment, Unix milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the queues are. `attempts` tries at most; the pause before another one doubles up to
    `longest_ms`.
    """

    attempts: int = 8
    lease_ms: int = 30_000
    settle_ms: int = 300
    backoff_ms: int = 2_000
    longest_ms: int = 600_000

    def pause(self, attempts: int) -> int:
        """Milliseconds to wait after so many tries."""
        return int(min(self.backoff_ms * 2 ** max(0, attempts - 1), self.longest_ms))


def take(
    connection: Connection,
    rows: Rows,
    worker: str,
    pace: Pace,
    now: int,
    limit: int,
    channels: Sequence[str],
    order: Order,
) -> Sequence[Any]:
    """Take up to `limit` rows, at most one per person: the earliest that is not finished, if its time has
    come.

    `order(earlier, row)` says when a row of the same person has to be finished before another.
    """
    row, earlier = aliased(rows), aliased(rows)
    is_before = order(earlier, row)
    unfinished = exists().where(earlier.person == row.person, earlier.state.in_((WAITING, TAKEN, HELD)), is_before)
    ready = or_(
        and_(row.state == WAITING, row.not_before_ms <= now),
        and_(row.state == TAKEN, row.lease_until_ms < now),
    )
    picked = (
        select(row.id)
        .where(row.channel.in_(channels), ready, ~unfinished)
        .order_by(row.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    statement = (
        update(rows)
        .where(rows.id.in_(select(picked.c.id)))
        .values(state=TAKEN, attempts=rows.attempts + 1, worker=worker, lease_until_ms=now + pace.lease_ms)
        .returning(rows.__table__)
    )
    return sorted(connection.execute(statement).all(), key=lambda taken: int(taken.id))


def still_ours(rows: Rows, row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a row of either table
    """Conditions under which a row taken before is still this worker's to change."""
    return rows.id == row.id, rows.state == TAKEN, rows.worker == row.worker, rows.attempts == row.attempts


def postpone(
    connection: Connection,
    rows: Rows,
    row: Any,  # noqa: ANN401
    until_ms: int,
    reason: str,
    *,
    counts: bool,
) -> None:
    """Give a row back until a moment. A try that does not count is taken off again."""
    statement = update(rows).where(*still_ours(rows, row))
    attempts = row.attempts if counts else row.attempts - 1
    connection.execute(
        statement.values(state=WAITING, attempts=attempts, not_before_ms=until_ms, worker=None, reason=reason)
    )


def bury(connection: Connection, rows: Rows, row: Any, reason: str) -> None:  # noqa: ANN401
    """Put a row aside for good, with the reason; a person may look at it until it is cleaned away."""
    connection.execute(update(rows).where(*still_ours(rows, row)).values(state=DEAD, worker=None, reason=reason))


def renew(connection: Connection, rows: Rows, worker: str, ids: Sequence[int], until_ms: int) -> None:
    """Lengthen the lease of rows that are still being worked on."""
    statement = update(rows).where(rows.id.in_(ids), rows.state == TAKEN, rows.worker == worker)
    connection.execute(statement.values(lease_until_ms=until_ms))
