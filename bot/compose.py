"""Statements and their sources -> the text of an answer with numbered citations, short enough for a phone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import replies
from bot.answer import Answer, AnswerStatus, Citation, Option, ProcedureRef
from bot.aspects import Aspect
from bot.detail import Detail, durations
from bot.sheet import Statement, shortened, statements
from corpus.chunking import Chunk
from corpus.document import Document
from corpus.portal import NAME
from corpus.procedure import Procedure

PHONE = 900
_MORE = f"… {replies.MORE}"
_MARK = re.compile(r" \[\d+\]$")


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
    asked = statements(procedure, aspects)
    if Aspect.TIME in aspects and not any(channel.time_limit.text for channel in procedure.channels):
        asked += [_told(detail) for detail in durations(procedure)]
    told = [_told(detail) for detail in details]
    # What was asked for by name comes first; who named nothing asked for the sentence, if there is one.
    ordered = [*asked, *told] if aspects else [*told, *asked]
    blocks = [_block(statement, source, notes) for statement in dict.fromkeys(ordered)]
    if ward:
        blocks.append(list(ward))
    tail = [as_of_line(source.as_of)] if source.as_of else []
    if options:
        tail.append(replies.OTHER_FORMS)
    head = f"{_title(procedure)} (mã {procedure.code})" + _name_mark(source, notes)
    text, more = _fitted(head, blocks, tail)
    return Answer(
        AnswerStatus.ANSWERED,
        text,
        notes.citations,
        ProcedureRef(procedure.code, procedure.name),
        options,
        more,
    )


def _told(detail: Detail) -> Statement:
    return Statement(replies.RECORD_SAYS, detail.text, detail.field)


def _title(procedure: Procedure) -> str:
    name = shortened(procedure.name, 140)
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


def _fitted(head: str, blocks: list[list[str]], tail: list[str]) -> tuple[str, str | None]:
    """The text within the length of a phone screen, and the whole of it when something had to be left out."""
    whole = "\n".join([head, *(line for block in blocks for line in block), *tail])
    if len(whole) <= PHONE:
        return whole, None
    room = PHONE - len(head) - sum(len(line) + 1 for line in tail) - len(_MORE) - 2
    share = room // max(len(blocks), 1)
    kept: list[str] = []
    spare = 0
    for number, block in enumerate(blocks):
        allowed = share + spare if number < len(blocks) - 1 else room - sum(len(line) + 1 for line in kept)
        lines = _within(block, allowed)
        spare = allowed - sum(len(line) + 1 for line in lines)
        kept += lines
    return "\n".join([head, *kept, _MORE, *tail]), whole


def _within(lines: list[str], room: int) -> list[str]:
    """As many whole lines as fit; the first one always, and one more shortened where it must be."""
    kept = [_marked_short(lines[0], max(room, 80))]
    used = len(kept[0]) + 1
    for line in lines[1:]:
        if used + len(line) + 1 > room:
            left = room - used - 1
            if left >= 60:
                kept.append(_marked_short(line, left))
            break
        kept.append(line)
        used += len(line) + 1
    return kept


def _marked_short(line: str, room: int) -> str:
    """A statement shortened with its citation mark kept."""
    if len(line) <= room:
        return line
    found = _MARK.search(line)
    mark = found.group() if found else ""
    return shortened(line.removesuffix(mark), room - len(mark)) + mark
