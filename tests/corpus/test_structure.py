"""A plan's header, sections, formal parts and force; paragraphs put together again."""

from datetime import date

import pytest
from formats import PLAN

from corpus.chunking import ChunkKind, chunks
from corpus.document import Document
from corpus.errors import UnknownDocument, UnreadableFile
from corpus.force import force_of
from corpus.header import commune_named, date_in, legal_references, place_and_date, province_named, signature_at
from corpus.lexicon import repaired
from corpus.outline import document_lines, sheet_lines, task_lines, tree_lines
from corpus.paragraphs import Paragraph, paragraphs, rejoined
from corpus.record import procedure_document
from corpus.structure import read_plan
from corpus.units import is_units, one_list, read_units, tidy


def plan() -> Document:
    return read_plan(PLAN, "plan.txt")


def test_the_header_becomes_facts():
    document = plan()
    assert (document.number, document.issued_on, document.place) == ("12/KH-UBND", date(2026, 2, 5), "Phường Mẫu")
    assert document.title == "Kế hoạch trồng cây xanh trên địa bàn phường Mẫu năm 2026"
    assert (document.signer, document.signer_role) == ("Nguyễn Văn Mẫu", "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH")
    assert document.recipients == ("UBND tỉnh", "Các tổ dân phố", "Lưu: VT")
    (basis,) = document.legal_bases
    assert (basis.kind, basis.number, basis.issued_on) == ("Quyết định", "34/QĐ-UBND", date(2026, 1, 10))


def test_sections_have_the_path_a_person_recognises():
    paths = [section.path for section in plan().sections]
    assert "Phần I, mục 2, gạch đầu dòng 2" in paths
    assert "Phần II, mục 1, điểm b" in paths
    assert [section.path for section in plan().sections if section.in_table] == ["Phụ lục, A", "Phụ lục, B"]


def test_a_table_without_offices_is_a_section_and_no_task():
    document = read_plan("KẾ HOẠCH\nChi tiêu\nI. KINH PHÍ\nSTT\tMục\tSố tiền\n1\tCây giống\t5.000.000\n", "x")
    assert document.tasks == ()
    assert document.sections[-1].path == "Phần I, bảng 1"
    assert document.sections[-1].text == "STT | Mục | Số tiền\n1 | Cây giống | 5.000.000"


def test_an_empty_text_and_a_text_without_parts_are_refused():
    for text in ("", "\n\n", "1234"):
        with pytest.raises(UnreadableFile):
            read_plan(text, "x.txt")


def test_the_force_is_what_the_text_says():
    issued = date(2026, 2, 5)
    assert force_of([], issued).begins == issued
    assert force_of(["Quyết định này có hiệu lực kể từ ngày ký."], issued).begins == issued
    assert force_of(["Quyết định có hiệu lực thi hành từ ngày 01/03/2026."], issued).begins == date(2026, 3, 1)
    assert force_of(["Kế hoạch này có hiệu lực từ ngày 01/03/2026 đến hết ngày 31/12/2026."], issued).ends == date(
        2026, 12, 31
    )
    replaced = force_of(
        ["Kế hoạch này thay thế Kế hoạch số 11/KH-UBND ngày 03/02/2025 của UBND phường."], issued
    ).replaces
    assert [reference.number for reference in replaced] == ["11/KH-UBND"]
    ended = force_of(["Quyết định số 9/QĐ-UBND ngày 01/01/2024 hết hiệu lực kể từ ngày Quyết định này ký."], issued)
    assert [reference.number for reference in ended.replaces] == ["9/QĐ-UBND"]
    assert plan().replaces[0].number == "11/KH-UBND"


def test_wrapped_lines_become_paragraphs_again():
    lines = [
        "I. MỤC ĐÍCH",
        "",
        "Một dòng chữ dài được ngắt ở cuối trang giấy vì không còn chỗ cho",
        "",
        "chữ tiếp theo của nó.",
    ]
    assert [item.text for item in paragraphs(lines)][1].endswith("chỗ cho chữ tiếp theo của nó.")
    assert [item.text for item in paragraphs(["I. MỘT**1. Hai**"])] == ["I. MỘT", "1. Hai"]
    assert rejoined("Sở VH-TT-", "DL") == "Sở VH-TT-DL"
    assert rejoined("Văn hóa -", "Xã hội") == "Văn hóa - Xã hội"
    assert [item.text for item in paragraphs(["(Kèm theo Quyết định)", "thực hiện"])] == [
        "(Kèm theo Quyết định)",
        "thực hiện",
    ]


