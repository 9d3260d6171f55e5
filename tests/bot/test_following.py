"""A question that goes on with the one before is about another form of the same matter, or about the same."""

import pytest

from bot.answer import Option
from bot.conversation import Conversation
from bot.following import Message, hangs_on, no_ending, weighed
from bot.router import Routed
from corpus.chunking import ChunkKind
from retrieval.search import Found, Hit
from tests.bot.found_hits import found, hit

HOME = hit("Thủ tục đăng ký kết hôn", 17.0, "1.000894")
ABROAD = hit("Thủ tục đăng ký kết hôn có yếu tố nước ngoài", 15.0, "2.000806")
AGAIN = hit("Thủ tục đăng ký lại kết hôn", 14.0, "1.004746")
AGAIN_ABROAD = hit("Thủ tục đăng ký lại kết hôn có yếu tố nước ngoài", 15.5, "2.000513")
VISA = hit("Cấp thị thực cho người nước ngoài", 12.0, "1.001194")
NAME = HOME.unit.name
NOTHING = found()


TOPIC = Conversation("1.000894", NAME, "đăng ký kết hôn cần gì")
SURE = Routed("procedure", "asking", 0.9, 0.9)


def best(question: str, *joined: Hit, alone: Found = NOTHING, before: Conversation = TOPIC, fee: bool = False) -> str:
    """The code of the first hit."""
    both = weighed(alone, found(*joined, procedure=0.9), Message(question, question, SURE, fee), before)
    return both.hits[0].unit.procedure_code or ""


@pytest.mark.parametrize(
    ("question", "code"),
    [("thế nếu chồng là người Úc?", "2.000806"), ("còn bị mất thì sao", "1.004746"), ("còn ở quê thì sao", "1.000894")],
)
def test_new_words_decide_between_the_forms_of_the_matter(question: str, code: str) -> None:
    assert best(question, HOME, AGAIN_ABROAD, ABROAD, AGAIN, alone=found(VISA, procedure=0.2)) == code


def test_what_the_topic_did_is_kept_when_only_the_people_change() -> None:
    again = Conversation("1.004746", AGAIN.unit.name, "mất giấy kết hôn")
    assert best("thế nếu vợ là người Lào", ABROAD, AGAIN_ABROAD, before=again) == "2.000513"


def test_what_was_found_alone_counts_too() -> None:
    alone = found(hit(ABROAD.unit.name, 18.0, "2.000806"), hit(NAME, 8.0, "1.000894"), procedure=0.5)
    assert best("vợ tôi quốc tịch khác", HOME, ABROAD, alone=alone) == "2.000806"


def test_a_choice_that_was_offered_is_preferred() -> None:
    asked = Conversation(question="kết hôn", options=(Option("Đăng ký lại", "1.004746"),), asked_back=("Đăng ký lại",))
    again = hit(AGAIN.unit.name, 16.0, "1.004746")
    assert best("kết hôn", HOME, again, before=asked) == "1.004746"
    assert best("kết hôn", HOME, again) == "1.000894"


def test_a_question_for_the_fee_stays_with_the_topic() -> None:
    nearer = hit(ABROAD.unit.name, 19.5, "2.000806")
    assert best("5 bản bao nhiêu tiền", HOME, nearer, fee=True) == "1.000894"
    assert best("5 bản bao nhiêu tiền", HOME, nearer) == "2.000806"


def test_a_fee_alone_finds_nothing_of_its_own() -> None:
    alone = found(hit("Khai phí, lệ phí", 40.0, "1.008325"), procedure=0.9)
    assert best("lệ phí?", HOME, alone=alone) == "1.000894"


def test_who_was_asked_which_procedure_and_asks_for_its_fee_is_not_told_of_fees_at_large() -> None:
    asked = Conversation(question="kết hôn", options=(Option("Đăng ký", "1.000894"),), asked_back=("Đăng ký",))
    guide = hit("Phí và lệ phí", 20.0, kind=ChunkKind.GUIDE)
    both = weighed(NOTHING, found(guide, HOME, procedure=0.3, part=0.9), Message("lệ phí", "lệ phí", SURE, True), asked)
    assert ([one.unit.name for one in both.hits], both.part_probability) == ([NAME], 0.0)


DEATH = hit("Thủ tục đăng ký khai tử", 9.0, "1.000656")


@pytest.mark.parametrize(
    ("question", "sure", "code"),
    [
        ("à còn bà ngoại mới mất thì làm giấy gì", 0.2, "1.000656"),
        ("bà ngoại mới mất thì làm giấy gì", 0.5, "1.000656"),
        ("bà ngoại mới mất thì làm giấy gì", 0.2, "1.000894"),
        ("còn mất giấy rồi thì đăng ký lại sao", 0.9, "1.004746"),
    ],
)
def test_a_continuation_that_names_another_matter_is_about_that_one(question: str, sure: float, code: str) -> None:
    far = hit(NAME, 6.0, "1.000894")
    assert best(question, HOME, AGAIN, alone=found(DEATH, far, procedure=sure)) == code


