"""Storing what comes in at the same moment in one transaction: whoever waits shares the next one.

SQLite has one writer: with a transaction per event, webhook calls queue behind each other and behind the workers.
"""

import asyncio
from collections.abc import Callable, Sequence

from bot.channels import Event

_MOST = 500


class Intake:
    """Stores events for many callers of one event loop. Raises to each caller what its transaction raised."""

    def __init__(self, store: Callable[[Sequence[Event]], int]) -> None:
        self._store = store
        self._waiting: list[tuple[Sequence[Event], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def store(self, events: Sequence[Event]) -> None:
        """Return when the events are stored."""
        if not events:
            return
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((events, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all())
        await stored

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            together = [event for events, _ in batch for event in events]
            (failure,) = await asyncio.gather(asyncio.to_thread(self._store, together), return_exceptions=True)
            for _, stored in batch:
                if stored.done():
                    continue
                if isinstance(failure, BaseException):
                    stored.set_exception(failure)
                else:
                    stored.set_result(None)
