"""Inbox and outbox on both databases, with workers that run side by side and die."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.channels import Outgoing
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.people import People
from bot.queueing import Pace
from bot.tables import InboxRow, OutboxRow
from tests.bot.channel_world import Clock, event, postgres, sqlite

PACE = Pace(attempts=3, lease_ms=1000, settle_ms=300, backoff_ms=2000)
PEOPLE = People("a key", {})


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with sqlite(tmp_path) if request.param == "sqlite" else postgres() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(engine: Engine, clock: Clock) -> Inbox:
    return Inbox(engine, PEOPLE, PACE, clock)


def texts(inbox: Inbox, worker: str = "w1", limit: int = 10) -> list[str]:
    return [taken.event.text for taken in inbox.take(worker, limit, ["fake"])]


def test_an_event_is_stored_once(inbox: Inbox) -> None:
    assert inbox.store([event(number=1), event(number=1)]) == 1
    assert inbox.store([event(number=1), event(number=2)]) == 1


def test_events_of_one_person_come_one_at_a_time_in_the_order_in_which_they_were_written(
    inbox: Inbox, engine: Engine, clock: Clock
) -> None:
    inbox.store([event("hai", number=2)])
    inbox.store([event("một", number=1), event("khác", user="u2")])
    clock.forward(seconds=1)
    taken = inbox.take("w1", 10, ["fake"])
    assert sorted(one.event.text for one in taken) == ["khác", "một"]
    assert texts(inbox, "w2") == []
    with engine.begin() as connection:
        assert all(inbox.complete(connection, one) for one in taken)
    assert texts(inbox, "w2") == ["hai"]


def test_an_event_waits_a_moment_for_an_earlier_one_that_is_late(inbox: Inbox, clock: Clock) -> None:
    inbox.store([event(number=1)])
    assert texts(inbox) == []
    clock.forward(seconds=0.3)
    assert texts(inbox) == ["chào"]


def test_a_dead_workers_event_is_taken_over_and_the_dead_worker_can_no_longer_finish_it(
    inbox: Inbox, engine: Engine, clock: Clock
) -> None:
    inbox.store([event(number=1)])
    clock.forward(seconds=1)
    (first,) = inbox.take("w1", 1, ["fake"])
    clock.forward(seconds=0.9)
    inbox.renew("w1", [first.row.id])
    clock.forward(seconds=0.9)
    assert texts(inbox, "w2") == []
    clock.forward(seconds=0.2)
    (second,) = inbox.take("w2", 1, ["fake"])
    with engine.begin() as connection:
        assert not inbox.complete(connection, first)
        assert inbox.complete(connection, second)


def test_a_failed_event_waits_longer_each_time_and_holds_back_what_its_person_wrote_later(
    inbox: Inbox, clock: Clock
) -> None:
    inbox.store([event("một", number=1), event("hai", number=2)])
    clock.forward(seconds=1)
    (taken,) = inbox.take("w1", 5, ["fake"])
    inbox.retry(taken, "no index")
    assert texts(inbox) == []
    clock.forward(seconds=2)
    (taken,) = inbox.take("w1", 5, ["fake"])
    assert (taken.event.text, taken.row.attempts, taken.row.reason) == ("một", 2, "no index")
    inbox.retry(taken, "no index")
    clock.forward(seconds=3)
    assert texts(inbox) == []
    clock.forward(seconds=1)
    assert texts(inbox) == ["một"]


def test_an_event_put_aside_keeps_its_reason_and_lets_the_next_one_pass(
    inbox: Inbox, engine: Engine, clock: Clock
) -> None:
    inbox.store([event("một", number=1), event("hai", number=2)])
    clock.forward(seconds=1)
    (taken,) = inbox.take("w1", 5, ["fake"])
    with engine.begin() as connection:
        inbox.bury(connection, taken, "broken")
    assert texts(inbox) == ["hai"]
    with engine.connect() as connection:
        query = select(InboxRow.state, InboxRow.reason).order_by(InboxRow.id)
        assert tuple(connection.execute(query).first() or ()) == ("dead", "broken")
    assert inbox.counts() == {"dead": 1, "taken": 1}


def test_a_finished_event_holds_neither_words_nor_address(inbox: Inbox, engine: Engine, clock: Clock) -> None:
    inbox.store([event("số căn cước của tôi", number=1)])
    clock.forward(seconds=1)
    (taken,) = inbox.take("w1", 1, ["fake"])
    with engine.begin() as connection:
        inbox.complete(connection, taken)
        row = connection.execute(select(InboxRow.__table__)).one()
    assert (row.text, row.user_key) == ("", "")
    assert "u1" not in row.person
    clock.forward(days=4)
    inbox.clean(clock.now - 3 * 86_400_000)
    assert inbox.counts() == {}


def test_a_worker_leaves_the_events_of_other_channels_alone(inbox: Inbox, clock: Clock) -> None:
    inbox.store([event(number=1, channel="other")])
    clock.forward(seconds=1)
    assert texts(inbox) == []


def test_workers_side_by_side_take_every_event_once(engine: Engine, inbox: Inbox, clock: Clock) -> None:
    inbox.store([event(f"{user}-{number}", f"u{user}", number) for user in range(20) for number in range(5)])
    clock.forward(seconds=1)
    done: list[str] = []
    failures: list[BaseException] = []

    def run(name: str) -> None:
        while inbox.counts().get("done", 0) < 100 and not failures:
            for taken in inbox.take(name, 4, ["fake"]):
                with engine.begin() as connection:
                    inbox.complete(connection, taken)
                    # Noted before the commit: after it, another worker may already be done with the next event.
                    done.append(taken.event.text)

    threads = [threading.Thread(target=run, args=(f"w{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == sorted(f"{user}-{number}" for user in range(20) for number in range(5))
    for user in range(20):
        mine = [text for text in done if text.startswith(f"{user}-")]
        assert mine == sorted(mine)


# --- outbox ---


@pytest.fixture
def outbox(engine: Engine, clock: Clock) -> Outbox:
    return Outbox(engine, PACE, clock)


def put(outbox: Outbox, engine: Engine, *words: str, person: str = "p1") -> None:
    with engine.begin() as connection:
        outbox.put(connection, "fake", person, f"address of {person}", [Outgoing(word, word) for word in words])


def test_messages_of_one_person_go_one_after_the_other(outbox: Outbox, engine: Engine) -> None:
    put(outbox, engine, "một", "hai")
    put(outbox, engine, "khác", person="p2")
    rows = outbox.take("w1", "fake", 10)
    assert sorted(row.body for row in rows) == ["khác", "một"]
    for row in rows:
        outbox.sent(row, "id")
    assert [row.body for row in outbox.take("w1", "fake", 10)] == ["hai"]


def test_a_message_that_fails_holds_back_the_next_one_until_it_is_put_aside(
    outbox: Outbox, engine: Engine, clock: Clock
) -> None:
    put(outbox, engine, "một", "hai")
    for _ in range(3):
        (row,) = outbox.take("w1", "fake", 10)
        assert row.body == "một"
        outbox.postpone(row, "HTTP 500")
        clock.forward(seconds=60)
    assert [row.body for row in outbox.take("w1", "fake", 10)] == ["hai"]
    assert outbox.counts() == {"dead": 1, "taken": 1}


def test_a_worker_that_was_held_up_does_not_send_what_another_one_took_over(
    outbox: Outbox, engine: Engine, clock: Clock
) -> None:
    put(outbox, engine, "một", "hai")
    (row,) = outbox.take("w1", "fake", 10)
    clock.forward(seconds=0.9)
    assert outbox.is_ours(row)
    clock.forward(seconds=0.9)
    assert not outbox.take("w2", "fake", 10)
    clock.forward(seconds=0.2)
    (taken_over,) = outbox.take("w2", "fake", 10)
    assert not outbox.is_ours(row)
    assert outbox.is_ours(taken_over)


def test_waiting_for_a_moment_does_not_count_as_a_try(outbox: Outbox, engine: Engine, clock: Clock) -> None:
    put(outbox, engine, "một")
    for _ in range(9):
        (row,) = outbox.take("w1", "fake", 10)
        assert row.attempts == 1
        outbox.postpone(row, "quiet hours", clock.now + 1000)
        assert not outbox.take("w1", "fake", 10)
        clock.forward(seconds=1)


def test_a_held_message_goes_when_its_person_writes(outbox: Outbox, engine: Engine) -> None:
    put(outbox, engine, "một", "hai")
    (row,) = outbox.take("w1", "fake", 10)
    outbox.hold(row, "window")
    assert not outbox.take("w1", "fake", 10)
    with engine.begin() as connection:
        outbox.release(connection, "p1")
    assert [row.body for row in outbox.take("w1", "fake", 10)] == ["một"]


def test_everything_for_a_person_who_left_is_given_up(outbox: Outbox, engine: Engine) -> None:
    put(outbox, engine, "một", "hai")
    put(outbox, engine, "khác", person="p2")
    outbox.drop_person("p1", "blocked")
    assert [row.body for row in outbox.take("w1", "fake", 10)] == ["khác"]
    with engine.connect() as connection:
        assert {row.body for row in connection.execute(select(OutboxRow.body).where(OutboxRow.state == "dead"))} == {""}


def test_a_message_whose_fate_a_crash_left_open_is_not_repeated_when_the_channel_reports_it(
    outbox: Outbox, engine: Engine, clock: Clock
) -> None:
    put(outbox, engine, "một câu trả lời")
    outbox.take("w1", "fake", 10)
    clock.forward(seconds=2)
    assert outbox.is_echo("p1", "một câu  trả lời")
    assert not outbox.is_echo("p1", "cán bộ viết")
    assert not outbox.take("w2", "fake", 10)
    assert outbox.counts() == {"done": 1}
