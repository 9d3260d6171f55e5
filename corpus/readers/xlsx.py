"""Excel files (.xlsx): values only, sheet by sheet. Formulas, macros and links are never followed."""

from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from corpus.errors import UnreadableFile
from corpus.readers.archive import check_archive

MAX_ROWS = 50_000
MAX_COLUMNS = 60


def extract(path: Path, _folder: Path) -> list[str]:
    """Every row as cells with tabs; a row with one value is a line of text."""
    check_archive(path)
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    lines: list[str] = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # What the file says of its size may be wrong, or a trap.
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
            if len(lines) > MAX_ROWS:
                raise UnreadableFile(f"{path.name} has more than {MAX_ROWS} rows; split it into parts")
            cells = [_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            filled = [cell for cell in cells if cell]
            if len(filled) == 1 and len(cells) <= 3 and cells[0]:
                lines.append(filled[0])
            elif filled:
                lines.append("\t".join(cells))
    book.close()
    return lines


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
