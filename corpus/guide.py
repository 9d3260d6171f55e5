"""A ward's own guide in plain Markdown -> `Document`.

Front matter between two lines of "---" gives Tiêu đề, Loại, Cơ quan, Ngày, Số, Địa chỉ gốc and "Cách hỏi" (ways people
ask for it, one "- " line each). Below a heading, `<!-- Cách hỏi: …; … -->` gives the ways to ask for that part.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from corpus.document import Document, DocumentKind, Section
from corpus.errors import UnreadableFile
from corpus.header import date_in
from corpus.vietnamese import fold, nfc, one_line, slug

_KEY = re.compile(r"^([^:\-]{2,30})\s*:\s*(.*)$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_ASKED = re.compile(r"<!--\s*Cách hỏi\s*:\s*(.*?)\s*-->", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass
class _Part:
    level: int
    heading: str
    lines: list[str] = field(default_factory=list)


def read_guide(text: str, name: str) -> Document:
    """A guide from Markdown. Raises UnreadableFile when it has no text."""
    front, body = _front_matter(nfc(text))
    parts = _parts(body)
    title = one_line(front.get("tieu de") or next((part.heading for part in parts if part.heading), ""))
    if not title or not any(line.strip() for part in parts for line in part.lines):
        raise UnreadableFile(
            f"{name}: no title or no text; a guide needs “Tiêu đề:” or a “# heading”, and text below it"
        )
    phrasings = tuple(line.lstrip("-• ").strip() for line in front.get("cach hoi", "").splitlines() if line.strip())
    issued_on = _date(front.get("ngay"), name)
    return Document(
        id=f"huong-dan-{slug(title)}",
        kind=DocumentKind.GUIDE,
        title=title,
        commune=None,
        number=front.get("so"),
        issued_on=issued_on,
        issued_text=front.get("ngay"),
        issuer=front.get("co quan"),
        as_of=issued_on,
        sections=tuple(_sections(parts, title)),
        phrasings=phrasings,
        source_url=front.get("dia chi goc"),
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        return {}, text
    end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "---")
    front: dict[str, str] = {}
    key = ""
    for line in lines[1:end]:
        match = _KEY.match(line) if not line.startswith((" ", "\t", "-")) else None
        if match:
            key = fold(match.group(1)).strip()
            front[key] = match.group(2).strip()
        elif key and line.strip():
            front[key] = f"{front[key]}\n{line.strip()}".strip()
    return {key: value for key, value in front.items() if value}, "\n".join(lines[end + 1 :])


def _date(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        found = date_in(f"ngày {text.strip()}")
    if found is None:
        raise UnreadableFile(f"{name}: “Ngày: {text}” is no date; write it as 2026-07-01 or 01/07/2026")
    return found


def _parts(body: str) -> list[_Part]:
    parts = [_Part(0, "")]
    for line in body.splitlines():
        match = _HEADING.match(line)
        if match:
            parts.append(_Part(len(match.group(1)), match.group(2)))
        else:
            parts[-1].lines.append(line.rstrip())
    return parts


def _sections(parts: list[_Part], title: str) -> list[Section]:
    sections, stack = [], list[tuple[int, str]]()
    for part in parts:
        stack = [entry for entry in stack if entry[0] < part.level]
        raw = "\n".join(part.lines)
        asked = [phrase.strip() for block in _ASKED.findall(raw) for phrase in block.split(";") if phrase.strip()]
        text = _COMMENT.sub("", raw).strip()
        headings = tuple(heading for _, heading in stack if fold(heading) != fold(title))
        path = (
            ", ".join([*headings, part.heading])
            if part.heading and part.heading != title
            else (part.heading or "Mở đầu")
        )
        if text:
            quote = f"{part.heading}\n{text}" if part.heading else text
            sections.append(Section(path, part.level, "", quote, headings, phrasings=tuple(asked)))
        if part.heading:
            stack.append((part.level, part.heading))
    return sections
