"""Answers from a plan or a guide: the row, the part, the signature, each with its place."""

from dataclasses import replace

import pytest

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.assemble import Parts
from bot.compose import PHONE, Notes
from bot.plan_answer import part_answer
from corpus.chunking import Chunk, ChunkKind
from corpus.document import Document, Task
from retrieval.cues import Cue, cues_in
from tests.bot.grounded import marks, ungrounded

COMMUNE = "phuong-mau"
COLUMNS = {
    Cue.LEAD: ("đơn vị nào chủ trì", "Đơn vị chủ trì"),
    Cue.COORDINATING: ("đơn vị phối hợp là ai", "Đơn vị phối hợp"),
    Cue.DEADLINE: ("thời hạn là bao giờ", "Thời gian thực hiện"),
    Cue.PRODUCT: ("sản phẩm là gì", "Kết quả, sản phẩm"),
}


@pytest.fixture(scope="module")
def plan(parts: Parts) -> Document:
    (document,) = [document for document in list(parts.store.documents(COMMUNE)) if document.tasks]
    return document


def answered(parts: Parts, chunk: Chunk, question: str) -> Answer:
    document = parts.store.document(chunk.document_id)
    return part_answer(chunk, document, parts.store.chunks_of(document.id), question, cues_in(question), Notes(""))


def chunk_at(parts: Parts, path: str, document: str = "ke-hoach") -> Chunk:
    (chunk,) = [c for c in parts.store.chunks(COMMUNE) if c.path == path and document in c.document_id]
    return chunk


@pytest.mark.parametrize("cue", COLUMNS, ids=str)
def test_every_row_answers_a_question_to_each_column_first_and_with_its_own_figures(
    parts: Parts, plan: Document, cue: Cue
) -> None:
    question, label = COLUMNS[cue]
    assert len(plan.tasks) == 12
    for task in plan.tasks:
        answer = answered(parts, chunk_at(parts, task.path), question)
        task_line, first, *_, place = answer.text.splitlines()
        assert task_line.startswith("Nhiệm vụ: ")
        assert first.startswith(f"{label}: ")
        assert task.path in place
        assert ungrounded(answer) == set()
        assert [cited.quote for cited in answer.citations] == [task.text]


def test_the_cells_are_told_as_the_row_has_them(parts: Parts, plan: Document) -> None:
    task = _task(plan, "In, phát tờ gấp")
    text = answered(parts, chunk_at(parts, task.path), "đơn vị nào chủ trì").text
    assert "Đơn vị chủ trì: Trung tâm Phục vụ hành chính công [1]" in text
    assert "Đơn vị phối hợp: Tổ dân phố [1]" in text
    assert "Thời gian thực hiện: Trước ngày 31/3/2026 [1]" in text
    assert "Kết quả, sản phẩm: 3.000 tờ gấp, 25 bảng [1]" in text


def test_a_row_over_a_page_break_is_told_as_one(parts: Parts, plan: Document) -> None:
    task = _task(plan, "Mở chuyên mục hỏi đáp")
    text = answered(parts, chunk_at(parts, task.path), "bao giờ xong").text
    assert "Xong trước ngày 30/6/2026" in " ".join(text.split())


def test_who_signed_is_told_with_the_office(parts: Parts) -> None:
    answer = answered(parts, chunk_at(parts, "Chữ ký"), "ai ký kế hoạch")
    assert answer.text.splitlines()[0] == "Người ký: Nguyễn Văn Mẫu (TM. ỦY BAN NHÂN DÂN CHỦ TỊCH). [1]"


def test_every_part_of_plan_and_guides_is_told_with_its_place_its_mark_and_no_figure_of_its_own(parts: Parts) -> None:
    parts_of_plans = [c for c in parts.store.chunks(COMMUNE) if c.kind is not ChunkKind.PROCEDURE]
    assert len(parts_of_plans) > 60
    for chunk in parts_of_plans:
        for question in ("phải đạt bao nhiêu phần trăm", "nội dung gồm những gì"):
            answer = answered(parts, chunk, question)
            assert ungrounded(answer) == set(), chunk.path
            assert marks(answer) == {1}, chunk.path
            assert "Nguồn: " in answer.text
            assert len(answer.text) <= PHONE, chunk.path


