"""A question says by its words what it wants to know of a procedure."""

import pytest

from bot.aspects import Aspect, aspects_in, without_aspects
from corpus.vietnamese import fold

ASKED = [
    ("khai sinh lệ phí bao nhiêu", Aspect.FEE),
    ("làm thẻ hết bao nhiêu tiền", Aspect.FEE),
    ("đăng ký tạm trú mất bao lâu", Aspect.TIME),
    ("nộp rồi thì mấy ngày có giấy", Aspect.TIME),
    ("kết hôn cần giấy tờ gì", Aspect.DOSSIER),
    ("đi làm phải mang theo gì", Aspect.DOSSIER),
    ("khai tử nộp ở đâu", Aspect.PLACE),
    ("làm online được không", Aspect.ONLINE),
    ("nộp qua bưu điện được không", Aspect.ONLINE),
    ("trình tự thực hiện thế nào", Aspect.STEPS),
    ("điều kiện đăng ký thường trú", Aspect.CONDITIONS),
    ("bao nhiêu tuổi được kết hôn", Aspect.CONDITIONS),
    ("xong thì nhận được gì", Aspect.RESULT),
    ("căn cứ pháp lý của thủ tục", Aspect.LEGAL),
    ("những ai được hưởng trợ cấp", Aspect.APPLICANTS),
    ("ai có thẩm quyền, ai giải quyết", Aspect.AGENCY),
]


@pytest.mark.parametrize(("question", "aspect"), ASKED, ids=[question for question, _ in ASKED])
def test_what_is_asked_is_heard_with_and_without_accents(question: str, aspect: Aspect) -> None:
    assert aspect in aspects_in(question)
    assert aspect in aspects_in(fold(question))


def test_every_aspect_has_an_example_here() -> None:
    assert {aspect for _, aspect in ASKED} == set(Aspect)


def test_several_aspects_come_in_the_order_in_which_they_are_asked() -> None:
    assert aspects_in("mất bao lâu, lệ phí bao nhiêu và nộp ở đâu") == (Aspect.TIME, Aspect.FEE, Aspect.PLACE)
    assert aspects_in("nộp ở đâu, lệ phí bao nhiêu, mất bao lâu") == (Aspect.PLACE, Aspect.FEE, Aspect.TIME)


def test_of_two_that_share_words_the_longer_one_is_meant() -> None:
    assert aspects_in("được cấp giấy gì") == (Aspect.RESULT,)


@pytest.mark.parametrize("text", ["", "😀", "đăng ký khai sinh", "xin chào"])
def test_what_names_no_aspect_has_none(text: str) -> None:
    assert aspects_in(text) == ()


def test_without_its_aspects_a_question_says_what_it_is_about() -> None:
    assert without_aspects("đăng ký khai sinh lệ phí bao nhiêu tiền") == "dang ky khai sinh"
    assert without_aspects("lệ phí?") == ""
