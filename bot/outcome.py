"""What one event leads to, and writing all of it down at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from bot.channels import Channel, Outgoing, Reply
from bot.dialogues import Dialogue, Dialogues, TurnRecord
from bot.handover import Ticket, Tickets
from bot.inbox import Inbox, Taken
from bot.outbox import Outbox
from bot.people import People
from bot.quota import Contact
from bot.satisfaction import Rating, Ratings, Reason


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to say to somebody else: the staff group, or the citizen whom staff answered."""

    channel: str
    user_key: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one event leads to. `forgets` deletes the person's data before anything else is written."""

    dialogue: Dialogue | None = None
    replies: tuple[Reply, ...] = ()
    notices: tuple[Notice, ...] = ()
    turn: TurnRecord | None = None
    rating: Rating | Reason | None = None
    opens: Ticket | None = None
    closes: str | None = None
    is_contact: bool = True
    forgets: bool = False


class Journal:
    """Writes outcomes: an event is done, and all it leads to is stored, or neither."""

    def __init__(
        self,
        engine: Engine,
        people: People,
        inbox: Inbox,
        outbox: Outbox,
        dialogues: Dialogues,
        tickets: Tickets,
        ratings: Ratings,
        channels: Mapping[str, Channel],
    ) -> None:
        self._engine = engine
        self._people = people
        self._inbox = inbox
        self._outbox = outbox
        self._dialogues = dialogues
        self._tickets = tickets
        self._ratings = ratings
        self._channels = channels

    def write(self, taken: Taken, outcome: Outcome) -> bool:
        """Store an outcome in one transaction; False, and nothing stored, when another worker has taken the
        event over.
        """
        event, person = taken.event, taken.person
        messages = self._rendered(event.channel, Contact(event.at_ms), outcome.replies)
        with self._engine.begin() as connection:
            if not self._inbox.complete(connection, taken):
                return False
            if outcome.forgets:
                self._dialogues.forget(connection, person)
                self._tickets.forget(connection, person)
                self._outbox.drop(connection, person, "forgotten")
            if outcome.is_contact:
                self._dialogues.touch(connection, person, event.at_ms)
                self._outbox.release(connection, person)
            if outcome.dialogue is not None:
                self._dialogues.put(connection, person, event.channel, outcome.dialogue)
            if outcome.turn is not None:
                self._dialogues.record(connection, person, outcome.turn)
            if outcome.rating is not None:
                self._ratings.put(connection, outcome.rating)
            if outcome.opens is not None:
                self._tickets.put(connection, outcome.opens)
            if outcome.closes is not None:
                self._tickets.close(connection, outcome.closes)
            self._outbox.put(connection, event.channel, person, event.user_key, messages)
            for notice in outcome.notices:
                self._put_notice(connection, notice)
        return True

    def give_up(self, taken: Taken, outcome: Outcome, reason: str) -> None:
        """Put an event aside for good and say so to its person."""
        event = taken.event
        messages = self._rendered(event.channel, Contact(event.at_ms), outcome.replies)
        with self._engine.begin() as connection:
            self._inbox.bury(connection, taken, reason)
            self._outbox.put(connection, event.channel, taken.person, event.user_key, messages)

    def _rendered(self, channel: str, contact: Contact, replies: tuple[Reply, ...]) -> list[Outgoing]:
        """The replies as messages, together no more than the channel lets us send."""
        limits = self._channels[channel].limits
        messages: list[Outgoing] = []
        for reply in replies:
            room = max(1, limits.room(contact) - len(messages)) if limits else None
            messages += self._channels[channel].render(reply, room)
        return messages

    def _put_notice(self, connection: Connection, notice: Notice) -> None:
        person = self._people.pseudonym(notice.channel, notice.user_key)
        messages = self._channels[notice.channel].render(notice.reply, None)
        self._outbox.put(connection, notice.channel, person, notice.user_key, messages)