def test_what_the_router_does_not_take_for_a_question_names_no_other_matter() -> None:
    message = Message(
        "còn ông bà ngoại dẫn đi", "còn ông bà ngoại dẫn đi", Routed("abuse", "refused", 0.65, 0.1), False
    )
    both = weighed(found(DEATH, procedure=0.5), found(HOME, AGAIN, procedure=0.9), message, TOPIC)
    assert both.hits[0].unit.procedure_code == "1.000894"


def hangs(
    typed: str, before: Conversation = TOPIC, sure: float = 0.3, routed: Routed = SURE, fee: bool = False
) -> bool:
    """Whether a message hangs on the conversation."""
    return hangs_on(Message(typed, typed, routed, fee), before, found(procedure=sure))


@pytest.mark.parametrize(
    ("message", "sure"),
    [
        ("thế nếu chồng là người Úc", 0.7),
        ("gia hạn", 0.7),
        ("người cao tuổi", 0.2),
        ("con em chuyển trường thì sao", 0.2),
    ],
)
def test_a_continuation_a_bare_form_or_too_few_words_hang_on_the_topic(message: str, sure: float) -> None:
    assert hangs(message, sure=sure)


@pytest.mark.parametrize(
    ("message", "sure"), [("đăng ký xe máy", 0.9), ("thế xin giấy phép xây dựng nhà ở", 0.9), ("mẹ " * 20, 0.1)]
)
def test_what_names_a_matter_of_its_own_does_not(message: str, sure: float) -> None:
    assert not hangs(message, sure=sure)


def test_the_reply_to_what_was_asked_back_hangs_on_it_unless_it_is_surely_something_else() -> None:
    asked = Conversation(question="hộ khẩu", asked_back=("Tách hộ",))
    assert hangs("ra ở riêng", asked, sure=0.9)
    assert not hangs("muốn sang tên chiếc xe máy vừa mua", asked, sure=0.95)


def test_small_talk_goes_on_with_nothing() -> None:
    weather = Routed("off_topic", "outside", 0.9, 0.02)
    assert not hangs("trời mưa", sure=0.05, routed=weather)
    assert hangs("thế con 5 tuổi thì sao", sure=0.05, routed=weather)
    assert hangs("trời mưa", sure=0.05, routed=weather, fee=True)
    assert hangs("trời mưa", sure=0.05, routed=Routed("off_topic", "outside", 0.5, 0.3))
    assert not hangs("hồ sơ xong chưa", sure=0.05, routed=Routed("file_status", "outside", 0.9, 0.02), fee=True)


@pytest.mark.parametrize("message", ["mấy ngày?", "thế nếu chồng là người Úc", "chấm dứt luôn", "gia hạn"])
def test_a_message_too_short_to_be_judged_alone_is_not(message: str) -> None:
    assert no_ending(message, TOPIC, SURE)
    assert not no_ending(message, Conversation(), SURE)


@pytest.mark.parametrize("message", ["cháy nhà", "bị cháy nhà", "bị cướp", "cảm ơn nhé"])
def test_an_emergency_is_judged_whatever_was_talked_about(message: str) -> None:
    assert not no_ending(message, TOPIC, SURE)


@pytest.mark.parametrize("message", ["bố hay mẹ dẫn đi", "ai đi khai cũng được hả"])
def test_what_hangs_on_an_answer_is_no_abuse_nor_small_talk_unless_it_surely_is(message: str) -> None:
    for route, family in (("abuse", "refused"), ("who_are_you", "talk")):
        assert no_ending(message, TOPIC, Routed(route, family, 0.65, 0.1))
        assert not no_ending(message, TOPIC, Routed(route, family, 0.9, 0.1))
        assert not no_ending(message, Conversation(), Routed(route, family, 0.65, 0.1))


def test_forms_alone_name_no_matter_however_sure_the_search_is() -> None:
    assert hangs("z còn đk lại vì mất hết giấy tờ thì sao", sure=0.9)


def test_thanks_are_thanks_however_they_open() -> None:
    thanks = Routed("thanks", "talk", 0.95, 0.0)
    assert not no_ending("vậy thôi cảm ơn em nhé", TOPIC, thanks)


def test_a_form_that_nobody_asked_for_counts_against_a_procedure() -> None:
    changed = hit("Thủ tục thay đổi, cải chính thông tin kết hôn", 18.0, "1.004859")
    assert best("ở quê có được không", HOME, changed) == "1.000894"
