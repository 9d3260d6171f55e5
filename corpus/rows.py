"""Tab-separated lines of a task table -> whole rows.

Tables come flattened out of OCR or a PDF: header rows repeat after every page break, a row goes on behind one, and
cells hold HTML. Here every row is completed; what the cells mean is read in tables.py. Two values that stand under
each other in one cell (two activities drawn without a line between them) are parted by a gap of two blanks, and so
are the values that a row holds on both sides of a page break.
"""

import re
from dataclasses import dataclass, replace

from corpus.paragraphs import rejoined
from corpus.units import is_units
from corpus.vietnamese import fold, one_line

GAP = "  "
SLID = "phần nối sang trang đứng lệch cột trong nguồn"

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_RULE = re.compile(r"^[-\s|]+$")
_COLUMNS = (
    ("goal", "muc tieu"),
    ("activity", "hoat dong"),
    ("lead", "chu tri"),
    ("coordinating", "phoi hop"),
    ("product", "san pham"),
    ("product", "ket qua"),
    ("deadline", "thoi gian"),
    ("deadline", "thoi han"),
    ("deadline", "tien do"),
    ("budget", "kinh phi"),
    ("task", "nhiem vu"),
    ("task", "noi dung"),
    ("lead", "thuc hien"),
)
_HEADER_LABELS = ("stt", "tt", "so tt", "so thu tu")
_DEADLINE = re.compile(
    r"^(?:Thường xuyên|Quý|Tháng|Năm \d|Hàng |Hằng |Theo |Khi có|Thực hiện khi|Định kỳ|Trong |Trước |Từ |Cả năm|"
    r"Ngày |\d{1,2}/)",
)
_LABEL_LETTERS = 6
_NAME_LETTERS = 32
# No Vietnamese phrase ends on one of these words.
_DANGLING = re.compile(r"\b(?:khó|và|của|các|những|với|để|trong|cho|từ|bởi|như|hoặc|việc|tại)$")
GROUP = re.compile(r"^(?:[A-Z]|[IVX]+)$")
NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})?\.?$")
_SPLIT = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the label of its first column, cells by column name, all cells as they stand, and doubts."""

    label: str
    cells: dict[str, str]
    source: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def is_row(text: str, *, inside: bool = False) -> bool:
    """Whether a paragraph is a table row; `inside` a table a ruler line counts as well."""
    return "\t" in text or (inside and bool(_RULE.match(text)))


def is_header(cells: list[str]) -> bool:
    """Whether these cells are a table's header: "STT" first, or else three short names of columns."""
    if not cells:
        return False
    if fold(clean(cells[0])).strip(" .") in _HEADER_LABELS:
        return True
    names = {_column(cell) for cell in cells[1:] if len(cell) <= _NAME_LETTERS}
    return "lead" in names and len(names - {None}) >= 3


def is_deadline(cell: str) -> bool:
    """Whether a cell says when ("Thường xuyên", "Quý I/2026")."""
    return bool(_DEADLINE.match(cell))


def clean(cell: str) -> str:
    """A cell without HTML and Markdown; blanks at its front stay, for they stand for an empty first value."""
    cell = _TAG.sub(" ", cell).strip() if "<" in cell else cell
    return re.sub(r"[*_]{1,2}", "", cell).rstrip()


def values(cell: str) -> list[str]:
    """The values that a gap parts in a cell; a gap at the front means that the first one is empty."""
    return _SPLIT.split(cell) if cell.strip() else [""]


def whole_rows(lines: list[str]) -> tuple[list[str], list[Row]]:
    """The names of the columns and the rows of one table, every row put together across page breaks."""
    columns: list[str] = []
    rows: list[Row] = []
    after_break = False
    for line in lines:
        if "-" in line and _RULE.match(line):
            continue
        cells = line.split("\t")
        if is_header(cells):
            columns, after_break = _same_columns(columns, _columns(cells)), True
            continue
        if not any(cell.strip() for cell in cells):  # An empty row is how readers mark a page break.
            after_break = True
            continue
        row = _row(cells, columns)
        if after_break and rows and _goes_on(row, columns):
            rows = _joined(rows, row, cells, columns)
        else:
            rows.append(row)
        after_break = False
    return columns, rows


def _columns(cells: list[str]) -> list[str]:
    names = ["label"]
    for cell in cells[1:]:
        name = _column(cell, names)
        names.append(name or f"other{len(names)}")
    return names


def _same_columns(before: list[str], again: list[str]) -> list[str]:
    """A repeated header names no fewer columns than it did the first time, however it was recognised."""
    if len(before) != len(again):
        return again
    return [old if new.startswith("other") else new for old, new in zip(before, again, strict=True)]


