"""Which office does what: task rows chosen by unit and words, and as CSV or XLSX for staff."""

import csv
import io
from dataclasses import dataclass
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as _UNWRITABLE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from api.catalogue import TaskLine
from corpus.vietnamese import fold, folded_syllables

COLUMNS = (
    "Phường, xã",
    "Kế hoạch",
    "Vị trí",
    "Nhiệm vụ",
    "Hoạt động",
    "Chủ trì",
    "Phối hợp",
    "Thời gian",
    "Kết quả, sản phẩm",
)
_WIDTHS = (14, 40, 24, 60, 60, 30, 40, 20, 40)
_FORMULA = (*"=+-@＝＋－＠", "\t", "\r")


class Role(StrEnum):
    """How an office takes part."""

    LEAD = "lead"
    COORDINATING = "coordinating"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; None stands for anything."""

    unit: str | None = None
    role: Role | None = None
    words: str | None = None


def chosen(lines: list[TaskLine], asked: Asked) -> list[TaskLine]:
    """The rows that fit, in the order of their plans."""
    return [line for line in lines if _has_unit(line, asked) and _has_words(line, asked.words)]


def units(lines: list[TaskLine]) -> list[str]:
    """Every office that leads or helps, by name."""
    names = {unit.name for line in lines for unit in (*line.task.lead_units, *line.task.coordinating_units)}
    return sorted(names, key=fold)


def as_csv(lines: list[TaskLine]) -> bytes:
    """CSV that Excel opens with the right letters and without running anything."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(line) for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: list[TaskLine]) -> bytes:
    """An Excel sheet with a fixed head and a filter."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Nhiệm vụ")
    sheet.append(COLUMNS)
    for line in lines:
        sheet.append(_cells(line))
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _has_unit(line: TaskLine, asked: Asked) -> bool:
    if not asked.unit:
        return True
    task = line.task
    offices = {
        Role.LEAD: task.lead_units,
        Role.COORDINATING: task.coordinating_units,
        None: (*task.lead_units, *task.coordinating_units),
    }[asked.role]
    wanted = fold(asked.unit)
    return any(wanted in fold(unit.name) or wanted in fold(unit.source) for unit in offices)


def _has_words(line: TaskLine, words: str | None) -> bool:
    if not words:
        return True
    task = line.task
    text = " ".join(folded_syllables(" ".join(part for part in (task.task, task.activity, task.product) if part)))
    return all(f" {word}" in f" {text}" for word in folded_syllables(words))


def _cells(line: TaskLine) -> list[str]:
    task = line.task
    cells = (
        line.commune,
        line.document,
        task.path,
        task.task,
        task.activity or "",
        "; ".join(unit.name for unit in task.lead_units),
        "; ".join(unit.name for unit in task.coordinating_units),
        task.deadline or "",
        task.product or "",
    )
    # A cell that begins like a formula would be run by Excel; control characters are in no Excel file.
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in (_UNWRITABLE.sub(" ", one) for one in cells)]
