"""The passage that a question is about is the one that holds what the question adds to its subject."""

import pytest

from bot.assemble import Parts
from bot.stopwords import STOPWORDS
from retrieval.errors import IndexUnavailable
from retrieval.passages import Passage, PassageFinder, words_beside

COMMUNE = "phuong-mau"
TEXTS = [
    "Cha hoặc mẹ nộp tờ khai tại quầy một cửa.",
    "Người không ký được thì cần hai người làm chứng.",
    "Kết quả trả trong ngày làm việc.",
]


@pytest.fixture(scope="module")
def finder(parts: Parts) -> PassageFinder:
    return PassageFinder(parts.index, parts.encoder)


def best(finder: PassageFinder, question: str, limit: int = 2) -> list[Passage]:
    return finder.best(question, words_beside(question, "Chứng thực chữ ký", STOPWORDS), TEXTS, COMMUNE, limit)


@pytest.mark.parametrize(
    "question", ["không điểm chỉ thì mấy người làm chứng", "khong diem chi may nguoi lam chung vay"]
)
def test_the_passage_asked_for_comes_first_with_or_without_accents(finder: PassageFinder, question: str) -> None:
    passages = finder.best(question, words_beside(question, "Cấp bản sao", frozenset()), TEXTS, COMMUNE)
    assert passages[0].number == 1
    assert passages[0].score >= passages[1].score


@pytest.mark.parametrize("question", ["", "😀", "chứng thực chữ ký", "chứng thực chữ ký ở đâu vậy ạ", "chữ ký nước"])
def test_a_question_that_adds_nothing_to_its_subject_has_no_passage(finder: PassageFinder, question: str) -> None:
    assert best(finder, question) == []


def test_no_texts_have_no_passage(finder: PassageFinder) -> None:
    assert finder.best("nộp tờ khai", ["nop", "to", "khai"], [], COMMUNE) == []


def test_no_more_than_asked_for_are_given(finder: PassageFinder) -> None:
    assert len(best(finder, "nộp tờ khai tại quầy", 1)) == 1
    assert len(best(finder, "nộp tờ khai tại quầy", 9)) == len(TEXTS)


def test_a_text_that_holds_every_word_asked_for_is_close_to_certain(finder: PassageFinder) -> None:
    (first,) = best(finder, TEXTS[0], 1)
    assert first.number == 0
    assert first.score == pytest.approx(1, abs=0.01)


def test_words_are_weighed_by_the_communes_own_index_where_nothing_national_is_published(
    finder: PassageFinder, parts: Parts
) -> None:
    with pytest.raises(IndexUnavailable):
        parts.index.generations(None)
    assert best(finder, "nộp tờ khai ở quầy một cửa")[0].number == 0