def test_names_dates_and_references_are_found_and_nothing_is_made_up():
    assert commune_named("PHƯỜNG BÌNH PHƯỚC NĂM 2026") == "Bình Phước"
    assert commune_named("không có tên") is None
    assert province_named("của Ủy ban nhân dân tỉnh Tuyên Quang về") == "Tuyên Quang"
    assert date_in("ngày 31/02/2026") is None
    assert place_and_date("Chí Linh, ngày tháng 01 năm 2026") == ("Chí Linh", "ngày tháng 01 năm 2026", None)
    assert legal_references("theo quy định") == []
    signature, after = signature_at([Paragraph("CHỦ TỊCH", 1), Paragraph("Nguyễn Văn Mẫu", 2)], 0)
    assert (signature.role, signature.name, after) == ("CHỦ TỊCH", "Nguyễn Văn Mẫu", 2)


def test_offices_get_one_name_and_other_words_are_none():
    assert tidy("Văn phòng HĐND&UBND phường") == "Văn phòng HĐND và UBND"
    assert [unit.name for unit in read_units("Phòng Văn hóa-Xã hội; các phòng, đơn vị thuộc phường")] == [
        "Phòng Văn hóa - Xã hội",
        "Các phòng, đơn vị thuộc phường",
    ]
    names = one_list(["Trung tâm Phục vụ hành chính công", "Trung tâm phục vụ hành chính công"] * 2)
    assert len(set(names.values())) == 1
    for words in ("Tổ chức hội nghị", "Ban hành kế hoạch", "Hội nghị tổng kết", "Trường hợp khác", "Các kế hoạch"):
        assert not is_units(words)


def test_the_quote_stays_and_the_search_text_is_repaired():
    document = read_plan("KẾ HOẠCH\nThử\nI. MỤC TIÊU\n1. Đẩy mạnh chuyên đổi số cho CBCCVV.\n", "x")
    (chunk,) = (chunk for chunk in chunks(document) if "CBCC" in chunk.text and chunk.path.endswith("mục 1"))
    assert chunk.text == "1. Đẩy mạnh chuyên đổi số cho CBCCVV."
    assert "chuyển đổi số cho CBCCVC" in chunk.search_text
    assert repaired("<b>Lòng ghép</b>").strip() == "Lồng ghép"


def test_chunks_have_stable_ids_and_group_headings_are_no_chunks():
    first, second = chunks(plan()), chunks(plan())
    assert first == second
    assert len({chunk.id for chunk in first}) == len(first)
    assert "Phụ lục, A" not in {chunk.path for chunk in first}
    assert sum(chunk.kind is ChunkKind.TASK for chunk in first) == 4


def test_a_document_is_shown_as_a_tree_and_a_part_in_full():
    lines = tree_lines(plan())
    assert lines[0] == plan().title
    assert "    [mục 1] 1. Mỗi tổ dân phố trồng ít nhất năm cây xanh trong quý đầu năm." in lines
    assert any(line.startswith("A, dòng 1") for line in lines)
    part = tree_lines(plan(), "phụ lục, A, dòng 2")
    assert "  Chủ trì: Phòng Kinh tế; Phòng Văn hóa - Xã hội" in part
    assert tree_lines(plan(), "Phần II, mục 1")[0] == "Phần II, mục 1"
    with pytest.raises(UnknownDocument, match="Phần X"):
        tree_lines(plan(), "Phần X")
    assert task_lines(plan().tasks)[0].startswith("Chỗ")


def test_a_procedure_is_shown_as_a_sheet(samples):
    from_export = procedure_document({"Mã thủ tục": "9.1000001", "Tên thủ tục": "Mẫu"})
    assert from_export.procedure is not None
    assert sheet_lines(from_export.procedure)[0] == "  Mã thủ tục: 9.1000001"
    assert "  Yêu cầu, điều kiện: không có thông tin" in tree_lines(from_export)


def test_the_list_of_documents_names_counts_and_warnings(store):
    store.save([plan().for_commune("mau")], "x")
    lines = document_lines(store)
    assert lines[0] == "mau: 1 plan"
    assert any("4 tasks, from 2026-02-05" in line for line in lines)
    assert document_lines(store, "khac") == []
