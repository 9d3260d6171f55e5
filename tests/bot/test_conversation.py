"""A short reply hangs on what was said before; a new matter does not."""

import pytest

from bot.answer import Option
from bot.conversation import (
    after_refusal,
    asks_of_topic,
    chosen_option,
    continues,
    is_elliptic,
    opens_another,
    own_words,
)
from corpus.vietnamese import fold

OPTIONS = (
    Option("Cấp thẻ căn cước cho người từ đủ 14 tuổi", "1.014061"),
    Option("Cấp lại thẻ căn cước", "1.014064"),
    Option("Cấp đổi thẻ căn cước", "1.014063"),
)


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        ("1", 0),
        ("2 nhé", 1),
        ("chọn số 3 ạ", 2),
        ("cái đầu tiên", 0),
        ("cái thứ hai", 1),
        ("em chọn cái cuối cùng ạ", 2),
        ("cấp lại", 1),
        ("cap doi", 2),
        ("số 2 nha", 1),
        ("dạ 3 ạ", 2),
        ("dạ cái cấp lại", 1),
    ],
)
def test_a_reply_picks_an_option_by_number_order_or_words(reply: str, place: int) -> None:
    assert chosen_option(reply, OPTIONS) == OPTIONS[place]


@pytest.mark.parametrize("place", range(3))
def test_a_label_typed_in_full_picks_its_option(place: int) -> None:
    assert chosen_option(OPTIONS[place].label, OPTIONS) == OPTIONS[place]


@pytest.mark.parametrize(
    "reply", ["", "😀", "0", "4", "9 nhé", "cái thứ tư", "thẻ căn cước", "đăng ký kết hôn", "10", "năm 2026"]
)
def test_a_reply_that_picks_none_or_several_chooses_nothing(reply: str) -> None:
    assert chosen_option(reply, OPTIONS) is None


COMPANIES = (
    Option("Đăng ký thành lập công ty TNHH hai thành viên trở lên", "2.001199"),
    Option("Công ty cổ phần", "2"),
)
ONE = Option("Đăng ký thành lập công ty TNHH một thành viên", "2.001583")


def test_numbers_tell_options_apart() -> None:
    assert chosen_option("hai thành viên", (ONE, *COMPANIES)) == COMPANIES[0]
    assert chosen_option("thành viên", (ONE, *COMPANIES)) is None


def test_words_that_fit_what_was_answered_choose_it_again() -> None:
    assert chosen_option("một thành viên", COMPANIES, ONE) == ONE
    assert chosen_option("cổ phần", COMPANIES, ONE) == COMPANIES[1]


def test_a_word_that_is_filler_elsewhere_still_has_to_fit() -> None:
    assert chosen_option("tạm vắng", (Option("Đăng ký tạm trú", "1.004194"), ONE)) is None


def test_of_two_that_hold_the_words_the_plain_form_is_meant() -> None:
    adopted = Option("Đăng ký việc nuôi con nuôi trong nước", "2.001263")
    again = Option("Đăng ký lại việc nuôi con nuôi trong nước", "2.001255")
    assert chosen_option("trong nước", (again, adopted, ONE)) == adopted
    assert chosen_option("trong nước", (again, adopted)) is None


@pytest.mark.parametrize(
    ("reply", "rest"),
    [
        ("không phải mấy cái đó", ""),
        ("ko phải ạ", ""),
        ("cái khác", ""),
        ("không phải cái đó, tôi hỏi đăng ký lại khai sinh", "tôi hỏi đăng ký lại khai sinh"),
    ],
)
def test_a_refusal_of_all_options_is_heard(reply: str, rest: str) -> None:
    assert after_refusal(reply) == rest


@pytest.mark.parametrize("reply", ["1", "cấp lại", "không có giấy chứng sinh thì sao", "có phải ra phường không"])
def test_other_replies_refuse_nothing(reply: str) -> None:
    assert after_refusal(reply) is None


@pytest.mark.parametrize("reply", ["1", "cái cuối", "cấp lại"])
def test_without_options_nothing_can_be_chosen(reply: str) -> None:
    assert chosen_option(reply, ()) is None


@pytest.mark.parametrize(
    "question", ["còn lệ phí thì sao?", "mấy ngày thì có ạ?", "nộp ở đâu vậy ạ", "cần giấy tờ gì nữa không", "😀"]
)
def test_a_question_that_only_says_what_it_wants_is_elliptic(question: str) -> None:
    assert is_elliptic(question)
    assert is_elliptic(fold(question))
    assert own_words(question) == 0


def test_asking_when_it_is_done_is_elliptic() -> None:
    assert is_elliptic("mấy ngày thì xong?")


@pytest.mark.parametrize("question", ["đăng ký kết hôn lệ phí bao nhiêu", "con tôi chuyển trường", "thời tiết hôm nay"])
def test_a_question_that_names_something_is_not(question: str) -> None:
    assert not is_elliptic(question)
    assert own_words(question) > 0


@pytest.mark.parametrize(
    "question",
    [
        "em chuyển vào tỉnh khác thì sao ạ",
        "thế nếu chồng là người Úc?",
        "còn nếu mất giấy chứng sinh",
        "vậy trẻ em thì sao",
        "ok thế lệ phí",
    ],
)
def test_a_continuation_is_known_by_how_it_opens(question: str) -> None:
    assert continues(question)


@pytest.mark.parametrize("question", ["à mà sang tên sổ đỏ thì sao", "còn việc này nữa, xe máy thì sao"])
def test_who_says_that_it_is_something_else_does_not_continue(question: str) -> None:
    assert not continues(question)


@pytest.mark.parametrize("question", ["con em mới sinh làm gì", "đăng ký khai sinh", "con nuôi cần giấy tờ gì", ""])
def test_a_child_is_no_continuation(question: str) -> None:
    assert not continues(question)


def test_a_short_question_is_about_the_topic_until_it_asks_for_another_form() -> None:
    assert asks_of_topic("hs ntn", "hồ sơ như thế nào", "Đổi giấy phép lái xe")
    assert asks_of_topic("con bi mat thi sao", "còn bị mất thì sao", "Cấp lại giấy phép lái xe")
    assert not asks_of_topic("con bi mat thi sao", "còn bị mất thì sao", "Đổi giấy phép lái xe")


def test_a_copy_among_the_papers_is_of_the_topic_and_a_copy_to_be_had_is_not() -> None:
    assert asks_of_topic("nộp bản sao được không", "nộp bản sao được không", "Đăng ký khai sinh")
    assert not asks_of_topic("xin thêm mấy bản sao", "xin thêm mấy bản sao", "Đăng ký khai sinh")


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("à còn bà ngoại mới mất thì làm giấy gì", True),
        ("thế còn nhập khẩu cho bé thì sao", True),
        ("còn nếu mất giấy thì sao", False),
        ("thế chồng là người Úc", False),
    ],
)
def test_another_matter_opens_with_a_word_of_its_own(question: str, opens: bool) -> None:
    assert opens_another(question) == opens
