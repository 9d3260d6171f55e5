"""Everything that stands between the channels and the assistant, over one database."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from bot import replies
from bot.channels import Channel, Event, Reply
from bot.dialogues import Dialogues
from bot.handover import StaffGroup, Tickets
from bot.inbox import Inbox
from bot.intake import Intake
from bot.outbox import Outbox
from bot.outcome import Journal
from bot.people import People
from bot.queueing import Clock, Pace, now_ms
from bot.reception import Assistant, Reception
from bot.satisfaction import Ratings
from bot.worker import Worker

logger = logging.getLogger("motcua.channels")
_DAY_MS = 86_400_000
# Longer than any channel repeats a webhook, so that a late duplicate is still known.
_FINISHED_DAYS = 3
_TICKET_DAYS = 90


@dataclass(frozen=True, slots=True)
class House:
    """How this ward runs its channels."""

    pseudonym_key: str | None = None
    pace: Pace = field(default_factory=Pace)
    staff: StaffGroup = field(default_factory=lambda: StaffGroup(None, None, "giờ hành chính"))
    commune: str | None = None
    silence_ms: int = 14_400_000
    dialogue_days: int = 30
    at_once: int = 4
    alarm: Callable[[], str | None] = lambda: None


class Exchange:
    """Inbox, outbox, reception and the tables behind them. `assistant` is asked for when the first question
    comes.
    """

    def __init__(
        self,
        engine: Engine,
        channels: Sequence[Channel],
        assistant: Callable[[], Assistant],
        house: House,
        clock: Clock = now_ms,
    ) -> None:
        self.channels = {channel.name: channel for channel in channels}
        self._house = house
        self._clock = clock
        self._people = people = People(house.pseudonym_key, {channel.name: channel.secret for channel in channels})
        self.inbox = Inbox(engine, people, house.pace, clock)
        self.outbox = Outbox(engine, house.pace, clock)
        self.dialogues = Dialogues(engine, house.dialogue_days, clock)
        self.tickets = Tickets(engine, clock)
        self.ratings = Ratings(engine)
        self.reception = Reception(
            assistant,
            self.dialogues,
            self.tickets,
            self.outbox,
            house.staff,
            commune=house.commune,
            silence_ms=house.silence_ms,
            clock=clock,
        )
        self._intake = Intake(self.inbox.store)
        self._journal = Journal(
            engine, people, self.inbox, self.outbox, self.dialogues, self.tickets, self.ratings, self.channels
        )

    def worker(self) -> Worker:
        """A new worker; any number of them, here or in other processes, share the work."""
        return Worker(
            self.inbox,
            self.outbox,
            self.reception,
            self._journal,
            self.channels,
            pace=self._house.pace,
            at_once=self._house.at_once,
            clean=self.clean,
            clock=self._clock,
        )

    async def store(self, events: Sequence[Event]) -> None:
        """Return when the events are stored; those that were stored before are left out."""
        await self._intake.store(events)

    def clean(self) -> None:
        """Delete what has been kept for its time, and tell staff when a channel is about to fall silent."""
        self._warn()
        now = self._clock()
        self.inbox.clean(now - _FINISHED_DAYS * _DAY_MS)
        self.outbox.clean(now - _FINISHED_DAYS * _DAY_MS)
        self.tickets.clean(now - _TICKET_DAYS * _DAY_MS)
        self.dialogues.clean()

    def _warn(self) -> None:
        """Pass the alarm on, to the log and once a day to the staff group."""
        reason, staff = self._house.alarm(), self._house.staff
        if reason is None:
            return
        warning = replies.TOKEN_ALARM.format(reason=reason)
        logger.error("zalo_oa: the right to send ends or is lost: %s; run `motcua zalo login`", reason)
        if staff.channel is None or staff.chat is None:
            return
        person = self._people.pseudonym(staff.channel, staff.chat)
        messages = self.channels[staff.channel].render(Reply(warning), None)
        self.outbox.put_daily(staff.channel, person, staff.chat, messages)
