"""Answers from a plan or guide: the office of a task, a deadline, a figure, a section."""

import re
from collections.abc import Sequence

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.compose import PHONE, Notes, as_of_line
from bot.sheet import shortened
from bot.stopwords import STOPWORDS
from corpus.chunking import Chunk, ChunkKind
from corpus.document import Document, Task
from corpus.vietnamese import folded_syllables, one_line
from retrieval.cues import Cue
from retrieval.words import lexical_words

_SIGNATURE, _OPENING, _BASES = "Chữ ký", "Phần mở đầu", "Căn cứ ban hành"
_FORMAL = {
    Cue.SIGNER: _SIGNATURE,
    Cue.RECIPIENTS: "Nơi nhận",
    Cue.BASIS: _BASES,
    Cue.HEADER: _OPENING,
}
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=\S)")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|[*_]{1,2}")


def formal_part(
    found: Chunk, document: Document, chunks: Sequence[Chunk], question: str, cues: frozenset[Cue]
) -> Chunk:
    """Of the plan's formal parts (opening, bases, signature, recipients), the one whose content was asked for.

    Their words are much the same in every plan, so the search may take one for another. The bases are only left for
    a question on the plan itself: who signed a directive that it rests on, and when, is said among them. What is
    found elsewhere in the plan stays as it is.
    """
    wanted = next((role for cue, role in _FORMAL.items() if cue in cues), found.field)
    if found.field is None or (found.field == _BASES and not _about_itself(document, question)):
        return found
    return next((chunk for chunk in chunks if chunk.field == wanted), found)


def _about_itself(document: Document, question: str) -> bool:
    """Whether a question names the plan's own subject: the two words that follow "Kế hoạch" in its title."""
    title = folded_syllables(document.title)
    start = title.index("hoach") + 1 if "hoach" in title else 0
    asked = set(folded_syllables(question))
    return set(title[start : start + 2]) <= asked and not re.search(r"\d+(?!\d)(?<!20\d\d)", question)


def part_answer(chunk: Chunk, document: Document, question: str, cues: frozenset[Cue], notes: Notes) -> Answer:
    """The best answer that one part of a plan or guide gives to a question."""
    as_of = document.as_of or document.issued_on
    mark = notes.mark(chunk, document, as_of)
    task = next((task for task in document.tasks if task.path == chunk.path), None)
    if chunk.kind is ChunkKind.TASK and task is not None:
        lines = _task_lines(task, cues, mark)
    elif chunk.field == _SIGNATURE and document.signer:
        lines = [f"Người ký: {document.signer}{_role(document)}.{mark}"]
    elif chunk.field == _OPENING and Cue.HEADER in cues:
        if not document.number and not document.issued_on:
            return Answer(AnswerStatus.NO_ANSWER, f"{replies.BLANK_HEADER}{mark}", notes.citations)
        lines = [f"{document.title}: {_number_and_date(document)}.{mark}"]
    else:
        lines = [*_heading(chunk, document), *_section_lines(chunk, question, cues, mark)]
    place = f", {chunk.path}" if chunk.path != document.title else ""
    lines.append(f"Nguồn: {document.title}{place}.")
    if chunk.kind is ChunkKind.GUIDE and as_of:
        lines.append(as_of_line(as_of))
    text = "\n".join(lines)
    whole = one_line(chunk.text)
    return Answer(AnswerStatus.ANSWERED, text, notes.citations, more=whole if len(whole) > PHONE else None)


def _number_and_date(document: Document) -> str:
    number = f"số {document.number}" if document.number else "số để trống"
    return (
        f"{number}, ban hành {document.issued_on:ngày %d/%m/%Y}" if document.issued_on else f"{number}, ngày để trống"
    )


def _heading(chunk: Chunk, document: Document) -> list[str]:
    """The heading that an item stands under: a duty means nothing without the office that has it."""
    if chunk.kind is ChunkKind.GUIDE:
        return []
    section = next((section for section in document.sections if section.path == chunk.path), None)
    heading = _clean(section.headings[-1]) if section and section.headings else ""
    return [shortened(heading, 160)] if heading and heading not in _clean(chunk.text) else []


def _role(document: Document) -> str:
    return f" ({document.signer_role})" if document.signer_role else ""


def _task_lines(task: Task, cues: frozenset[Cue], mark: str) -> list[str]:
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
    if Cue.BUDGET in cues and task.budget:
        order_lines = [f"Kinh phí: {task.budget}.{mark}", *(lines[cue] for cue in order)]
    else:
        order_lines = [lines[cue] for cue in order]
    about = task.activity or task.task
    return [f"Nhiệm vụ: {shortened(_clean(about), 260)}{mark}", *order_lines]


def _section_lines(chunk: Chunk, question: str, cues: frozenset[Cue], mark: str) -> list[str]:
    text = "\n".join(line for line in (_clean(line) for line in chunk.text.splitlines()) if line)
    if len(text) <= 620:
        return [text + mark]
    if Cue.FIGURE in cues or chunk.kind is not ChunkKind.GUIDE:
        chosen = _telling(text, question, cues)
        if chosen:
            return [chosen + mark]
    return [_cut_lines(text, 620) + mark]


def _telling(text: str, question: str, cues: frozenset[Cue]) -> str | None:
    """The heading and the sentences that share most words with the question, in their own order."""
    asked = {word for word in lexical_words(question) if word not in STOPWORDS}
    pieces = [piece for line in text.splitlines() for piece in _SENTENCE.split(line)]
    weighed = []
    for position, piece in enumerate(pieces):
        words = set(lexical_words(piece))
        weight = len(asked & words) + (1.5 if Cue.FIGURE in cues and re.search(r"\d", piece) else 0)
        weighed.append((weight, -position, piece))
    best = max(weighed)
    if best[0] <= 1:
        return None
    kept: set[int] = set()
    used = 0
    for _weight, position, piece in sorted(weighed, reverse=True):
        if used + len(piece) > 520 and kept:
            break
        kept.add(-position)
        used += len(piece) + 1
        if _weight < best[0] * 0.6:
            break
    return (
        shortened(" … ".join(pieces[i] for i in sorted(kept)), 640)
        if len(kept) == 1
        else "\n".join(pieces[i] for i in sorted(kept))
    )


def _cut_lines(text: str, limit: int) -> str:
    kept: list[str] = []
    used = 0
    for line in text.splitlines():
        if used + len(line) > limit and kept:
            kept.append(f"… {replies.MORE}")
            break
        kept.append(shortened(line, limit))
        used += len(line) + 1
    return "\n".join(kept)


def _clean(text: str) -> str:
    return one_line(_MARKUP.sub("", text))
