"""Answers from a plan or guide: the office of a task, a deadline, a figure, a section."""

import re
from collections.abc import Sequence

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.compose import PHONE, Notes, as_of_line
from bot.plan_formal import formal_answer
from bot.plan_lines import LONGEST, clean, told_lines
from bot.sheet import shortened
from corpus.chunking import Chunk, ChunkKind
from corpus.document import Document, Task
from corpus.vietnamese import folded_syllables, one_line
from retrieval.cues import Cue
from retrieval.entries import is_office

_TASK = 300
_SPOKEN = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|chục|trăm"
# What was asked for in so many words, and what a part must hold to tell it.
_ASKED = {
    "share": (re.compile(r"(?:bao nhieu|may) phan tram"), re.compile(r"%|phần trăm")),
    "amount": (
        re.compile(
            r"bao nhieu (?:tien|kinh phi|trieu|ty|dong|ngan sach)|may (?:tram )?(?:trieu|ty)"
            r"|tong (?:so tien|kinh phi|du toan)"
        ),
        re.compile(rf"(?:\d|\b(?:{_SPOKEN}))\s*(?:đồng|đ\b|nghìn|ngàn|triệu|tỷ)|miễn (?:phí|tiền)", re.IGNORECASE),
    ),
    "telephone": (
        re.compile(r"\bso (?:dien thoai|dt|duong day nong)|\b(?:sdt|hotline)\b|(?:dien thoai|duong day nong) .*\bso\b"),
        re.compile(r"\d{3,}[ .]?\d{3,}|\b1\d\d\b"),
    ),
    "month": (
        re.compile(r"\b(?:thang|quy|ngay) (?:may|nao|bao nhieu)\b"),
        re.compile(r"tháng|quý|ngày|h[àằ]ng|định kỳ|thường xuyên|\d/\d", re.IGNORECASE),
    ),
}


def part_answer(
    chunk: Chunk, document: Document, chunks: Sequence[Chunk], question: str, cues: frozenset[Cue], notes: Notes
) -> Answer:
    """The best answer that one part of a plan or guide gives to a question. `chunks` are all of the document's."""
    as_of = document.as_of or document.issued_on
    mark = notes.mark(chunk, document, as_of)
    place = f", {chunk.path}" if chunk.path != document.title else ""
    tail = [f"Nguồn: {document.title}{place}."]
    if chunk.kind is ChunkKind.GUIDE and as_of:
        tail.append(as_of_line(as_of))
    formal = formal_answer(chunk, document, question, cues, mark, notes)
    missing = _not_told(chunk, question)
    task = next((task for task in document.tasks if task.path == chunk.path), None)
    if formal is not None:
        status, lines = formal.status, [formal.text]
    elif missing:
        status, lines = AnswerStatus.NO_ANSWER, [replies.NOT_TOLD[missing] + mark]
    elif chunk.kind is ChunkKind.TASK and task is not None:
        status, lines = AnswerStatus.ANSWERED, _task_lines(task, document, chunks, question, cues, mark, notes)
    else:
        heading = _headings(chunk, document, cues)
        room = min(LONGEST, PHONE - sum(len(line) + 1 for line in (*heading, *tail)) - 40)
        # The steps of a guide are of no use one by one.
        steps = chunk.kind is ChunkKind.GUIDE and Cue.FIGURE not in cues
        told = told_lines(chunk.text, "" if steps else question, cues, room)
        status, lines = AnswerStatus.ANSWERED, [*heading, told + mark]
    whole = one_line(chunk.text)
    more = whole if status is AnswerStatus.ANSWERED and len(whole) > PHONE else None
    return Answer(status, "\n".join([*lines, *tail]), notes.citations, more=more)


def _not_told(chunk: Chunk, question: str) -> str | None:
    """Which of replies.NOT_TOLD holds: what was asked for by name is not in the part."""
    folded = " ".join(folded_syllables(question.replace("%", " phần trăm ")))
    asked = {what: told for what, (asked, told) in _ASKED.items() if asked.search(folded)}
    if chunk.kind is ChunkKind.TASK:  # A row has a column for it.
        asked.pop("month", None)
    return next((what for what, told in asked.items() if not told.search(chunk.text)), None)


def _headings(chunk: Chunk, document: Document, cues: frozenset[Cue]) -> list[str]:
    """The heading that an item stands under, and the office it falls to where one is asked for."""
    section = next((section for section in document.sections if section.path == chunk.path), None)
    if chunk.kind is ChunkKind.GUIDE or section is None:
        return []
    headings = [clean(heading) for heading in section.headings]
    offices = [heading for heading in headings[:-1] if is_office(heading)]
    chosen = [*(offices[-1:] if Cue.LEAD in cues or Cue.DUTY in cues else []), *headings[-1:]]
    text = clean(chunk.text)
    return [shortened(heading, 160) for heading in chosen if heading and heading not in text]


def _task_lines(
    task: Task,
    document: Document,
    chunks: Sequence[Chunk],
    question: str,
    cues: frozenset[Cue],
    mark: str,
    notes: Notes,
) -> list[str]:
    """What was asked of a task first, then the rest of its row."""
    lead = "; ".join(unit.source for unit in task.lead_units) or replies.NOT_FOUND_IN_PLAN
    together = "; ".join(unit.source for unit in task.coordinating_units) or replies.NOT_FOUND_IN_PLAN
    lines = {
        Cue.LEAD: f"Đơn vị chủ trì: {lead}{mark}",
        Cue.COORDINATING: f"Đơn vị phối hợp: {together}{mark}",
        Cue.DEADLINE: f"Thời gian thực hiện: {task.deadline or replies.NOT_FOUND_IN_PLAN}{mark}",
        Cue.PRODUCT: f"Kết quả, sản phẩm: {task.product or replies.NOT_FOUND_IN_PLAN}{mark}",
    }
    asked = [cue for cue in lines if cue in cues]
    order = [*asked, *(cue for cue in lines if cue not in asked)]
    about = f"Nhiệm vụ: {told_lines(task.activity or task.task, question, cues, _TASK)}{mark}"
    budget = [_budget(task, document, chunks, mark, notes)] if Cue.BUDGET in cues and task.budget else []
    return [about, *budget, *(lines[cue] for cue in order)]


def _budget(task: Task, document: Document, chunks: Sequence[Chunk], mark: str, notes: Notes) -> str:
    """The budget with the row that says it: a merged cell stands in the first row of its group alone."""
    said = one_line(task.budget or "")
    if said not in one_line(task.text):
        rows = {row.path for row in document.tasks if row.headings == task.headings}
        holder = next((chunk for chunk in chunks if chunk.path in rows and said in one_line(chunk.text)), None)
        mark = notes.mark(holder, document, document.as_of or document.issued_on) if holder else mark
    return f"Kinh phí: {said}.{mark}"
