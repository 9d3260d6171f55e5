"""What every channel has in common: an event comes in, a reply goes out, and a send can fail in six ways.

A channel is one file: it turns its own traffic into `Event`s and `Reply`s into its own messages. No type of a
channel leaves its file; the body of an `Outgoing` is read by the channel that wrote it and by nobody else.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.errors import BotError
from bot.quota import Limits

OPTION_SIGN = "#"


class EventKind(StrEnum):
    """What a person did."""

    TEXT = "text"
    CHOICE = "choice"
    ATTACHMENT = "attachment"
    LOCATION = "location"
    FORM = "form"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that came in. `message_id` is the channel's own; `at_ms` when it was written, Unix
    milliseconds.

    `user_key` is the address to answer to; a member of a group is written "group/member". `text` holds what
    was typed, `option` the payload of a chosen button. SENT events carry what the account itself sent, by us
    or by staff.
    """

    channel: str
    user_key: str
    message_id: str
    at_ms: int
    kind: EventKind = EventKind.TEXT
    text: str = ""
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A source under a message."""

    n: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap. `payload` comes back as the option of an event; at most 64 bytes."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing to say, before any channel has given it a form. `ratings` ask how the answer was."""

    text: str
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    ratings: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message of a channel: the words a person sees, and the body that only the channel reads."""

    text: str
    body: str


class Channel(Protocol):
    """A way to talk to people. Adding one is one file and one line in assemble.py."""

    @property
    def name(self) -> str:
        """Short name, kept with everything that is stored."""

    @property
    def secret(self) -> str:
        """Something only this installation knows; hides people's addresses when no key is set."""

    @property
    def limits(self) -> Limits | None:
        """When and how many messages may be sent; None when the channel sets no bounds."""

    def render(self, reply: Reply, room: int | None) -> tuple[Outgoing, ...]:
        """A reply as messages, at most `room` of them."""

    async def send(self, user_key: str, body: str) -> str:
        """Send one message and return the channel's id of it. Raises SendFailed."""

    async def close(self) -> None:
        """Let connections go."""


Store = Callable[[Sequence[Event]], Awaitable[None]]


@runtime_checkable
class Poller(Protocol):
    """A channel that can fetch its events itself, for where no webhook can reach."""

    name: str

    @property
    def uses_webhook(self) -> bool:
        """Whether events are pushed; then they cannot be fetched."""

    async def poll(self, store: Store) -> None:
        """Fetch and store until cancelled; nothing is confirmed to the channel before it is stored."""


class SendFailed(BotError):
    """A message that was not sent now."""


class SendLater(SendFailed):
    """Try again: after `wait_s` seconds, or after the usual growing pause, which counts as a try."""

    def __init__(self, reason: str, wait_s: float | None = None, *, whole_channel: bool = False) -> None:
        super().__init__(reason)
        self.wait_s = wait_s
        self.whole_channel = whole_channel


class SendAfter(SendFailed):
    """Not before a moment, Unix milliseconds: night, or a spent allowance."""

    def __init__(self, reason: str, moment_ms: int) -> None:
        super().__init__(reason)
        self.moment_ms = moment_ms


class SendOnContact(SendFailed):
    """Only after the person has written again."""


class SendRefused(SendFailed):
    """Never: this message is not taken, however often it is sent."""


class PersonGone(SendFailed):
    """Never, and nothing else either: the person blocked or left the account."""
