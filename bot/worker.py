"""Works through the inbox and the outbox until it is told to stop; may be killed at any moment.

Questions are answered side by side. Messages of one channel are sent one after the other, each marked as sent
before the next one goes: a kill can therefore leave at most one message per channel in doubt, and only that
one may be sent twice.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.channels import Channel, PersonGone, SendAfter, SendFailed, SendLater, SendOnContact
from bot.errors import BotError
from bot.inbox import Inbox, Taken
from bot.outbox import Outbox
from bot.outcome import Journal
from bot.queueing import Clock, Pace, now_ms
from bot.quota import Hold
from bot.reception import Reception
from corpus.errors import CorpusError
from retrieval.errors import RetrievalError

logger = logging.getLogger("motcua.channels")
_OURS = (BotError, CorpusError, RetrievalError)
_IDLE_S = 0.2
_CLEANING_S = 600
_BATCH = 20
# A channel that is closed for hours is tried now and then: it may have opened again.
_LONGEST_REST_S = 300


class Worker:
    """One worker. Any number of them share the tables, in one process or in many."""

    def __init__(
        self,
        inbox: Inbox,
        outbox: Outbox,
        reception: Reception,
        journal: Journal,
        channels: Mapping[str, Channel],
        *,
        pace: Pace,
        at_once: int = 4,
        clean: Callable[[], None] = lambda: None,
        clock: Clock = now_ms,
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._reception = reception
        self._journal = journal
        self._channels = channels
        self._pace = pace
        self._at_once = at_once
        self._clean = clean
        self._clock = clock
        self._name = secrets.token_hex(6)
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Work until `stop`; what was taken and not begun is given back."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._answer_all())
            tasks.create_task(self._clean_all())
            for channel in self._channels.values():
                tasks.create_task(self._send_all(channel))

    def stop(self) -> None:
        """Finish what is in hand and end `run`."""
        self._stopping.set()

    # --- answering ---

    async def _answer_all(self) -> None:
        while not self._stopping.is_set():
            if not await self.answer_some():
                await self._rest(_IDLE_S)

    async def answer_some(self) -> bool:
        """Answer the next few events, side by side; False when there are none."""
        taken = await asyncio.to_thread(self._inbox.take, self._name, self._at_once, list(self._channels))
        if not taken:
            return False
        async with self._kept(self._inbox, [one.row.id for one in taken]):
            results = await asyncio.gather(
                *(asyncio.to_thread(self._answer, one) for one in taken), return_exceptions=True
            )
        for one, failure in zip(taken, results, strict=True):
            if isinstance(failure, Exception):
                await asyncio.to_thread(self._failed, one, failure)
            elif isinstance(failure, BaseException):
                raise failure
        return True

    def _answer(self, taken: Taken) -> None:
        if taken.row.attempts > self._pace.attempts:
            self._give_up(taken, "workers died while working on it")
            return
        outcome = self._reception.receive(taken.event, taken.person)
        if not self._journal.write(taken, outcome):
            logger.info("event %d was taken over by another worker", taken.row.id)

    def _failed(self, taken: Taken, failure: Exception) -> None:
        """An event that fails holds nobody else up: it waits, and in the end is put aside with a reason."""
        # The message of a foreign error may hold a citizen's words; its name does not.
        reason = str(failure) if isinstance(failure, _OURS) else type(failure).__name__
        logger.warning("event %d, try %d: %s", taken.row.id, taken.row.attempts, reason)
        if taken.row.attempts >= self._pace.attempts:
            self._give_up(taken, reason)
        else:
            self._inbox.retry(taken, reason)

    def _give_up(self, taken: Taken, reason: str) -> None:
        logger.error("event %d put aside: %s", taken.row.id, reason)
        self._journal.give_up(taken, self._reception.gave_up(taken.event), reason)

    # --- sending ---

    async def _send_all(self, channel: Channel) -> None:
        while not self._stopping.is_set():
            pause_s = await self.send_some(channel)
            if pause_s is None:
                await self._rest(_IDLE_S)
            elif pause_s:
                logger.warning("%s: nothing is sent for %.0f s", channel.name, pause_s)
                await self._rest(min(pause_s, _LONGEST_REST_S))

    async def send_some(self, channel: Channel) -> float | None:
        """Send the next few messages of a channel; returns the seconds it has to pause, None when there are none."""
        rows = await asyncio.to_thread(self._outbox.take, self._name, channel.name, _BATCH)
        if not rows:
            return None
        async with self._kept(self._outbox, [row.id for row in rows]):
            return await self._send_batch(channel, rows)

    async def _send_batch(self, channel: Channel, rows: Sequence[Any]) -> float:
        """Send messages one after the other; returns the seconds for which the whole channel has to pause."""
        for position, row in enumerate(rows):
            if self._stopping.is_set():
                await asyncio.to_thread(self._outbox.give_back, rows[position:], self._clock())
                return 0
            wait_s = await self._send(channel, row)
            if wait_s:
                until = self._clock() + int(wait_s * 1000)
                await asyncio.to_thread(self._outbox.give_back, rows[position + 1 :], until)
                return wait_s
        return 0

    async def _send(self, channel: Channel, row: Any) -> float:  # noqa: ANN401 - a row of the outbox
        if row.attempts > self._pace.attempts:
            await asyncio.to_thread(self._outbox.bury, row, "workers died while sending it")
            return 0
        if await self._is_held(channel, row) or not await asyncio.to_thread(self._outbox.is_ours, row):
            return 0
        try:
            external_id = await channel.send(row.user_key, row.body)
        except SendFailed as failure:
            return await self._not_sent(row, failure)
        await asyncio.to_thread(self._outbox.sent, row, external_id)
        return 0

    async def _is_held(self, channel: Channel, row: Any) -> bool:  # noqa: ANN401
        """Whether the channel's windows make a message wait; it is then put where it waits."""
        if channel.limits is None:
            return False
        contact = await asyncio.to_thread(self._outbox.contact, row.person)
        verdict = channel.limits.verdict(contact, self._clock())
        if verdict is None:
            return False
        if verdict is Hold.CONTACT:
            await asyncio.to_thread(self._outbox.hold, row, "waits until the person writes")
        elif verdict is Hold.NEVER:
            await asyncio.to_thread(self._outbox.bury, row, "outside every window")
        else:
            await asyncio.to_thread(self._outbox.postpone, row, "quiet hours", verdict)
        return True

    async def _not_sent(self, row: Any, failure: SendFailed) -> float:  # noqa: ANN401
        """Each failure has its own end; returns the seconds for which the whole channel has to pause."""
        logger.warning("message %d, try %d: %s", row.id, row.attempts, failure)
        reason = str(failure)
        if isinstance(failure, SendLater) and failure.wait_s is not None:
            until = self._clock() + int(failure.wait_s * 1000)
            await asyncio.to_thread(self._outbox.postpone, row, reason, until)
            return failure.wait_s if failure.whole_channel else 0
        if isinstance(failure, SendLater):
            await asyncio.to_thread(self._outbox.postpone, row, reason)
        elif isinstance(failure, SendAfter):
            await asyncio.to_thread(self._outbox.postpone, row, reason, failure.moment_ms)
        elif isinstance(failure, SendOnContact):
            await asyncio.to_thread(self._outbox.hold, row, reason)
        elif isinstance(failure, PersonGone):
            await asyncio.to_thread(self._outbox.drop_person, row.person, reason)
        else:
            await asyncio.to_thread(self._outbox.bury, row, reason)
        return 0

    # --- around ---

    async def _clean_all(self) -> None:
        while not self._stopping.is_set():
            await asyncio.to_thread(self._clean)
            await self._rest(_CLEANING_S)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    @asynccontextmanager
    async def _kept(self, queue: Inbox | Outbox, ids: list[int]) -> AsyncIterator[None]:
        """Keep the lease of rows while they are in hand, however slow the other side is."""
        keeping = asyncio.create_task(self._keep(queue, ids))
        try:
            yield
        finally:
            keeping.cancel()

    async def _keep(self, queue: Inbox | Outbox, ids: list[int]) -> None:
        while True:
            await asyncio.sleep(self._pace.lease_ms / 3000)
            await asyncio.to_thread(queue.renew, self._name, ids)
