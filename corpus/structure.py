"""Lines of a plan -> a `Document` with header, numbered sections, tasks and signature.

How it reads: paragraphs are put together again (paragraphs.py), the formal parts are taken out (header.py), every
numbered paragraph becomes a `Section` with a path, and tab-separated tables become tasks (tables.py).
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from corpus import header
from corpus.document import Document, DocumentKind, LegalReference, Section, Task
from corpus.errors import UnreadableFile
from corpus.force import force_of
from corpus.paragraphs import Paragraph, is_upper, marker, paragraphs
from corpus.tables import is_row, read_table
from corpus.vietnamese import nfc, one_line, slug

_APPENDIX = re.compile(r"^(PHỤ LỤC|DANH MỤC|BIỂU)\b")
_ATTACHED = re.compile(r"^[*(\s]*\(?\s*(?:Kèm theo|Ban hành kèm theo)\b")
_CLOSING = re.compile(r"^Trên đây là\b")
_LEVEL_WORDS = {1: "Phần", 2: "mục", 3: "mục", 4: "mục", 5: "điểm"}
_HEADING_LIMIT = 160


@dataclass
class _Reading:
    """What has been read so far, while walking down the paragraphs."""

    number: str | None = None
    place: str | None = None
    issued_text: str | None = None
    issued_on: date | None = None
    word: str | None = None
    title: str | None = None
    issuer: str | None = None
    signatures: list[header.Signature] = field(default_factory=list)
    bases: list[LegalReference] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    part: str | None = None
    stack: list[tuple[int, str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_plan(text: str, name: str) -> Document:
    """A plan or decision from its plain text; `name` is for messages. Raises UnreadableFile when it holds none."""
    items = paragraphs(nfc(text).splitlines())
    if not items:
        raise UnreadableFile(f"{name}: no text in it; if it is a scan, ingest the PDF or image itself")
    reading = _Reading()
    index = _opening(items, reading)
    while index < len(items):
        index = _next(items, index, reading)
    return _document(reading, items, name)


def _opening(items: list[Paragraph], reading: _Reading) -> int:
    """Number, place, date, word, title and issuing person: everything before the first basis or section."""
    index = 0
    while index < len(items):
        text = items[index].text
        if header.is_basis(text) or is_row(text) or (marker(text) and reading.title):
            break
        if _ATTACHED.match(text):
            reading.head.append(text)
            index += 1
            continue
        placed = header.place_and_date(text)
        if header.is_number_line(text):
            reading.number = header.number_of(text)
        elif placed:
            reading.place, reading.issued_text, reading.issued_on = placed
        elif header.document_word(text) or _APPENDIX.match(text):
            reading.word = reading.word or header.document_word(text) or "PHỤ LỤC"
        elif reading.word and is_upper(text) and reading.title:
            reading.issuer = one_line(text)
        elif reading.word and not marker(text):
            reading.title = one_line(f"{reading.title} {text}" if reading.title else text)
        reading.head.append(text)
        index += 1
    return index


def _next(items: list[Paragraph], index: int, reading: _Reading) -> int:
    text = items[index].text
    if is_row(text):
        return _table(items, index, reading)
    if header.is_recipients(text):
        return _recipients(items, index + 1, reading)
    if header.is_signature(text) and reading.sections:
        signature, after = header.signature_at(items, index)
        reading.signatures.append(signature)
        reading.sections.append(_formal("Chữ ký", "\n".join(signature.lines)))
        return after
    if header.document_word(text):
        return _attached_part(items, index, reading)
    if _APPENDIX.match(text):
        return _appendix_title(items, index, reading)
    if header.is_basis(text) and not reading.stack:
        known = {(reference.kind, reference.number) for reference in reading.bases}
        reading.bases += [r for r in header.legal_references(text) if (r.kind, r.number) not in known]
        if reading.sections and reading.sections[-1].path.endswith("Căn cứ ban hành"):
            previous = reading.sections.pop()
            text = f"{previous.text}\n{text}"
        reading.sections.append(_formal(_join(reading.part, "Căn cứ ban hành"), text))
        return index + 1
    _section(text, reading)
    return index + 1


def _formal(path: str, text: str) -> Section:
    return Section(path=path, level=0, label="", text=text)


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _recipients(items: list[Paragraph], index: int, reading: _Reading) -> int:
    lines = []
    while index < len(items) and header.is_recipient(items[index].text):
        lines.append(items[index].text)
        index += 1
    reading.recipients += [re.sub(r"^[-–]\s*", "", line).rstrip(";.") for line in lines if not line.startswith("(")]
    if lines:
        reading.sections.append(_formal("Nơi nhận", "\n".join(lines)))
    return index


def _attached_part(items: list[Paragraph], index: int, reading: _Reading) -> int:
    """A second document word opens an attached plan; the word alone ("QUYẾT ĐỊNH:") opens the articles."""
    word = header.document_word(items[index].text) or ""
    if word == reading.word and reading.part is None and not reading.signatures:
        reading.part = word.capitalize()
        return index + 1
    reading.part, reading.stack = f"{word.capitalize()} kèm theo", []
    index += 1
    title = []
    while index < len(items) and not marker(items[index].text) and not header.is_basis(items[index].text):
        title.append(items[index].text)
        index += 1
    reading.sections.append(_formal(_join(reading.part, "tiêu đề"), "\n".join([word, *title])))
    return index


def _appendix_title(items: list[Paragraph], index: int, reading: _Reading) -> int:
    lines: list[str] = []
    while index < len(items) and not is_row(items[index].text) and len(lines) < 6:
        lines.append(items[index].text)
        index += 1
    reading.part, reading.stack = "Phụ lục", []
    reading.sections.append(_formal("Phụ lục, tiêu đề", "\n".join(lines)))
    return index


def _table(items: list[Paragraph], index: int, reading: _Reading) -> int:
    rows = []
    while index < len(items) and is_row(items[index].text, inside=True):
        rows.append(items[index].text)
        index += 1
    table = read_table(rows, reading.part or "Phụ lục")
    if not any(task.lead_units for task in table.tasks):  # A budget or a list of names, no tasks.
        _other_table(rows, reading)
        return max(index, 1)
    reading.tasks += table.tasks
    reading.sections += table.groups
    reading.warnings += table.warnings
    return max(index, 1)


def _other_table(rows: list[str], reading: _Reading) -> None:
    parents = [entry[1] for entry in reading.stack]
    text = "\n".join(" | ".join(cell.strip() for cell in row.split("\t")) for row in rows if row.strip())
    path = _join(reading.part, *parents, _counted("bảng", parents, reading, True))
    level = reading.stack[-1][0] + 1 if reading.stack else 1
    reading.sections.append(Section(path, level, "", text, tuple(entry[2] for entry in reading.stack)))


def _section(text: str, reading: _Reading) -> None:
    found = marker(text)
    if found is None:
        level, label = (reading.stack[-1][0] + 1 if reading.stack else 1), ""
        where = "Lời dẫn" if not reading.stack else "đoạn"
        if _CLOSING.match(text):
            reading.stack = []
            where = "Lời kết"
    else:
        level, label, _ = found
        reading.stack = [entry for entry in reading.stack if entry[0] < level]
        where = _where(level, label, text, reading)
    parents = _parents([entry[1] for entry in reading.stack], label)
    path = _join(reading.part, *parents, _counted(where, parents, reading, found is None or level >= 6))
    is_heading = found is not None and level <= 5 and _reads_as_heading(text)
    reading.sections.append(Section(path, level, label, text, tuple(entry[2] for entry in reading.stack), is_heading))
    if found is not None:
        reading.stack.append((level, where if level < 6 else path.rsplit(", ", 1)[-1], text if is_heading else ""))


def _parents(names: list[str], label: str) -> list[str]:
    """Names of the parts above; "mục 3" says nothing once "mục 3.1" follows."""
    numbers = [name.rsplit(" ", 1)[-1] for name in names] + [label]
    return [
        name
        for i, name in enumerate(names)
        if not any(later.startswith(numbers[i] + ".") for later in numbers[i + 1 :])
    ]


def _where(level: int, label: str, text: str, reading: _Reading) -> str:
    if text.startswith(("Điều", "ĐIỀU")):
        return f"Điều {label}"
    if level == 6:
        return "gạch đầu dòng"
    if level == 7:
        return "dấu cộng"
    return f"{_LEVEL_WORDS[level]} {label}"


def _counted(where: str, parents: list[str], reading: _Reading, numbered: bool) -> str:
    """ "gạch đầu dòng" -> "gạch đầu dòng 3": unnumbered parts are counted under their parent."""
    if not numbered or where == "Lời kết":
        return where
    key = _join(reading.part, *parents, where)
    reading.counts[key] = reading.counts.get(key, 0) + 1
    return f"{where} {reading.counts[key]}"


def _reads_as_heading(text: str) -> bool:
    return len(text) <= _HEADING_LIMIT and not re.search(r"[.;]\s*$", text)


def _document(reading: _Reading, items: list[Paragraph], name: str) -> Document:
    title = reading.title or next((item.text for item in items if is_upper(item.text)), items[0].text)
    title = one_line(re.sub(r"[*_]", "", title))[:300] or "Văn bản không tên"
    named = (
        f"{reading.word.capitalize()} {title[0].lower()}{title[1:]}"
        if reading.word and reading.word != "PHỤ LỤC"
        else title
    )
    if not reading.sections and not reading.tasks:
        raise UnreadableFile(f"{name}: no section and no task table found; is it really a plan or decision?")
    opening = "\n".join(reading.head)
    sections = [_formal("Phần mở đầu", opening)] if reading.head else []
    signature = reading.signatures[0] if reading.signatures else None
    full = "\n".join(item.text for item in items)
    force = force_of((section.text for section in reading.sections), reading.issued_on)
    return Document(
        id=f"{slug(named, 48)}-{hashlib.sha256(title.lower().encode()).hexdigest()[:6]}",
        kind=DocumentKind.PLAN,
        title=named,
        commune=None,
        number=reading.number,
        issued_on=reading.issued_on,
        issued_text=reading.issued_text,
        place=reading.place,
        issuer=reading.issuer,
        province=header.province_named(full),
        signer=signature.name if signature else None,
        signer_role=" ".join(signature.lines[:-1]) if signature and signature.name else None,
        in_force_from=force.begins,
        in_force_to=force.ends,
        replaces=force.replaces,
        legal_bases=tuple(reading.bases),
        recipients=tuple(reading.recipients),
        sections=tuple([*sections, *reading.sections]),
        tasks=tuple(reading.tasks),
        warnings=tuple(reading.warnings),
    )
