"""From an event to what people are told: the real exchange over a fake assistant and a fake channel."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot import replies
from bot.answer import AnswerStatus, Option
from bot.channels import EventKind, PersonGone, SendAfter, SendLater, SendOnContact, SendRefused
from bot.exchange import House
from bot.handover import StaffGroup
from bot.queueing import Pace
from bot.quota import Limits
from bot.tables import DialogueRow, DialogueTurnRow, InboxRow, OutboxRow, RatingRow, TicketRow
from corpus.errors import UnknownCommune
from tests.bot.channel_world import Clock, FakeAssistant, FakeChannel, event, exchange, said, sqlite, work

STAFF = StaffGroup("fake", "staff-group", "thứ Hai đến thứ Sáu")
TWO = (Option("Đăng ký khai sinh", "1.001193"), Option("Đăng ký lại khai sinh", "1.004884"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with sqlite(tmp_path) as made:
        yield made


class Ward:
    """A ward with one channel: `tell` lets events come in and everything be worked through."""

    def __init__(self, engine: Engine, assistant: FakeAssistant | None = None, limits: Limits | None = None) -> None:
        self.clock = Clock()
        self.assistant = assistant or FakeAssistant()
        self.channel = FakeChannel(limits=limits)
        self.engine = engine
        house = House(staff=STAFF, pace=Pace(attempts=3))
        self.exchange = exchange(engine, self.assistant, self.channel, clock=self.clock, house=house)
        self.number = 0

    def tell(self, text: str = "", user: str = "u1", **more: object) -> list[str]:
        """What the person is told because of this event."""
        self.number += 1
        told = len(self.channel.to(user))
        at_ms = self.clock.now
        self.exchange.inbox.store([event(text, user, self.number, **{"at_ms": at_ms, **more})])
        self.work()
        return self.channel.to(user)[told:]

    def work(self) -> None:
        self.clock.forward(seconds=1)
        asyncio.run(work(self.exchange.worker(), self.exchange))

    def press(self, label: str, user: str = "u1") -> list[str]:
        """Press a button of the newest message that has it."""
        for body in reversed(self.channel.to(user)):
            found = re.search(rf"<{re.escape(label)}\|([^>]+)>", body)
            if found:
                return self.tell(user=user, kind=EventKind.CHOICE, option=found.group(1))
        raise AssertionError(label)

    def rows(self, table: type) -> list[object]:
        with self.engine.connect() as connection:
            return list(connection.execute(select(table.__table__)))  # type: ignore[attr-defined]


@pytest.fixture
def ward(engine: Engine) -> Ward:
    return Ward(engine)


def test_a_new_follower_is_told_that_this_is_an_ai_and_gets_three_questions_to_try(ward: Ward) -> None:
    (told,) = ward.tell(kind=EventKind.FOLLOW)
    assert replies.AI_NOTICE in told
    assert all(f"<{question}|" in told for question in replies.SAMPLE_QUESTIONS)
    ward.press(replies.SAMPLE_QUESTIONS[1])
    question, before = ward.assistant.asked[0]
    assert question == "2"
    assert before.options[1].label == replies.SAMPLE_QUESTIONS[1]


def test_the_first_answer_says_that_it_comes_from_an_ai_and_the_second_does_not(ward: Ward) -> None:
    assert ward.tell("khai sinh")[0].startswith(replies.AI_NOTICE)
    assert ward.tell("lệ phí?")[0].startswith("Về: lệ phí?")


def test_a_conversation_goes_on_where_it_stood(ward: Ward) -> None:
    ward.tell("khai sinh")
    ward.tell("lệ phí?")
    assert ward.assistant.asked[1][1].topic == "1.001193"


def test_an_old_button_still_means_what_it_said(engine: Engine) -> None:
    other = Option("Đăng ký kết hôn", "1.000894")
    assistant = FakeAssistant(
        said("Việc nào?", AnswerStatus.CLARIFY, *TWO), said("Việc nào?", AnswerStatus.CLARIFY, other, TWO[0])
    )
    ward = Ward(engine, assistant)
    ward.tell("khai sinh")
    ward.tell("kết hôn")
    ward.press("Đăng ký lại khai sinh")
    question, before = assistant.asked[2]
    assert (question, before.options) == ("2", TWO)


def test_a_button_nobody_remembers_gets_a_polite_answer(ward: Ward) -> None:
    assert ward.tell(kind=EventKind.CHOICE, option="#o:0000:1") == [replies.STALE_OPTION]
    assert ward.assistant.asked == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (EventKind.ATTACHMENT, replies.ATTACHMENT),
        (EventKind.LOCATION, replies.LOCATION),
        (EventKind.FORM, replies.FORM_SENT),
    ],
)
def test_what_cannot_be_read_gets_a_helpful_text(ward: Ward, kind: EventKind, text: str) -> None:
    assert ward.tell(kind=kind)[0].endswith(text)
    assert ward.assistant.asked == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/help", replies.COMMANDS_HELP),
        ("/thutuc", replies.ASK_PROCEDURE),
        ("/donvi", replies.ASK_UNIT),
        ("/xoa", replies.DATA_DELETED),
    ],
)
def test_commands_have_their_texts(ward: Ward, typed: str, told: str) -> None:
    assert ward.tell(typed)[0].endswith(told)


def test_a_command_with_words_asks_them(ward: Ward) -> None:
    ward.tell("/thutuc khai sinh")
    assert ward.assistant.asked[0][0] == "khai sinh"


def test_start_greets(ward: Ward) -> None:
    assert ward.tell("/start")[0].startswith("Xin chào")


# --- hand-over ---


def handed_over(engine: Engine) -> tuple[Ward, str]:
    ward = Ward(engine, FakeAssistant(said(replies.HANDOVER, AnswerStatus.GREETING)))
    (told,) = ward.tell("gặp cán bộ, số 012345678901")
    code = re.search(r"mã yêu cầu (\w{4})", told)
    assert code is not None
    assert "thứ Hai đến thứ Sáu" in told
    return ward, code.group(1)


def test_who_wants_a_person_gets_a_code_and_staff_are_told_without_personal_data(engine: Engine) -> None:
    ward, code = handed_over(engine)
    (notice,) = ward.channel.to("staff-group")
    assert code in notice
    assert "012345678901" not in notice
    assert "[số căn cước]" in notice


def test_the_bot_is_silent_until_staff_answer_and_then_speaks_again(engine: Engine) -> None:
    ward, code = handed_over(engine)
    assert len(ward.tell("alo?")) == 1
    assert ward.tell("có ai không?") == []
    asked = len(ward.assistant.asked)
    assert ward.tell(f"/tra {code} Mời ông/bà đến bàn số 3.", user="staff-group/anh-ba") == [
        replies.TICKET_CLOSED.format(code=code)
    ]
    assert ward.channel.to("u1")[-1] == replies.TICKET_REPLY.format(code=code, text="Mời ông/bà đến bàn số 3.")
    assert ward.tell("lệ phí?")[0].startswith("Về: lệ phí?")
    assert len(ward.assistant.asked) == asked + 1
    (ticket,) = ward.rows(TicketRow)
    assert (ticket.state, ticket.question, ticket.user_key) == ("closed", "", "")  # type: ignore[attr-defined]


def test_only_the_staff_group_can_answer_a_ticket(engine: Engine) -> None:
    ward, code = handed_over(engine)
    ward.tell(f"/tra {code} tôi giả làm cán bộ", user="u2")
    assert all("giả làm" not in body for body in ward.channel.to("u1"))


def test_staff_are_told_of_a_wrong_code_and_of_how_to_answer(ward: Ward) -> None:
    assert ward.tell("/tra ZZZZ chào", user="staff-group") == [replies.TICKET_UNKNOWN.format(code="ZZZZ")]
    assert ward.tell("/tra", user="staff-group") == [replies.TICKET_USAGE]


def test_a_citizen_may_go_on_with_the_assistant(engine: Engine) -> None:
    ward, code = handed_over(engine)
    assert ward.press(replies.RESUME) == [replies.RESUMED.format(code=code)]
    assert ward.tell("lệ phí?")[0].startswith("Về:")


def test_two_failed_answers_call_staff_and_one_does_not(engine: Engine) -> None:
    none = said("Chưa tìm thấy.", AnswerStatus.NO_ANSWER)
    ward = Ward(engine, FakeAssistant(none, said("Có."), none, none))
    for text in ("một", "hai", "ba"):
        ward.tell(text)
    assert ward.rows(TicketRow) == []
    told = ward.tell("bốn")
    assert told[0] == "Chưa tìm thấy."
    assert told[1].startswith(replies.TICKET_AFTER_FAILURES)


def test_a_ticket_older_than_a_day_no_longer_silences_the_bot(engine: Engine) -> None:
    ward, _ = handed_over(engine)
    ward.clock.forward(hours=25)
    assert ward.tell("lệ phí?")[0].startswith("Về:")


def test_what_staff_write_in_the_account_pauses_the_bot_for_that_person_alone(ward: Ward) -> None:
    ward.tell("khai sinh")
    ward.tell("Tôi là cán bộ đây", kind=EventKind.SENT)
    assert ward.tell("cảm ơn") == []
    assert ward.tell("khai sinh", user="u2") != []
    ward.clock.forward(hours=5)
    assert ward.tell("còn ai không") != []


def test_what_staff_write_in_the_account_also_closes_the_ticket(engine: Engine) -> None:
    ward, _ = handed_over(engine)
    ward.tell("Tôi là cán bộ đây", kind=EventKind.SENT)
    assert [row.state for row in ward.rows(TicketRow)] == ["closed"]  # type: ignore[attr-defined]


def test_staff_may_name_the_bot_before_they_answer(engine: Engine) -> None:
    ward, code = handed_over(engine)
    told = ward.tell(f"@Một Cửa /tra {code.lower()} Mời đến.", user="staff-group")
    assert told == [replies.TICKET_CLOSED.format(code=code)]


def test_staff_are_told_once_a_day_that_the_right_to_send_ends(engine: Engine) -> None:
    clock, channel = Clock(), FakeChannel()
    house = House(staff=STAFF, alarm=lambda: "còn 13 ngày")
    made = exchange(engine, FakeAssistant(), channel, clock=clock, house=house)
    for _ in range(3):
        made.clean()
        asyncio.run(work(made.worker(), made))
        clock.forward(hours=10)
    assert [body for _, body in channel.sent] == [replies.TOKEN_ALARM.format(reason="còn 13 ngày")] * 1
    clock.forward(hours=5)
    made.clean()
    asyncio.run(work(made.worker(), made))
    assert len(channel.sent) == 2


def test_what_the_bot_itself_sent_does_not_pause_it(ward: Ward) -> None:
    (told,) = ward.tell("khai sinh")
    ward.tell(told, kind=EventKind.SENT)
    assert ward.tell("lệ phí?") != []


# --- satisfaction ---


def test_a_thumb_up_is_kept_once_and_names_nobody(ward: Ward) -> None:
    ward.tell("khai sinh")
    assert ward.press(replies.RATE_GOOD) == [replies.RATED]
    assert ward.press(replies.RATE_GOOD) == []
    (row,) = ward.rows(RatingRow)
    assert (row.is_good, row.procedure_code, row.day) == (True, "1.001193", "2026-11-25")  # type: ignore[attr-defined]
    assert set(RatingRow.__table__.columns.keys()) == {"id", "day", "channel", "procedure_code", "is_good", "reason"}


def test_a_thumb_down_asks_why(ward: Ward) -> None:
    ward.tell("khai sinh")
    assert ward.press(replies.RATE_BAD)[0].startswith(replies.RATE_WHY)
    assert ward.press("Thiếu thông tin") == [replies.RATED]
    assert ward.exchange.ratings.counts() == {(False, "Thiếu thông tin"): 1}


def test_where_there_are_no_buttons_thumbs_and_numbers_are_typed(ward: Ward) -> None:
    ward.tell("khai sinh")
    assert ward.tell("👎")[0].startswith(replies.RATE_WHY)
    assert ward.tell("1") == [replies.RATED]
    assert ward.exchange.ratings.counts() == {(False, replies.RATE_REASONS[0]): 1}


# --- what is kept ---


def test_a_stored_conversation_holds_no_address_and_no_personal_data(ward: Ward) -> None:
    ward.assistant.answers.append(said("Miễn lệ phí."))
    ward.tell("khai sinh cho con, số 0912345678")
    kept = repr([*ward.rows(DialogueRow), *ward.rows(DialogueTurnRow), *ward.rows(InboxRow), *ward.rows(OutboxRow)])
    assert "'u1'" not in kept
    assert "0912345678" not in kept
    assert "[số điện thoại]" in kept


@pytest.mark.parametrize("typed", ["XÓA DỮ LIỆU", "xoa du lieu", "/xoa"])
def test_a_person_who_asks_for_it_is_forgotten(ward: Ward, typed: str) -> None:
    ward.tell("khai sinh")
    ward.tell("khai sinh", user="u2")
    assert ward.tell(typed) == [replies.DATA_DELETED]
    assert len(ward.rows(DialogueTurnRow)) == 1


def test_who_leaves_is_forgotten_and_told_nothing(ward: Ward) -> None:
    ward.tell("khai sinh")
    assert ward.tell(kind=EventKind.UNFOLLOW) == []
    assert ward.rows(DialogueRow) == []
    assert ward.rows(DialogueTurnRow) == []


def test_conversations_are_deleted_when_their_time_is_over(ward: Ward) -> None:
    ward.tell("khai sinh")
    ward.clock.forward(days=29)
    ward.exchange.clean()
    assert len(ward.rows(DialogueTurnRow)) == 1
    ward.clock.forward(days=2)
    ward.exchange.clean()
    assert ward.rows(DialogueTurnRow) + ward.rows(DialogueRow) + ward.rows(InboxRow) + ward.rows(OutboxRow) == []


# --- when things go wrong ---


def test_an_assistant_that_fails_is_asked_again_and_nothing_is_said_twice(ward: Ward) -> None:
    ward.assistant.failures.append(UnknownCommune("no commune"))
    assert ward.tell("khai sinh") == []
    ward.clock.forward(seconds=5)
    ward.work()
    assert len(ward.channel.to("u1")) == 1


def test_an_event_that_always_fails_is_put_aside_with_its_reason_and_an_apology(ward: Ward) -> None:
    ward.assistant.failures.extend([ZeroDivisionError("a citizen's words")] * 3)
    ward.tell("khai sinh")
    for _ in range(3):
        ward.clock.forward(seconds=60)
        ward.work()
    assert ward.channel.to("u1") == [replies.ERROR]
    (row,) = ward.rows(InboxRow)
    assert (row.state, row.reason) == ("dead", "ZeroDivisionError")  # type: ignore[attr-defined]
    assert ward.tell("lệ phí?") != []


def test_an_event_whose_workers_died_on_it_is_put_aside(ward: Ward) -> None:
    ward.exchange.inbox.store([event("khai sinh", number=1)])
    for _ in range(3):
        ward.clock.forward(seconds=31)
        assert ward.exchange.inbox.take("dead", 1, ["fake"])
    ward.clock.forward(seconds=31)
    ward.work()
    assert ward.channel.to("u1") == [replies.ERROR]
    assert ward.assistant.asked == []


def test_a_rate_limit_pauses_the_channel_and_loses_nothing(ward: Ward) -> None:
    ward.channel.failures.append(SendLater("slow down", 30, whole_channel=True))
    ward.exchange.inbox.store([event("một", "u1", 1), event("hai", "u2", 2)])
    ward.work()
    sent = ward.channel.sent.copy()
    ward.clock.forward(seconds=31)
    ward.work()
    assert sorted(key for key, _ in ward.channel.sent) == ["u1", "u2"]
    assert len(sent) <= 1
    assert {row.attempts for row in ward.rows(OutboxRow)} == {1}  # type: ignore[attr-defined]


@pytest.mark.parametrize("failure", [SendRefused("too long"), PersonGone("blocked")])
def test_a_message_that_will_never_be_taken_is_not_sent_again(ward: Ward, failure: Exception) -> None:
    ward.channel.failures.append(failure)  # type: ignore[arg-type]
    assert ward.tell("khai sinh") == []
    ward.clock.forward(hours=1)
    ward.work()
    assert ward.channel.sent == []
    assert ward.exchange.outbox.counts() == {"dead": 1}


def test_a_message_held_at_night_goes_in_the_morning(ward: Ward) -> None:
    ward.channel.failures.append(SendAfter("quiet", ward.clock.now + 8 * 3_600_000))
    assert ward.tell("khai sinh") == []
    ward.clock.forward(hours=7)
    ward.work()
    assert ward.channel.sent == []
    ward.clock.forward(hours=1)
    ward.work()
    assert len(ward.channel.sent) == 1


def test_a_message_outside_the_window_goes_when_the_person_writes_again_and_before_the_new_answer(ward: Ward) -> None:
    ward.channel.failures.append(SendOnContact("window"))
    assert ward.tell("một") == []
    told = ward.tell("hai")
    assert "Về: một" in told[0]
    assert "Về: hai" in told[1]


def test_after_eight_messages_the_rest_waits_for_the_person(engine: Engine) -> None:
    ward = Ward(engine, limits=Limits(free_messages=1, quiet=None))
    none = said("Chưa tìm thấy.", AnswerStatus.NO_ANSWER)
    ward.assistant.answers.extend([none, none])
    ward.tell("một")
    assert len(ward.tell("hai")) == 1
    assert ward.exchange.outbox.counts()["held"] >= 1
    assert "mã yêu cầu" in ward.tell("ba")[0]


def test_at_night_the_answer_waits_in_the_outbox(engine: Engine) -> None:
    ward = Ward(engine, limits=Limits())
    ward.clock.forward(hours=13)
    assert ward.tell("một") == []
    ward.clock.forward(hours=7)
    ward.work()
    assert len(ward.channel.to("u1")) == 1
