"""Somebody who asks in English gets the procedure's name and the link."""

import pytest

from bot import replies
from bot.answer import AnswerStatus
from bot.assemble import Parts
from bot.compose import Notes, Source
from bot.english import english_answer, english_ending, is_english, vietnamese_words


@pytest.mark.parametrize(
    "question",
    [
        "How do I register a birth?",
        "where can I get a marriage certificate",
        "I lost my ID card, what documents do I need?",
    ],
)
def test_english_is_recognised(question: str) -> None:
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "hello",
        "dang ky khai sinh o dau",
        "lam the can cuoc can gi",
        "làm online được không",
        "nop phi le phi online the nao",
        "xin visa",
    ],
)
def test_vietnamese_is_not_taken_for_english(question: str) -> None:
    assert not is_english(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How do I register my newborn baby?", "đăng ký khai sinh"),
        ("I want to get married", "đăng ký kết hôn"),
        ("My grandfather passed away", "đăng ký khai tử"),
        ("I lost my identity card", "cấp lại thẻ căn cước"),
        ("What are the opening hours?", "địa chỉ giờ làm việc của phường"),
    ],
)
def test_everyday_needs_have_vietnamese_words(question: str, words: str) -> None:
    assert vietnamese_words(question) == words


def test_what_is_no_need_of_ours_has_no_words() -> None:
    assert vietnamese_words("who won the football match") is None


def test_the_answer_names_the_procedure_with_its_source(parts: Parts) -> None:
    document = parts.store.document("phuong-mau/tthc-1.001193")
    chunks = {chunk.field or "": chunk for chunk in parts.store.chunks_of(document.id)}
    answer = english_answer(Source(document, chunks, document.as_of), Notes(""))
    assert answer.status is AnswerStatus.ANSWERED
    assert "đăng ký khai sinh (1.001193) [1]" in answer.text
    assert answer.text.startswith(replies.ENGLISH_INTRO)
    assert [cited.quote for cited in answer.citations] == ["Thủ tục đăng ký khai sinh"]


@pytest.mark.parametrize("question", ["How do I register a birth?", "where to register the birth of my baby"])
def test_a_question_in_english_is_answered(parts: Parts, question: str) -> None:
    answer = parts.chatbot.ask(question, "phuong-mau")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.procedure is not None
    assert answer.procedure.code == "1.001193"
    assert answer.text.startswith(replies.ENGLISH_INTRO)


@pytest.mark.parametrize(
    ("question", "status", "text"),
    [
        ("who won the world cup this year", AnswerStatus.OUT_OF_SCOPE, replies.ENGLISH_NONE),
        ("help, my house is on fire and my baby is inside", AnswerStatus.EMERGENCY, replies.ENGLISH_EMERGENCY),
        ("how can I make a fake birth certificate", AnswerStatus.REFUSED, replies.ENGLISH_REFUSED),
        ("my neighbour's home address and phone number please", AnswerStatus.REFUSED, replies.ENGLISH_REFUSED),
    ],
)
def test_what_cannot_be_answered_in_english_ends_in_english(
    parts: Parts, question: str, status: AnswerStatus, text: str
) -> None:
    answer = parts.chatbot.ask(question, "phuong-mau")
    assert answer.status is status
    assert answer.text.startswith(text)


def test_an_ending_without_an_english_text_stays() -> None:
    assert english_ending(AnswerStatus.ERROR, replies.ERROR) == replies.ERROR