def _column(cell: str, taken: list[str] | None = None) -> str | None:
    """The column that a header cell names, unless it is taken already."""
    folded = fold(one_line(clean(cell)))
    return next((name for name, words in _COLUMNS if words in folded and name not in (taken or [])), None)


def _row(cells: list[str], columns: list[str]) -> Row:
    cleaned = [clean(cell) for cell in cells]
    cleaned += [""] * (len(columns) - len(cleaned))
    named = dict(zip(columns, cleaned, strict=False)) if columns else {str(i): c for i, c in enumerate(cleaned)}
    label = named.pop("label", cleaned[0]).strip()
    return Row(label, named, tuple(cleaned))


def _goes_on(row: Row, columns: list[str]) -> bool:
    """Whether the first row behind a page break is the rest of the row before it."""
    if row.label and (NUMBER.match(row.label) or GROUP.match(row.label)):
        return False
    first = next((cell.strip() for cell in row.source if cell.strip()), "")
    if not first[0].isupper():
        return True
    if "lead" not in columns or row.label:
        return False
    # A row that begins there names its own lead unit and begins every cell anew.
    return not is_units(row.cells.get("lead", "").strip()) and not any(is_units(cell.strip()) for cell in row.source)


def _joined(rows: list[Row], rest: Row, cells: list[str], columns: list[str]) -> list[Row]:
    above = rows[-1]
    slid = _slide(above, rest, columns)
    if slid:  # Merged cells dropped out, so that everything stands some columns too far to the left (or right).
        rest = _row([""] * slid + cells if slid > 0 else cells[-slid:], columns)
    main = "activity" if "activity" in columns else "task"
    given, doubts = dict(rest.cells), above.doubts
    for name in ("goal", "task", "budget"):
        fragment = given.get(name, "")
        if not fragment or name == main or above.cells.get(name) or (name == "budget" and fragment[0].isupper()):
            continue
        if name == "task" and not given.get(main, "")[:1].islower() and not _ended(above.cells.get(main, "")):
            given[main] = f"{fragment} {given.get(main, '')}".rstrip()
            doubts = (*doubts, SLID)
        else:  # The cell is merged over several rows: its beginning stands in a row further up.
            rows = _appended(rows, name, fragment)
        given[name] = ""
    named = {name: _glue(above.cells.get(name, ""), given.get(name, "")) for name in above.cells}
    source = tuple(_glue(a, b) for a, b in zip(above.source, rest.source, strict=False))
    return [*rows[:-1], Row(above.label, named, source, doubts)]


def _slide(above: Row, rest: Row, columns: list[str]) -> int:
    """By how many columns the rest of a row must be moved to the right to stand under its beginning."""
    if rest.label:
        return 0 if len(above.label) > _LABEL_LETTERS else 1
    if "lead" not in columns or stands_right(above.cells):
        return 0
    found = next((i for i, cell in enumerate(above.source) if is_units(cell.strip())), columns.index("lead"))
    offset = found - columns.index("lead")
    first = next(i for i, cell in enumerate(rest.source) if cell.strip())
    # Only where the cell that it would continue is plainly cut off; else both halves slid alike.
    return offset if 0 <= first + offset < len(above.source) and is_cut_off(above.source[first + offset]) else 0


def is_cut_off(text: str) -> bool:
    """Whether a text ends where no Vietnamese phrase can end."""
    return bool(_DANGLING.search(text.rstrip()))


def stands_right(cells: dict[str, str]) -> bool:
    """Whether units stand where the header says, and nowhere else."""
    lead, coordinating = cells.get("lead", "").strip(), cells.get("coordinating", "").strip()
    if not is_units(lead) or (coordinating and not is_units(coordinating)):
        return False
    return not is_units(cells.get("deadline", "").strip())


def _ended(text: str) -> bool:
    return text.rstrip().endswith((".", ";", "!", "?", ")"))


def _appended(rows: list[Row], name: str, fragment: str) -> list[Row]:
    """The rows, with a fragment added to the last cell of that column that holds anything."""
    for index in range(len(rows) - 1, -1, -1):
        if rows[index].cells.get(name):
            cells = {**rows[index].cells, name: _glue(rows[index].cells[name], fragment)}
            return [*rows[:index], replace(rows[index], cells=cells), *rows[index + 1 :]]
    return rows


def _glue(above: str, rest: str) -> str:
    if not (above and rest):
        return above or rest
    if rest.startswith(GAP):
        return above + rest
    first = values(rest)[0]
    begins_anew = is_units(first) and is_units(above) and len(above.split()) > 2
    anew = (begins_anew and not above.endswith((",", ";", "&", "và"))) or (is_deadline(rest) and above == rest)
    return f"{above}{GAP}{rest}" if anew else rejoined(above, rest)
