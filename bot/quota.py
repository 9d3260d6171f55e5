"""When a channel lets us write to a person, and how often."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from enum import Enum

VIETNAM = timezone(timedelta(hours=7))
_HOUR_MS = 3_600_000


class Hold(Enum):
    """What a message must wait for when there is no moment to name."""

    CONTACT = "contact"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Contact:
    """When a person last wrote (Unix milliseconds) and how many messages were sent since."""

    last_ms: int
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Windows, allowance and quiet hours of a channel. Quiet hours are hours of the Vietnamese day."""

    free_hours: int = 48
    free_messages: int = 8
    paid_days: int = 7
    paid: bool = False
    quiet: tuple[int, int] | None = (22, 6)

    def room(self, contact: Contact) -> int:
        """Free messages left; at least one, so that an answer is never rendered to nothing."""
        return max(1, self.free_messages - contact.sent)

    def verdict(self, contact: Contact | None, now_ms: int) -> int | Hold | None:
        """None when a message may go now; else the moment to wait for (Unix milliseconds), or what to wait
        for.
        """
        if contact is None:
            return Hold.CONTACT
        silent_ms = now_ms - contact.last_ms
        if silent_ms > self.paid_days * 24 * _HOUR_MS:
            return Hold.NEVER
        is_free = silent_ms <= self.free_hours * _HOUR_MS and contact.sent < self.free_messages
        if not is_free and not self.paid:
            return Hold.CONTACT
        return self.morning_after(now_ms)

    def morning_after(self, now_ms: int) -> int | None:
        """The end of the quiet hours that `now_ms` falls into, Unix milliseconds; None by day."""
        if self.quiet is None:
            return None
        begin, end = self.quiet
        hour = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(VIETNAM).hour
        is_quiet = begin <= hour or hour < end if begin > end else begin <= hour < end
        return next_hour(now_ms, end) if is_quiet else None


def next_hour(now_ms: int, hour: int) -> int:
    """The next time it is `hour` o'clock in Vietnam, Unix milliseconds."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(VIETNAM)
    moment = datetime.combine(now.date(), time(hour), VIETNAM)
    if moment <= now:
        moment += timedelta(days=1)
    return int(moment.timestamp() * 1000)


def quiet_hours(text: str) -> tuple[int, int] | None:
    """Quiet hours as the setting writes them, "22-6"; None when empty. Raises ValueError."""
    if not text.strip():
        return None
    begin, end = (int(part) for part in text.split("-"))
    if not (0 <= begin <= 23 and 0 <= end <= 23) or begin == end:
        raise ValueError(text)
    return begin, end
