"""A question says by its words what it wants to know of a procedure."""

import json
from pathlib import Path

import pytest

from bot.aspects import Aspect, aspects_beside, aspects_in, subject_of, without_aspects
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
    ("con đi nộp thay cho mẹ được không", Aspect.PROXY),
    ("trợ cấp mỗi tháng được bao nhiêu tiền", Aspect.BENEFIT),
    ("sinh con trong vòng bao lâu phải khai sinh", Aspect.DEADLINE),
    ("giấy độc thân dùng được mấy tháng", Aspect.VALIDITY),
]
QUESTIONS = [
    json.loads(line) for line in Path(__file__).with_name("aspect_questions.jsonl").read_text("utf-8").splitlines()
]
LEAST_RIGHT = 0.95


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


@pytest.mark.parametrize("text", ["", "😀", "đăng ký khai sinh", "xin chào", "xin miễn giảm học phí", "mai táng phí"])
def test_what_names_no_aspect_has_none(text: str) -> None:
    assert aspects_in(text) == ()


@pytest.mark.parametrize("half", ["a", "b"])
def test_citizens_questions_are_heard_as_they_are_meant(half: str) -> None:
    """Half of them name a fee, a place or papers only in their story. The rules were made looking at half a alone."""
    asked = [one for one in QUESTIONS if one["half"] == half]
    wrong = [
        one["question"]
        for one in asked
        if {aspect.name.lower() for aspect in aspects_in(one["question"])} != set(one["aspects"])
    ]
    assert len(asked) >= 100
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(asked), wrong


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("nhà em ở mặt tiền đường", ()),
        ("ba em hết nhiều tiền viện phí quá, xin hỗ trợ nộp ở đâu", (Aspect.PLACE,)),
        ("không đủ điều kiện nuôi con thì cho nhận nuôi cần giấy gì", (Aspect.DOSSIER,)),
        ("xin trợ giúp pháp lý ở đâu", (Aspect.PLACE,)),
        ("bà chẳng có đồng nào, xin vào hộ nghèo", ()),
    ],
)
def test_what_is_only_part_of_the_story_is_not_asked(question: str, aspects: tuple[Aspect, ...]) -> None:
    assert aspects_in(question) == aspects


def test_what_is_only_named_counts_where_nothing_is_asked_outright() -> None:
    assert aspects_in("hồ sơ khai sinh") == (Aspect.DOSSIER,)
    assert aspects_in("nộp hồ sơ khai sinh ở đâu") == (Aspect.PLACE,)


def test_things_named_in_one_list_with_what_is_asked_are_asked_too() -> None:
    assert aspects_in("thời hạn và lệ phí bao nhiêu") == (Aspect.TIME, Aspect.FEE)
    assert aspects_in("hồ sơ, thời hạn, lệ phí làm hộ chiếu") == (Aspect.DOSSIER, Aspect.TIME, Aspect.FEE)


def test_other_words_of_the_same_letters_are_told_apart_by_their_accents() -> None:
    assert aspects_in("mất nhiêu") == (Aspect.FEE,)
    assert aspects_in("mất nhiều giấy") == ()


@pytest.mark.parametrize(
    ("question", "name", "aspects"),
    [
        ("gia hạn thời hạn sử dụng đất", "Gia hạn thời hạn sử dụng đất", ()),
        ("cấp giấy phép thu phí mất bao lâu", "Cấp giấy phép thu phí", (Aspect.TIME,)),
        ("lệ phí đăng ký kết hôn", "Đăng ký kết hôn", (Aspect.FEE,)),
        ("khai lệ phí trước bạ mất bao nhiêu lệ phí", "Khai lệ phí trước bạ nhà đất", (Aspect.FEE,)),
        ("khai sinh nộp ở đâu", "", (Aspect.PLACE,)),
    ],
)
def test_words_of_the_procedures_own_name_ask_for_nothing(
    question: str, name: str, aspects: tuple[Aspect, ...]
) -> None:
    assert aspects_beside(question, name) == aspects


def test_what_stands_between_the_words_of_asking_is_the_subject() -> None:
    assert subject_of("nộp đơn xác nhận hộ nghèo cho ai") == "đơn xác nhận hộ nghèo"


def test_without_its_aspects_a_question_says_what_it_is_about() -> None:
    assert without_aspects("đăng ký khai sinh lệ phí bao nhiêu tiền") == "dang ky khai sinh"
    assert without_aspects("lệ phí?") == ""


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("khai sinh thì nộp ở đâu vậy ạ", "khai sinh"),
        ("làm thẻ căn cước có tốn tiền không", "làm thẻ căn cước"),
        ("hộ chiếu phí bao nhiêu tiền", "hộ chiếu"),
        ("mấy ngày thì xong", "xong"),
        ("lệ phí?", ""),
        ("", ""),
    ],
)
def test_the_subject_keeps_its_accents_and_nothing_around_it(question: str, subject: str) -> None:
    assert subject_of(question) == subject
