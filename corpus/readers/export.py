"""The portal's own text export, or a saved page of it, as lines -> the portal's fields."""

import re
from collections.abc import Sequence

from corpus import portal
from corpus.vietnamese import fold

_NAMES = (
    portal.CODE,
    "Số quyết định",
    portal.NAME,
    "Cấp thực hiện",
    "Loại thủ tục",
    "Lĩnh vực",
    portal.STEPS,
    portal.CHANNELS,
    portal.DOSSIER,
    portal.APPLICANTS,
    portal.AGENCY,
    "Cơ quan có thẩm quyền",
    portal.PLACE,
    "Cơ quan được ủy quyền",
    "Cơ quan phối hợp",
    portal.RESULT,
    portal.LEGAL_BASES,
    portal.CONDITIONS,
    portal.RELATED,
    "Thủ tục hành chính liên quan",
    "Từ khóa",
    "Mô tả",
)
_FOLDED = {fold(name): name for name in _NAMES}
_FIELD = re.compile(rf"^({'|'.join(re.escape(name) for name in _NAMES)})\s*:[ \t]*(.*)$", re.IGNORECASE)
_TITLE = "chi tiet thu tuc hanh chinh"
_CHANNEL_HEADER = re.compile(r"^hinh thuc nop\t", re.IGNORECASE)
_LOOK_AT = 60


def is_export(lines: Sequence[str]) -> bool:
    """Whether the lines are the portal's account of one procedure: code and name stand near the top as fields."""
    opening = [line.strip() for line in lines if line.strip()][:_LOOK_AT]
    if opening and fold(opening[0]) == _TITLE:
        return True
    found = {_name(line) for line in opening}
    return portal.CODE in found and portal.NAME in found


def export_fields(lines: Sequence[str]) -> dict[str, str]:
    """The fields. A name counts at the start of a line, once only, with a colon or alone on its line."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    header: list[str] = []
    for line in lines:
        name, rest = _named(line)
        if name and name not in fields:
            current, header = fields.setdefault(name, []), []
            current.append(rest)
        elif _CHANNEL_HEADER.match(fold(line)):
            header = line.split("\t")
        elif header and "\t" in line:
            current += _channel(header, line.split("\t"))
        else:
            current.append(line.replace("\t", " "))
    return {name: "\n".join(found).strip() for name, found in fields.items()}


def _name(line: str) -> str | None:
    return _named(line)[0]


def _named(line: str) -> tuple[str | None, str]:
    match = _FIELD.match(line.strip() if "\t" in line else line)
    if match:
        return _canonical(match.group(1)), match.group(2)
    cells = line.split("\t")
    name = _FOLDED.get(fold(cells[0].strip().rstrip(": ")))
    if name and len(cells) <= 2 and not (name == "Mô tả" and len(cells) == 1):
        return _canonical(name), cells[1].strip() if len(cells) == 2 else ""
    return None, ""


def _canonical(name: str) -> str:
    found = _FOLDED[fold(name)]
    return portal.RELATED if found == "Thủ tục hành chính liên quan" else found


def _channel(header: list[str], cells: list[str]) -> list[str]:
    """A row of the page's table of channels in the layout of the export."""
    named = zip(header, cells, strict=False)
    return [
        f"* {name.strip()}: {cell}" if i == 0 else f"  {name.strip()}: {cell}" for i, (name, cell) in enumerate(named)
    ]
