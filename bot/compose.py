"""Statements and their sources -> the text of an answer with numbered citations, short enough for a phone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import replies
from bot.answer import Answer, AnswerStatus, Citation, Option, ProcedureRef
from bot.aspects import Aspect
from bot.detail import Detail
from bot.said import said_on, told_by
from bot.sheet import Statement, is_aside, shares, shortened, statements
from corpus.chunking import Chunk
from corpus.document import Document
from corpus.portal import NAME
from corpus.procedure import Procedure

PHONE = 900
_BESIDE = 200
_LEAST = 60
_READABLE = 100  # Letters of a line by which its paper is known.
_SAME = 80  # Sentences that open alike are one sentence, cut at different places.
_MORE = f"… {replies.MORE}"
_MARK = re.compile(r" \[\d+\]$")
_MARKS = re.compile(r"(?<= \[)\d+(?=\])")


@dataclass(frozen=True, slots=True)
class Source:
    """A document an answer rests on: its chunks by field and the day its data was taken."""

    document: Document
    chunks: dict[str, Chunk]
    as_of: date | None


class Notes:
    """Numbers sources in the order in which they are first used."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._used: dict[str, Citation] = {}

    def mark(self, chunk: Chunk, document: Document, as_of: date | None) -> str:
        """The mark " [n]" for a statement that rests on a chunk."""
        if chunk.id not in self._used:
            self._used[chunk.id] = Citation(
                n=len(self._used) + 1,
                chunk_id=chunk.id,
                document_id=document.id,
                title=document.title,
                number=document.number,
                issued_on=document.issued_on,
                as_of=as_of,
                path=chunk.path,
                quote=chunk.text,
                url=f"{self._base_url}/c/{chunk.id}",
            )
        return f" [{self._used[chunk.id].n}]"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All sources used, by number."""
        return tuple(self._used.values())


def procedure_answer(
    source: Source,
    aspects: tuple[Aspect, ...],
    notes: Notes,
    details: Sequence[Detail] = (),
    ward: Sequence[str] = (),
    options: tuple[Option, ...] = (),
) -> Answer:
    """What was asked of a procedure.

    `details` are sentences of the record that the question is about, `ward` lines of the ward's own sheet, marked.
    """
    procedure = source.document.procedure
    if procedure is None:
        raise ValueError(f"{source.document.id} is no procedure")
    asked = said_on(procedure, aspects)
    known = {statement.text[:_SAME] for statement in asked}
    told = [told_by(detail) for detail in details if detail.text[:_SAME] not in known]
    # What was asked for by name comes first; who named nothing asked for the sentence, if there is one.
    ordered = [*asked, *told] if aspects else [*told, *asked]
    if [statement.text for statement in asked] == [replies.BENEFIT_NOT_STATED]:  # At least how to ask for it.
        ordered += statements(procedure, ())
    by_statement = {statement: _block(statement, source, notes) for statement in ordered}
    blocks = list(by_statement.values())
    beside = [by_statement[statement] for statement in told] if aspects else []
    if ward:
        blocks.append(list(ward))
    tail = [as_of_line(source.as_of)] if source.as_of else []
    if options:
        tail.append(replies.OTHER_FORMS)
    head = f"{_title(procedure)} (mã {procedure.code})" + _name_mark(source, notes)
    text, more = _fitted(head, blocks, tail, beside)
    return in_order(
        Answer(
            AnswerStatus.ANSWERED,
            text,
            notes.citations,
            ProcedureRef(procedure.code, procedure.name),
            options,
            more,
        )
    )


def in_order(answer: Answer) -> Answer:
    """The answer with its sources numbered in the order in which they are read; sources that no line cites are left
    out."""
    read = dict.fromkeys(_MARKS.findall(f"{answer.text}\n{answer.more or ''}"))
    by_number = {str(cited.n): cited for cited in answer.citations}
    numbers = {old: new for new, old in enumerate((old for old in read if old in by_number), 1)}

    def renumbered(text: str) -> str:
        return _MARKS.sub(lambda mark: str(numbers.get(mark.group(), mark.group())), text)

    return replace(
        answer,
        text=renumbered(answer.text),
        more=renumbered(answer.more) if answer.more else answer.more,
        citations=tuple(replace(by_number[old], n=new) for old, new in numbers.items()),
    )


def _title(procedure: Procedure) -> str:
    name = shortened(procedure.name, 140).rstrip(".,; ")
    return name if name.lower().startswith("thủ tục") else f"Thủ tục: {name}"


def _name_mark(source: Source, notes: Notes) -> str:
    chunk = source.chunks.get(NAME)
    return notes.mark(chunk, source.document, source.as_of) if chunk else ""


def _block(statement: Statement, source: Source, notes: Notes) -> list[str]:
    chunk = source.chunks.get(statement.field) or source.chunks.get(NAME)
    mark = notes.mark(chunk, source.document, source.as_of) if chunk else ""
    first = f"{statement.label}: {statement.text}".rstrip() + mark
    also = _block(statement.also, source, notes) if statement.also else []
    return [first, *statement.lines, *also]


def as_of_line(day: date) -> str:
    """ "Dữ liệu cập nhật ngày 31/07/2026."."""
    return replies.AS_OF.format(date=day.strftime("%d/%m/%Y"))


def _fitted(head: str, blocks: list[list[str]], tail: list[str], beside: list[list[str]]) -> tuple[str, str | None]:
    """The text within the length of a phone screen, and the whole of it when something had to be left out.

    The blocks of `beside` were not asked for by name: where room is short they get a part of it.
    """
    whole = "\n".join([head, *(line for block in blocks for line in block), *tail])
    if len(whole) <= PHONE:
        return whole, None
    room = PHONE - len(head) - sum(len(line) + 1 for line in tail) - len(_MORE) - 2
    wanted = [sum(len(line) + 1 for line in block) for block in blocks]
    wanted = [min(size, _BESIDE) if block in beside else size for size, block in zip(wanted, blocks, strict=True)]
    given = shares(wanted, room)
    kept = [line for block, share in zip(blocks, given, strict=True) for line in _within(block, share)]
    return "\n".join([head, *kept, _MORE, *tail]), whole


def _within(lines: list[str], room: int) -> list[str]:
    """The first line, and as many of the others as can be read; where none can, the opening of one."""
    first = _marked_short(lines[0], max(room, 80))
    room -= len(first) + 1
    kept = _readable(lines[1:], room)
    if not kept and room > _LEAST:
        kept = [_marked_short(line, room - 1) for line in lines[1:] if not line.endswith(":")][:1]
    return [first, *kept]


def _readable(lines: list[str], room: int) -> list[str]:
    """Lines in their order, none so long that a paper after it is not named; remarks and cases take what is left."""
    kept: list[str] = []
    least = [min(len(line) + 1, _READABLE) for line in lines]
    claims = [0 if late else size for size, late in zip(least, _are_asides(lines), strict=True)]
    for number, (line, size) in enumerate(zip(lines, least, strict=True), 1):
        if size > room:
            break
        kept.append(_marked_short(line, min(max(room - sum(claims[number:]), size), room) - 1))
        room -= len(kept[-1]) + 1
    while kept and kept[-1].endswith(":"):  # The name of a case with none of its papers.
        kept.pop()
    return kept


def _are_asides(lines: list[str]) -> Iterator[bool]:
    """For each line whether it is a remark or of a particular case, or stands under the name of one."""
    is_under = False
    for line in lines:
        is_under = is_under if line.startswith("•") else is_aside(line)
        yield is_under or is_aside(line)


def _marked_short(line: str, room: int) -> str:
    """A statement shortened with its citation mark kept."""
    if len(line) <= room:
        return line
    found = _MARK.search(line)
    mark = found.group() if found else ""
    return shortened(line.removesuffix(mark), room - len(mark)) + mark
