import pytest

from bot.quota import Contact, Hold, Limits, quiet_hours
from tests.bot.channel_world import MORNING

HOUR = 3_600_000
LIMITS = Limits()


def at(hour: int) -> int:
    """An hour of that Wednesday in Vietnam."""
    return MORNING + (hour - 10) * HOUR


def test_a_reply_within_two_days_goes_at_once() -> None:
    assert LIMITS.verdict(Contact(MORNING - 47 * HOUR, 7), MORNING) is None


def test_the_ninth_message_waits_until_the_person_writes() -> None:
    assert LIMITS.verdict(Contact(MORNING - HOUR, 8), MORNING) is Hold.CONTACT
    assert LIMITS.room(Contact(MORNING, 5)) == 3
    assert LIMITS.room(Contact(MORNING, 99)) == 1


def test_after_two_days_only_paid_messages_go_and_after_seven_none() -> None:
    late = Contact(MORNING - 49 * HOUR)
    assert LIMITS.verdict(late, MORNING) is Hold.CONTACT
    assert Limits(paid=True).verdict(late, MORNING) is None
    assert Limits(paid=True).verdict(Contact(MORNING - 169 * HOUR), MORNING) is Hold.NEVER


def test_nobody_is_written_to_who_never_wrote() -> None:
    assert LIMITS.verdict(None, MORNING) is Hold.CONTACT


@pytest.mark.parametrize("hour", [22, 23, 24, 29])
def test_a_message_at_night_waits_for_the_morning(hour: int) -> None:
    assert LIMITS.verdict(Contact(at(hour)), at(hour)) == at(30)


@pytest.mark.parametrize("hour", [6, 12, 21])
def test_by_day_nothing_waits(hour: int) -> None:
    assert LIMITS.verdict(Contact(at(hour)), at(hour)) is None


def test_quiet_hours_are_a_setting() -> None:
    assert quiet_hours("22-6") == (22, 6)
    assert quiet_hours(" ") is None
    assert Limits(quiet=None).verdict(Contact(at(23)), at(23)) is None
    assert Limits(quiet=(12, 14)).verdict(Contact(at(13)), at(13)) == at(14)
    for wrong in ("22", "22-25", "6-6", "a-b"):
        with pytest.raises(ValueError, match=r"."):
            quiet_hours(wrong)
