"""What somebody typed is searched as typed and as restored; what holds no word is empty."""

import pytest

from bot.assemble import Parts
from retrieval.cues import Cue
from retrieval.question import MAX_LENGTH, Question, provinces_named, read_question
from retrieval.spelling import Spelling


@pytest.fixture(scope="module")
def restorer(parts: Parts) -> Spelling:
    return parts.restorer


def test_a_question_is_searched_as_typed_and_as_restored(restorer: Spelling) -> None:
    question = read_question("dang ky khai sinh", restorer)
    assert question.forms == ("dang ky khai sinh", "đăng ký khai sinh")


def test_a_question_with_its_accents_has_one_form(restorer: Spelling) -> None:
    assert read_question("đăng ký khai sinh", restorer).forms == ("đăng ký khai sinh",)


@pytest.mark.parametrize("text", ["", " \n\t", "😀🎉👨‍👩‍👧", "???!", "\x00\x07", "\U000e0041\U000e0042"])
def test_what_holds_neither_letter_nor_digit_is_empty(restorer: Spelling, text: str) -> None:
    question = read_question(text, restorer)
    assert question.is_empty
    assert question.codes == ()
    assert question.cues == frozenset()


def test_no_more_than_a_stated_length_is_read(restorer: Spelling) -> None:
    question = read_question("đăng ký khai sinh " * 600, restorer)
    assert len(question.typed) == MAX_LENGTH


def test_hidden_and_control_characters_are_not_read(restorer: Spelling) -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all")
    assert read_question(f"đăng\x00 ký\x1b khai\u200b sinh{hidden}", restorer).typed == "đăng ký khai sinh"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("thủ tục 1.001193 cần gì", ("1.001193",)),
        ("1.001193, 2.000528", ("1.001193", "2.000528")),
        ("mã 1.013225.H29", ("1.013225.H29",)),
        ("phí 10.000.000 đồng, mục 1.1", ()),
        ("ngày 1.1.2026", ()),
    ],
)
def test_procedure_codes_are_read_and_amounts_are_not(restorer: Spelling, text: str, codes: tuple[str, ...]) -> None:
    assert read_question(text, restorer).codes == codes


def test_cues_are_read_off_the_restored_words(restorer: Spelling) -> None:
    assert Cue.LEAD in read_question("don vi nao chu tri", restorer).cues


def test_a_province_is_named_as_a_word_with_or_without_accents() -> None:
    def named(text: str) -> frozenset[str]:
        return provinces_named(Question(text, (text,), (), frozenset()), frozenset({"lam dong", "hue"}))

    assert named("thủ tục ở Lâm Đồng") == named("o lam dong") == {"lam dong"}
    assert named("huế mà") == {"hue"}
    assert named("huevn lamdong") == frozenset()
