"""Document -> chunks: one per section, task or procedure field, each small enough to be cited.

A chunk's id is a digest of document, place and text: the same text in the same place keeps its id through every
version, and a citation made last year still opens what it quoted.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus import portal
from corpus.document import Document, DocumentKind, Section, Task
from corpus.lexicon import repaired
from corpus.vietnamese import nfc, one_line


class ChunkKind(StrEnum):
    """What a chunk is, as the `search` result names it."""

    SECTION = "section"
    TASK = "task"
    PROCEDURE = "procedure"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The smallest thing that can be cited.

    `text` is the source's own letters, `search_text` the same with its headings and with certain OCR slips repaired.
    `field` names the procedure field or the role of a formal part ("Chữ ký"); `phrasings` are ways people ask for it.
    """

    id: str
    document_id: str
    kind: ChunkKind
    path: str
    text: str
    search_text: str
    ordinal: int
    procedure_code: str | None = None
    field: str | None = None
    phrasings: tuple[str, ...] = ()


FIELDS = (
    portal.NAME,
    portal.STEPS,
    portal.CHANNELS,
    portal.LIMIT,
    portal.FEE,
    portal.DOSSIER,
    portal.APPLICANTS,
    portal.AGENCY,
    portal.AUTHORITY,
    portal.LEVEL,
    portal.PLACE,
    portal.RESULT,
    portal.LEGAL_BASES,
    portal.CONDITIONS,
)
# Raised whenever the same document gives other chunks: what is stored is then chunked again when it is ingested.
VERSION = 4
_PARENT_LIMIT = 3000
_STEP = re.compile(r"^\s*(?:1[.)]|Bước 1)\s", re.MULTILINE)


def chunk_id(document_id: str, path: str, text: str) -> str:
    """Sixteen hexadecimal digits that stand for this text in this place of this document."""
    return hashlib.blake2b("\x1f".join((document_id, path, text)).encode(), digest_size=8).hexdigest()


def chunks(document: Document) -> list[Chunk]:
    """All chunks of a document in reading order."""
    parts = {
        DocumentKind.PLAN: _plan,
        DocumentKind.GUIDE: _guide,
        DocumentKind.PROCEDURE: _procedure,
    }[document.kind](document)
    unique: dict[str, Chunk] = {}
    for ordinal, (kind, path, text, search_text, extra) in enumerate(parts):
        identity = chunk_id(document.id, path, text)
        code = document.procedure.code if document.procedure else None
        field, phrasings = extra
        unique.setdefault(
            identity,
            Chunk(
                identity,
                document.id,
                kind,
                path,
                text,
                repaired(search_text),
                ordinal,
                code,
                field,
                phrasings,
            ),
        )
    return list(unique.values())


_Part = tuple[ChunkKind, str, str, str, tuple[str | None, tuple[str, ...]]]


def _plan(document: Document) -> Iterator[_Part]:
    sections = document.sections
    for index, section in enumerate(sections):
        if section.in_table:  # Its rows carry the heading in their own search text.
            continue
        text = section.text
        if section.is_heading:
            text = _with_children(sections, index)
        role = section.path.rsplit(", ", 1)[-1] if section.level == 0 else None
        yield ChunkKind.SECTION, section.path, text, _under_headings(section, text), (role, section.phrasings)
    yield from _goals(document)
    for task in document.tasks:
        yield ChunkKind.TASK, task.path, task.text, _task_words(task), (None, ())


def _goals(document: Document) -> Iterator[_Part]:
    """A goal over several rows is a part of its own: its figure belongs to no single row."""
    seen = set[str]()
    for task in document.tasks:
        if task.goal and task.goal not in seen and task.activity is not None:
            seen.add(task.goal)
            path = f"{task.path.rsplit(', hoạt động', 1)[0]}, mục tiêu"
            words = "\n".join([*task.headings, task.goal])
            yield ChunkKind.SECTION, path, task.goal, words, (None, ())


def _with_children(sections: tuple[Section, ...], index: int) -> str:
    """A heading with what stands under it, so that "mục đích của kế hoạch" finds the whole part."""
    heading = sections[index]
    lines = [heading.text]
    for child in sections[index + 1 :]:
        if child.level <= heading.level or child.level == 0:
            break
        lines.append(child.text)
    text = "\n".join(lines)
    return text if len(text) <= _PARENT_LIMIT else heading.text


def _under_headings(section: Section, text: str) -> str:
    return "\n".join([*(heading for heading in section.headings if heading), text])


def _task_words(task: Task) -> str:
    units = [unit.name for unit in (*task.lead_units, *task.coordinating_units)]
    parts = [*task.headings, task.task, task.activity, *units, task.product, task.deadline]
    return "\n".join(dict.fromkeys(one_line(part) for part in parts if part))


def _guide(document: Document) -> Iterator[_Part]:
    """A guide's parts. Who asks for the whole, in words of its `Cách hỏi`, is shown the first part with steps."""
    with_steps = [number for number, section in enumerate(document.sections) if _STEP.search(section.text)]
    main = with_steps[0] if with_steps and document.phrasings else 0
    for number, section in enumerate(document.sections):
        words = "\n".join([document.title, *section.headings, section.text])
        phrasings = (*section.phrasings, *((document.title, *document.phrasings) if number == main else ()))
        opening = number == 0 and main > 0 and section.path == document.title
        role = "Mở đầu" if opening else None
        yield ChunkKind.GUIDE, section.path, section.text, words, (role, phrasings)


def _procedure(document: Document) -> Iterator[_Part]:
    procedure = document.procedure
    if procedure is None:
        return
    fields = dict(procedure.fields)
    for name in FIELDS:
        text = nfc(fields.get(name, "")).strip()
        if text:
            yield ChunkKind.PROCEDURE, f"Thủ tục {procedure.code}, {name}", text, one_line(text), (name, ())
