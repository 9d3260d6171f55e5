"""A short reply hangs on what was said before; a new matter does not."""

import pytest

from bot.answer import Option
from bot.conversation import chosen_option, continues, is_elliptic, own_words
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
    "question", ["thế nếu chồng là người Úc?", "còn nếu mất giấy chứng sinh", "vậy trẻ em thì sao", "ok thế lệ phí"]
)
def test_a_continuation_is_known_by_how_it_opens(question: str) -> None:
    assert continues(question)


@pytest.mark.parametrize("question", ["con em mới sinh làm gì", "đăng ký khai sinh", "con nuôi cần giấy tờ gì", ""])
def test_a_child_is_no_continuation(question: str) -> None:
    assert not continues(question)
