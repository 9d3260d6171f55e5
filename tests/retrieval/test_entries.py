"""Procedures, sections and task rows become units with the texts they are found by."""

from dataclasses import replace

import pytest

from bot.assemble import Parts
from corpus.chunking import ChunkKind, chunks
from corpus.document import Document
from retrieval.entries import Entry, Field, Unit, bare_name, is_office, nested, procedure_units, section_units
from retrieval.phrasings import PhrasingBlock
from retrieval.publishing import collect

COMMUNE = "phuong-mau"
BIRTH = f"{COMMUNE}/tthc-1.001193"


@pytest.fixture(scope="module")
def birth(parts: Parts) -> Document:
    """The registration of a birth."""
    return parts.store.document(BIRTH)


@pytest.fixture(scope="module")
def collected(parts: Parts) -> tuple[list[Unit], list[Entry]]:
    """All that the samples are found by."""
    return collect(parts.store, COMMUNE, ())


def made(document: Document, *blocks: PhrasingBlock) -> tuple[Unit, list[tuple[Field, str]]]:
    """The unit of one procedure and its texts."""
    (unit,) = procedure_units([document], {document.id: chunks(document)}, list(blocks))
    return unit


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Thủ tục đăng ký khai sinh", "đăng ký khai sinh"),
        ("TTHC: Cấp lại thẻ\n căn cước.", "Cấp lại thẻ căn cước"),
        ("Thủ tụcx", "Thủ tụcx"),
        ("", ""),
    ],
)
def test_a_name_goes_without_the_word_procedure(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_a_procedure_is_found_by_its_name_its_phrasings_its_result_and_its_record(birth: Document) -> None:
    block = PhrasingBlock(("1.001193", "9.9"), "Khai sinh", ("khai đẻ", "khai đẻ", "báo sinh"), "ho-tich")
    unit, texts = made(birth, block)
    assert (unit.kind, unit.procedure_code, unit.level) == (ChunkKind.PROCEDURE, "1.001193", 0)
    assert texts[:4] == [
        (Field.NAME, "đăng ký khai sinh"),
        (Field.PHRASING, "khai đẻ"),
        (Field.PHRASING, "báo sinh"),
        (Field.RESULT, "Giấy khai sinh"),
    ]
    (record,) = [text for field, text in texts if field is Field.TEXT]
    assert "Giấy chứng sinh" in record
    assert "\n" not in record
    assert len(record) <= 4000


def test_phrasings_of_other_procedures_stay_with_them(birth: Document) -> None:
    _, texts = made(birth, PhrasingBlock(("1.000894",), "Kết hôn", ("cưới",), "ho-tich"))
    assert [text for field, text in texts if field is Field.PHRASING] == []


@pytest.mark.parametrize(
    ("decision", "code", "standing"),
    [
        ("163/QĐ-BTP", "1.1", 0),
        ("77/QĐ-UBND", "1.1", 1),
        (None, "1.1", 1),
        ("163/QĐ-BTP", "1.1.xoa", 3),
        ("demo 1", "1.1", 3),
    ],
)
def test_a_ministrys_decision_stands_before_a_provinces_and_that_before_what_was_struck_out(
    birth: Document, decision: str | None, code: str, standing: int
) -> None:
    assert birth.procedure is not None
    changed = replace(birth, procedure=replace(birth.procedure, code=code, decision=decision))
    assert made(changed)[0].standing == standing


def test_a_document_without_chunks_or_procedure_gives_no_unit(birth: Document) -> None:
    assert list(procedure_units([birth, replace(birth, procedure=None)], {}, [])) == []


def test_formal_parts_and_usual_headings_bring_their_own_phrasings(collected: tuple[list[Unit], list[Entry]]) -> None:
    units, entries = collected
    asked = {(units[entry.unit].name, entry.text) for entry in entries if entry.field is Field.PHRASING}
    assert ("Chữ ký", "ai ký") in asked
    assert ("IV. KINH PHÍ", "nguồn tiền nào") in asked


def test_a_task_row_is_named_after_its_task_and_found_by_its_product(collected: tuple[list[Unit], list[Entry]]) -> None:
    units, entries = collected
    (number,) = [n for n, unit in enumerate(units) if unit.name == "Cảnh báo lừa đảo giả danh cán bộ phường"]
    assert units[number].kind is ChunkKind.TASK
    assert "Tin bài, tin nhắn" in [entry.text for entry in entries if entry.unit == number]


def test_every_chunk_but_bare_headings_and_procedure_fields_is_a_unit_of_its_own(parts: Parts) -> None:
    stored = parts.store.chunks(COMMUNE)
    tasks = {(d.id, task.path): task for d in parts.store.documents(COMMUNE) for task in d.tasks}
    units = [unit for unit, _ in section_units(stored, tasks, {})]
    assert len({unit.id for unit in units}) == len(units)
    left_out = {c.id for c in stored if c.kind is not ChunkKind.PROCEDURE} - {unit.id for unit in units}
    assert all("\n" not in chunk.text for chunk in stored if chunk.id in left_out)


def test_no_entry_is_blank_and_each_belongs_to_a_unit(collected: tuple[list[Unit], list[Entry]]) -> None:
    units, entries = collected
    assert [entry for entry in entries if not entry.text.strip() or entry.unit not in range(len(units))] == []
    assert {entry.unit for entry in entries} == set(range(len(units)))


def test_a_formal_part_is_also_found_by_the_title_of_its_plan(collected: tuple[list[Unit], list[Entry]]) -> None:
    units, entries = collected
    names = {units[e.unit].role: e.text for e in entries if e.field is Field.NAME and units[e.unit].role}
    assert names["Chữ ký"].endswith("Kế hoạch tuyên truyền cải cách hành chính năm 2026 trên địa bàn phường Mẫu")


def test_a_part_knows_whether_it_says_when_and_names_papers(collected: tuple[list[Unit], list[Entry]]) -> None:
    units = {unit.place: unit for unit in collected[0]}
    assert units["Căn cứ ban hành"].tells_number
    assert not units["Phần V, mục 3, gạch đầu dòng 1"].tells_number
    assert units["Phần V, mục 1, gạch đầu dòng 1"].tells_time
    assert not units["Phần V, mục 3, gạch đầu dòng 1"].tells_time


@pytest.mark.parametrize(
    ("heading", "office"),
    [("2. Phòng Văn hóa - Xã hội", True), ("7. Tổ dân phố", True), ("2. Yêu cầu", False), ("IV. KINH PHÍ", False)],
)
def test_a_heading_is_an_office_or_not(heading: str, office: bool) -> None:
    assert is_office(heading) is office


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        ("kh, mục 2", "kh, mục 2, đoạn 1", True),
        ("kh, mục 2, đoạn 1", "kh, mục 2", True),
        ("kh, mục 2", "kh, mục 2", True),
        ("kh, mục 2", "kh, mục 20", False),
        ("kh, mục 2", "qd, mục 2, đoạn 1", False),
    ],
)
def test_a_line_lies_within_its_section(one: str, other: str, within: bool) -> None:
    assert nested(one, other) is within
