"""Question sets as spreadsheets, so that staff can write them: template, sheet into set, set into sheet."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from corpus.errors import UnreadableFile
from corpus.readers.archive import check_archive
from corpus.vietnamese import fold, one_line
from eval.errors import BrokenSet, UnreadableRun, UnreadableSet
from eval.gold import Expected, GoldQuestion
from eval.question_set import problems_of, read_set, repeated
from eval.report.words import STATUSES

MAX_ROWS = 100_001
_SHEET, _HELP = "Câu hỏi", "Hướng dẫn"
# Field of the gold -> (heading, width, what to write in it).
COLUMNS = {
    "id": ("Mã câu", 12, "Tên riêng của câu hỏi; để trống thì máy tự đặt."),
    "question": ("Câu hỏi", 60, "Viết đúng như người dân hoặc cán bộ sẽ gõ, kể cả không dấu, viết tắt."),
    "history": ("Đã hỏi trước đó", 40, "Nếu là câu hỏi tiếp: các câu trước, mỗi câu một dòng (Alt+Enter)."),
    "commune": (
        "Phường, xã",
        16,
        "Mã phường, xã như trong phần mềm, ví dụ phuong-mau; để trống nếu chỉ hỏi thủ tục chung.",
    ),
    "expect": ("Cách xử lý đúng", 18, "Chọn trong danh sách."),
    "codes": ("Mã thủ tục đúng", 22, "Ví dụ 1.001193; nhiều mã cùng đúng thì mỗi mã một dòng."),
    "evidence": ("Đoạn nguồn phải dẫn", 44, "Chép 6–12 chữ liền nhau trong văn bản."),
    "offer": ("Mã nên gợi ý", 22, "Khi nên hỏi lại: các thủ tục nên đưa ra, mỗi mã một dòng."),
    "facts": ("Phải nói", 32, "Điều câu trả lời bắt buộc có, mỗi điều một dòng: “7 ngày làm việc”."),
    "forbidden": ("Không được nói", 32, "Điều câu trả lời không được có, mỗi điều một dòng."),
    "tags": ("Nhãn", 24, "Nhãn để xem kết quả theo nhóm, mỗi nhãn một dòng; nhãn đầu là lĩnh vực."),
}
_LISTS = ("history", "codes", "evidence", "offer", "facts", "forbidden", "tags")
_EXAMPLE = GoldQuestion(
    id="vi-du-1",
    question="lam giay khai sinh cho con het bao nhieu tien",
    expect=Expected.ANSWERED,
    codes=("1.001193",),
    forbidden=("0 đồng",),
    tags=("ho-tich", "khong-dau"),
)


class Checks(Protocol):
    """What the documents know of a question."""

    def problems(self, gold: GoldQuestion) -> list[str]:
        """What in it they do not know."""
        ...


@dataclass(frozen=True, slots=True)
class Converted:
    """What was written, in words, and what to know about it."""

    written: Path
    what: str
    notes: tuple[str, ...] = ()


def convert(source: Path, output: Path | None, checks: Callable[[], Checks]) -> Converted:
    """A template when `source` does not exist; a sheet becomes a set, a set a sheet, after all checks.

    Raises UnreadableSet, BrokenSet (nothing is written then), UnreadableRun when the output cannot be written.
    """
    if source.suffix.lower() not in (".xlsx", ".jsonl"):
        raise UnreadableSet(f"{source}: name a spreadsheet (.xlsx) or a set (.jsonl)")
    if not source.exists() and source.suffix.lower() == ".xlsx":
        _save(source, [_EXAMPLE])
        return Converted(source, "a spreadsheet to fill in; then run `motcua eval new` with it again")
    if source.suffix.lower() == ".xlsx":
        numbered = read_sheet(source)
        _check(source, numbered, checks())
        target = output or source.with_suffix(".jsonl")
        _write_set(target, [gold for _, gold in numbered])
    else:
        question_set = read_set(source)
        numbered = list(enumerate(question_set.questions, 1))
        _check(source, numbered, checks())
        target = output or source.with_suffix(".xlsx")
        _save(target, [gold for _, gold in numbered])
    return Converted(target, f"{len(numbered)} questions, all checks passed")


def read_sheet(path: Path) -> list[tuple[int, GoldQuestion]]:
    """The questions of a spreadsheet with their row numbers. Raises UnreadableSet or BrokenSet."""
    try:
        check_archive(path)
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book[_SHEET] if _SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        rows = [list(row) for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS, max_col=60)]
        book.close()
    except (UnreadableFile, InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableSet(f"{path}: cannot be read as a spreadsheet ({error}); save it again as .xlsx") from error
    columns = _columns(path, rows)
    problems: list[str] = []
    numbered: list[tuple[int, GoldQuestion]] = []
    for number, row in enumerate(rows[1:], 2):
        values = {field: _text(row[at]) for field, at in columns.items() if at < len(row) and _text(row[at])}
        if not values:
            continue
        try:
            numbered.append((number, GoldQuestion.model_validate(_fields(values, number))))
        except ValidationError as error:
            problems += [f"line {number}: {problem}" for problem in problems_of(error)]
    problems += repeated(numbered)
    if not numbered and not problems:
        problems.append("line 2: the sheet holds no question")
    if problems:
        raise BrokenSet(str(path), tuple(problems))
    return numbered


def _columns(path: Path, rows: Sequence[Sequence[object]]) -> dict[str, int]:
    """Which column holds which field, by heading; unknown headings are a mistake, not something to pass over."""
    known = {_plain(heading): field for field, (heading, *_) in COLUMNS.items()} | {field: field for field in COLUMNS}
    columns: dict[str, int] = {}
    unknown = []
    for at, value in enumerate(rows[0] if rows else ()):
        heading = _text(value)
        field = known.get(_plain(heading))
        if field is not None:
            columns[field] = at
        elif heading:
            unknown.append(heading)
    missing = [COLUMNS[field][0] for field in ("question", "expect") if field not in columns]
    if unknown or missing:
        wrong = [f"unknown column {heading!r}" for heading in unknown] + [
            f"column {heading!r} is missing" for heading in missing
        ]
        raise BrokenSet(str(path), tuple(f"line 1: {problem}" for problem in wrong))
    return columns


def _fields(values: dict[str, str], number: int) -> dict[str, object]:
    """The cells of a row as the fields of a question."""
    fields: dict[str, object] = {"id": f"cau-{number - 1:04d}", **values}
    for name in _LISTS:
        if name in values:
            fields[name] = [line.strip() for line in values[name].splitlines() if line.strip()]
    endings = {_plain(label): status for status, label in STATUSES.items()}
    given = values.get("expect", "")
    fields["expect"] = endings.get(_plain(given), given)
    return fields


def _check(path: Path, numbered: Sequence[tuple[int, GoldQuestion]], checks: Checks) -> None:
    problems = [f"line {number}: {problem}" for number, gold in numbered for problem in checks.problems(gold)]
    if problems:
        raise BrokenSet(str(path), tuple(problems))


def _write_set(path: Path, questions: Iterable[GoldQuestion]) -> None:
    lines = [json.dumps(gold.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for gold in questions]
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise UnreadableRun(
            f"{path}: cannot be written ({error.strerror or error}); choose another with --output"
        ) from error


def _save(path: Path, questions: Iterable[GoldQuestion]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    _heading(sheet)
    for number, gold in enumerate(questions, 2):
        for column, field in enumerate(COLUMNS, 1):
            _write(sheet, number, column, _cell_text(gold, field))
    _help(book.create_sheet(_HELP))
    partial = path.with_name(f"{path.stem}.part.xlsx")
    try:
        book.save(partial)
        partial.replace(path)
    except OSError as error:
        raise UnreadableRun(
            f"{path}: cannot be written ({error.strerror or error}); choose another with --output"
        ) from error


def _heading(sheet: Worksheet) -> None:
    for column, (heading, width, _) in enumerate(COLUMNS.values(), 1):
        _write(sheet, 1, column, heading)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"
    labels = ",".join(STATUSES[status.value] for status in Expected if status is not Expected.ANY)
    choice = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
    letter = get_column_letter(list(COLUMNS).index("expect") + 1)
    choice.add(f"{letter}2:{letter}5000")
    sheet.add_data_validation(choice)


def _help(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    for number, (heading, _, told) in enumerate(COLUMNS.values(), 1):
        _write(sheet, number, 1, heading)
        _write(sheet, number, 2, told)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """As text, whatever it begins with: a question that starts with "=" is no formula."""
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _cell_text(gold: GoldQuestion, field: str) -> str:
    value = getattr(gold, field)
    if field == "expect":
        return STATUSES[gold.expect.value]
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _plain(text: str) -> str:
    return one_line(fold(text))
