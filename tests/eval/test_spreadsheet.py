"""Staff write questions in a spreadsheet; nothing is written unless every check passes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.assemble import Parts
from eval.checking import Checker
from eval.errors import BrokenSet, UnreadableSet
from eval.question_set import read_set
from eval.shipped import SETS
from eval.spreadsheet import COLUMNS, convert, read_sheet


@pytest.fixture
def checks(parts: Parts) -> Callable[[], Checker]:
    return lambda: Checker(parts.store)


def sheet(
    path: Path, *rows: dict[str, object], headings: tuple[str, ...] = ("question", "expect", "codes", "facts")
) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.append([COLUMNS[name][0] if name in COLUMNS else name for name in headings])
    for row in rows:
        page.append([row.get(name) for name in headings])
    book.save(path)
    return path


def test_a_new_name_makes_a_template_that_reads_back(tmp_path: Path, checks: Callable[[], Checker]):
    path = tmp_path / "cau-hoi.xlsx"
    assert convert(path, None, checks).written == path
    assert [gold.id for _, gold in read_sheet(path)] == ["vi-du-1"]
    assert load_workbook(path).sheetnames == ["Câu hỏi", "Hướng dẫn"]


def test_a_sheet_becomes_a_set(tmp_path: Path, checks: Callable[[], Checker]):
    rows = (
        {"question": "làm khai sinh cần gì", "expect": "Trả lời", "codes": "1.001193\n1.004884", "facts": "60 ngày"},
        {},
        {"question": "1 + 1 bằng mấy", "expect": "ngoai pham vi"},
    )
    done = convert(sheet(tmp_path / "a.xlsx", *rows), None, checks)
    assert done.written == tmp_path / "a.jsonl"
    first, second = read_set(done.written).questions
    assert (first.codes, first.facts) == (("1.001193", "1.004884"), ("60 ngày",))
    assert (second.expect, second.id) == ("out_of_scope", "cau-0003")


def test_a_shipped_set_survives_the_way_through_a_spreadsheet(tmp_path: Path, checks: Callable[[], Checker]):
    source = SETS / "samples.jsonl"
    table = convert(source, tmp_path / "samples.xlsx", checks).written
    assert convert(table, tmp_path / "again.jsonl", checks).written == tmp_path / "again.jsonl"
    assert read_set(tmp_path / "again.jsonl").questions == read_set(source).questions


def test_a_question_that_begins_with_an_equals_sign_is_no_formula(
    tmp_path: Path, write_set: Callable[..., Path], checks: Callable[[], Checker]
):
    question = {"id": "a", "question": '=HYPERLINK("http://a")', "expect": "refused"}
    table = convert(write_set(question), tmp_path / "a.xlsx", checks).written
    assert load_workbook(table)["Câu hỏi"]["B2"].data_type == "s"
    assert read_sheet(table)[0][1].question == question["question"]


def test_what_the_documents_do_not_know_is_refused_with_its_row(tmp_path: Path, checks: Callable[[], Checker]):
    rows = (
        {"question": "a b c", "expect": "Trả lời", "codes": "9.999999"},
        {"question": "d e f", "expect": "Trả lời", "evidence": "không văn bản nào viết như thế này cả"},
        {"question": "g h i", "expect": "Trả lời", "facts": "x", "commune": "xa-la"},
        {"question": "a b c?", "expect": "Hỏi lại"},
    )
    headings = ("question", "expect", "codes", "evidence", "facts", "commune")
    with pytest.raises(BrokenSet) as caught:
        convert(sheet(tmp_path / "a.xlsx", *rows[:3], headings=headings), None, checks)
    lines = caught.value.problems
    assert [line.split(":")[0] for line in lines] == ["line 2", "line 3", "line 4"]
    assert "unknown procedure code '9.999999'" in lines[0]
    assert "the evidence is in no document" in lines[1]
    assert "unknown commune 'xa-la'" in lines[2]
    with pytest.raises(BrokenSet, match="problem"):
        convert(sheet(tmp_path / "b.xlsx", rows[0], rows[3], headings=headings), None, checks)
    assert not list(tmp_path.glob("*.jsonl"))


def test_unknown_and_missing_columns_are_named(tmp_path: Path):
    path = sheet(tmp_path / "a.xlsx", {"question": "a", "Lạ": "b"}, headings=("question", "Lạ"))
    with pytest.raises(BrokenSet) as caught:
        read_sheet(path)
    assert caught.value.problems == ("line 1: unknown column 'Lạ'", "line 1: column 'Cách xử lý đúng' is missing")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"just text"])
def test_a_file_that_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableSet, match=r"a\.xlsx"):
        read_sheet(path)


def test_another_kind_of_file_is_refused(tmp_path: Path, checks: Callable[[], Checker]):
    with pytest.raises(UnreadableSet, match=r"\.xlsx"):
        convert(tmp_path / "a.csv", None, checks)
