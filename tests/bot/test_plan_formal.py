"""Who signed a plan, its number and its day; what the stored copy leaves blank is said to be blank."""

from dataclasses import replace

import pytest

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.assemble import Parts
from bot.compose import Notes
from bot.plan_formal import formal_answer, formal_part
from corpus.chunking import Chunk
from corpus.document import Document
from retrieval.cues import cues_in

COMMUNE = "phuong-mau"


@pytest.fixture(scope="module")
def plan(parts: Parts) -> Document:
    (document,) = [document for document in list(parts.store.documents(COMMUNE)) if document.tasks]
    return document


def chosen(parts: Parts, plan: Document, path: str, question: str) -> str | None:
    """The role of the part that is told when the search found the one at `path`."""
    chunks = parts.store.chunks_of(plan.id)
    (found,) = [chunk for chunk in chunks if chunk.path == path]
    return formal_part(found, plan, chunks, question, cues_in(question)).field


def told(parts: Parts, document: Document, role: str, question: str) -> Answer | None:
    chunk: Chunk = next(chunk for chunk in parts.store.chunks_of(document.id) if chunk.field == role)
    return formal_answer(chunk, document, question, cues_in(question), " [1]", Notes(""))


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("ai ký kế hoạch tuyên truyền cải cách hành chính", "Chữ ký"),
        ("ke hoach tuyen truyen cchc 2026 so may", "Phần mở đầu"),
        ("kế hoạch này ban hành ngày nào", "Phần mở đầu"),
        ("ai ký kế hoạch của phường Mẫu", "Chữ ký"),
    ],
)
def test_a_question_on_the_plan_itself_is_told_its_frame_even_where_a_task_was_found(
    parts: Parts, plan: Document, question: str, role: str
) -> None:
    assert chosen(parts, plan, "Phụ lục, A, dòng 1", question) == role
    assert chosen(parts, plan, "Căn cứ ban hành", question) == role


@pytest.mark.parametrize(
    "question", ["ai ký danh sách đầu mối", "kế hoạch cải cách hành chính số mấy", "quyết định số 9001 ngày nào"]
)
def test_a_question_on_another_paper_keeps_what_was_found(parts: Parts, plan: Document, question: str) -> None:
    assert chosen(parts, plan, "Phụ lục, A, dòng 1", question) is None
    assert chosen(parts, plan, "Căn cứ ban hành", question) == "Căn cứ ban hành"


@pytest.mark.parametrize("question", ["kế hoạch cải cách hành chính ra ngày nào", "quyết định 9001 ban hành ngày nào"])
def test_the_day_of_another_paper_is_looked_up_among_the_bases(parts: Parts, plan: Document, question: str) -> None:
    assert chosen(parts, plan, "Phần mở đầu", question) == "Căn cứ ban hành"


def test_who_asks_after_the_signer_by_name_means_the_plan(parts: Parts, plan: Document) -> None:
    assert chosen(parts, plan, "Chữ ký", "ông Nguyễn Văn Mẫu ký với chức vụ gì") == "Chữ ký"
    assert chosen(parts, plan, "Chữ ký", "người ký giữ chức vụ nào") == "Chữ ký"


def test_the_plans_own_number_names_no_other_paper(parts: Parts, plan: Document) -> None:
    assert chosen(parts, plan, "Phần mở đầu", "kế hoạch 15 ban hành ngày nào") == "Phần mở đầu"


def test_number_and_day_are_told_as_figures_and_in_the_words_of_the_source(parts: Parts, plan: Document) -> None:
    answer = told(parts, plan, "Phần mở đầu", "kế hoạch số mấy, ngày nào")
    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert "số 15/KH-UBND, ban hành ngày 20/01/2026 (ngày 20 tháng 01 năm 2026)" in answer.text


@pytest.mark.parametrize(
    ("question", "role", "blank"),
    [
        ("kế hoạch số mấy", "Phần mở đầu", "number"),
        ("kế hoạch ban hành ngày nào", "Phần mở đầu", "date"),
        ("ai ký kế hoạch", "Chữ ký", "signer"),
    ],
)
def test_what_the_copy_leaves_blank_is_no_answer_and_says_so(
    parts: Parts, plan: Document, question: str, role: str, blank: str
) -> None:
    bare = replace(plan, number=None, issued_on=None, issued_text="ngày tháng 01 năm 2026", signer=None)
    answer = told(parts, bare, role, question)
    assert answer is not None
    assert answer.status is AnswerStatus.NO_ANSWER
    assert answer.text.splitlines()[0] == f"{replies.BLANK[blank]} [1]"
    assert ("“ngày tháng 01 năm 2026”" in answer.text) == (role == "Phần mở đầu")


def test_a_period_is_no_day(parts: Parts, plan: Document) -> None:
    bare = replace(plan, number=None, issued_on=None)
    answer = told(parts, bare, "Phần mở đầu", "kế hoạch này cho giai đoạn nào")
    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert plan.title in answer.text


def test_other_parts_are_not_told_here(parts: Parts, plan: Document) -> None:
    assert told(parts, plan, "Nơi nhận", "gửi cho ai") is None
