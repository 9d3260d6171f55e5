"""Whether a source may be relied on today, in words that a citizen reads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from api.library import Source

_HANOI = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Standing:
    """`is_good` when the source may be relied on."""

    is_good: bool
    text: str


def today() -> date:
    """The day in Vietnam."""
    return datetime.now(_HANOI).date()


def standing(source: Source, on: date) -> Standing:
    """What is known of a source's time in force on a day; nothing is claimed beyond the store."""
    known = source.validity
    if source.successor:
        return Standing(False, f"Văn bản đã được thay thế bởi {source.successor.title}.")
    if known.withdrawn_on and known.withdrawn_on <= on:
        return Standing(False, f"Văn bản đã thôi áp dụng từ ngày {day(known.withdrawn_on)}.")
    if not source.is_current:
        after = "đã được thay thế ở bản mới" if source.replaced_by else "không còn trong bản mới của văn bản"
        return Standing(False, f"Nội dung này thuộc bản cũ, {after}.")
    if known.in_force_to and known.in_force_to < on:
        return Standing(False, f"Văn bản đã hết hiệu lực từ ngày {day(known.in_force_to)}.")
    if known.in_force_from and known.in_force_from > on:
        return Standing(False, f"Chưa áp dụng: văn bản có hiệu lực từ ngày {day(known.in_force_from)}.")
    since = f" từ ngày {day(known.in_force_from)}" if known.in_force_from else ""
    until = f" đến hết ngày {day(known.in_force_to)}" if known.in_force_to else ""
    return Standing(True, f"Còn hiệu lực{since}{until}, theo dữ liệu đang có.")


def day(moment: date) -> str:
    """A day as Vietnamese write it."""
    return moment.strftime("%d/%m/%Y")