def test_a_guide_says_of_which_day_it_is(parts: Parts) -> None:
    answer = answered(parts, chunk_at(parts, "Địa chỉ", "thong-tin"), "ủy ban ở đâu")
    assert answer.text.splitlines()[-1] == "Dữ liệu cập nhật ngày 01/07/2026."
    assert "số 1 đường Mẫu" in answer.text


def test_markup_of_the_source_is_not_shown(parts: Parts) -> None:
    answer = answered(parts, chunk_at(parts, "8. Gọi ai khi cần giúp", "nop-phi"), "gọi ai")
    assert "**" not in answer.text
    assert "18001096" in answer.text


def test_an_empty_cell_is_said_to_be_empty(parts: Parts, plan: Document) -> None:
    task = Task("Phụ lục, dòng 99", "Việc lạ", (), (), None, None, "99\tViệc lạ")
    chunk = Chunk("c", plan.id, ChunkKind.TASK, task.path, task.text, task.text, 0)
    document = type(plan)(plan.id, plan.kind, plan.title, plan.commune, tasks=(task,))
    text = part_answer(chunk, document, (), "ai chủ trì", frozenset({Cue.LEAD}), Notes("")).text
    assert text.count(replies.NOT_FOUND_IN_PLAN) == 4


@pytest.mark.parametrize("price", ["hai nghìn đồng", "2.000đ", "năm trăm ngàn", "15 triệu", "miễn phí"])
def test_a_sum_in_words_is_a_sum(parts: Parts, price: str) -> None:
    guide = chunk_at(parts, "8. Gọi ai khi cần giúp", "nop-phi")
    chunk = replace(guide, text=f"Gửi xe đạp ở chợ: {price}.", search_text="")
    answer = answered(parts, chunk, "gửi xe đạp bao nhiêu tiền")
    assert answer.status is AnswerStatus.ANSWERED
    assert price in answer.text


@pytest.mark.parametrize(
    ("path", "question", "told"),
    [
        ("Phần IV", "tổng kinh phí bao nhiêu triệu đồng", replies.NOT_TOLD["amount"]),
        ("Phần I, mục 1", "hài lòng bao nhiêu %", replies.NOT_TOLD["share"]),
        ("Phần V, mục 2", "đường dây nóng số nào", replies.NOT_TOLD["telephone"]),
        ("Phần I, mục 1", "tháng mấy phải xong", replies.NOT_TOLD["month"]),
    ],
)
def test_a_part_without_the_figure_that_was_asked_for_is_no_answer_and_says_so(
    parts: Parts, path: str, question: str, told: str
) -> None:
    answer = answered(parts, chunk_at(parts, path), question)
    assert answer.status is AnswerStatus.NO_ANSWER
    assert told in answer.text
    assert [cited.path for cited in answer.citations] == [path]


def test_a_part_that_has_the_figure_answers(parts: Parts) -> None:
    answer = answered(parts, chunk_at(parts, "Phần III, mục 2"), "hồ sơ nộp trực tuyến bao nhiêu phần trăm")
    assert answer.status is AnswerStatus.ANSWERED
    assert "85%" in answer.text


def test_who_asks_for_an_office_is_told_the_office_above_the_line_and_not_only_the_heading_next_to_it(
    parts: Parts,
) -> None:
    answer = answered(parts, chunk_at(parts, "Phần V, mục 4, gạch đầu dòng 1"), "ai khảo sát mức độ hài lòng")
    assert "4. Trung tâm Phục vụ hành chính công" in answer.text.splitlines()


def test_a_budget_that_a_merged_cell_hands_down_is_cited_from_the_row_that_has_it(plan: Document) -> None:
    first = Task("dòng 1", "Việc một", (), (), None, None, "1\tViệc một\tNgân sách phường", budget="Ngân sách phường")
    second = replace(first, path="dòng 2", task="Việc hai", text="2\tViệc hai")
    rows = [Chunk(t.path, plan.id, ChunkKind.TASK, t.path, t.text, t.text, n) for n, t in enumerate((first, second))]
    document = replace(plan, tasks=(first, second))
    answer = part_answer(rows[1], document, rows, "kinh phí ở đâu", frozenset({Cue.BUDGET}), Notes(""))
    assert "Kinh phí: Ngân sách phường. [2]" in answer.text
    assert [cited.path for cited in answer.citations] == ["dòng 2", "dòng 1"]


def _task(plan: Document, beginning: str) -> Task:
    return next(task for task in plan.tasks if task.task.startswith(beginning))
