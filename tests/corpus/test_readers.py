"""Every format is read to the same document, and everything that is none is refused in one clear line."""

import gzip
import json
import unicodedata
import zipfile
from pathlib import Path

import pytest
from formats import PLAN, record

from corpus.document import Document, DocumentKind
from corpus.errors import BrokenRecord, CorpusError, MissingProgram, UnreadableFile
from corpus.procedure import FeeState
from corpus.readers import apart, is_readable, read_file, suffix
from corpus.readers.archive import check_archive
from corpus.readers.files import check_size


def only(path: Path) -> Document:
    (document,) = read_file(path)
    assert isinstance(document, Document)
    return document


def facts(document: Document) -> list[tuple[str, ...]]:
    return [
        (task.path, *(unit.name for unit in (*task.lead_units, *task.coordinating_units)), task.deadline or "")
        for task in document.tasks
    ]


def refusals(path: Path) -> list[str]:
    try:
        return [str(item) for item in read_file(path) if isinstance(item, CorpusError)]
    except CorpusError as error:
        return [str(error)]


def refusal(path: Path) -> str:
    with pytest.raises(CorpusError) as error:
        list(read_file(path))
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".doc"])
def test_a_plan_is_the_same_in_every_office_format(ending, samples, programs):
    expected = only(samples[".docx"].with_name("plan.txt"))
    found = only(samples[ending])
    assert facts(found) == facts(expected)
    assert [section.path for section in found.sections] == [section.path for section in expected.sections]
    assert (found.number, found.issued_on, found.signer) == (expected.number, expected.issued_on, expected.signer)


@pytest.mark.parametrize("ending", [".tif", ".png", ".jpg"])
def test_a_scanned_page_is_recognised(ending, samples, programs):
    found = only(samples[ending])
    assert found.number == "12/KH-UBND"
    assert "Phần I, mục 2, gạch đầu dòng 2" in [section.path for section in found.sections]


def test_a_saved_page_of_the_portal_is_a_procedure(samples):
    procedure = only(samples[".html"]).procedure
    assert procedure is not None
    assert (procedure.code, procedure.name) == ("9.000002", "Cấp lại giấy phép trồng cây mẫu")
    (channel,) = procedure.channels
    assert (channel.name, channel.time_limit.text, channel.fees[0].amount) == ("Trực tiếp", "2 ngày làm việc", 15000)
    assert channel.note == "Nộp tại bộ phận một cửa"


def test_scripts_of_a_page_are_never_text(samples, tmp_path):
    lines = apart.extract_lines("html", samples[".html"])
    assert not any("8.888888" in line or "192.0.2.1" in line for line in lines)


def test_merged_cells_of_a_page_keep_their_columns(tmp_path):
    page = tmp_path / "bang.html"
    page.write_text(
        "<table><tr><th>STT</th><th>Nhiệm vụ</th><th>Chủ trì</th></tr>"
        "<tr><td rowspan=2>1</td><td>Một</td><td>A</td></tr>"
        "<tr><td>Hai</td><td>B</td></tr><tr><td colspan=2>Cộng</td><td>C<br>D</td></tr></table>",
        "utf-8",
    )
    assert apart.extract_lines("html", page) == [
        "STT\tNhiệm vụ\tChủ trì",
        "1\tMột\tA",
        "\tHai\tB",
        "Cộng\t\tC  D",
    ]


def test_a_spreadsheet_lists_procedures_and_refuses_a_row_without_code(samples):
    document, broken = read_file(samples[".xlsx"])
    assert isinstance(document, Document)
    assert document.procedure is not None
    (channel,) = document.procedure.channels
    assert (document.procedure.code, channel.time_limit.text) == ("9.000005", "05 ngày làm việc")
    assert channel.fees[0].state is FeeState.TEXT
    assert isinstance(broken, BrokenRecord)
    assert "row 5" in str(broken)


def test_a_crawled_record_is_cut_where_the_pattern_is_certain(samples):
    document = list(read_file(samples[".json"]))[1]
    assert isinstance(document, Document)
    procedure = document.procedure
    assert procedure is not None
    online, direct = procedure.channels
    assert (online.time_limit.text, online.fees[0].state) == (None, FeeState.NOT_PUBLISHED)
    assert direct.fees[0].amount == 8000
    assert [(item.text, item.originals) for item in procedure.dossier[0].items] == [
        ("Đơn gia hạn", 1),
        ("Giấy phép cũ", 0),
    ]
    assert [basis.number for basis in procedure.legal_bases] == ["01/2020/TT-BXD", "52/2014/QH13"]
    assert procedure.result == "Giấy phép"
    assert any("không có đơn vị" in doubt for doubt in procedure.doubts)


def test_the_ending_names_the_format():
    assert suffix(Path("a.JSONL.GZ")) == ".jsonl.gz"
    assert is_readable(Path("ke-hoach.PDF"))
    assert not is_readable(Path("~$ke-hoach.docx"))
    assert not is_readable(Path("README.md"))


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path):
    path = tmp_path / "x.pages"
    path.write_text("x")
    assert ".docx" in refusal(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        ("Kế hoạch".encode("utf-16"), "UTF-16"),
        (b"K\xe5 ho\xb9ch tuy\xaan truy\xd2n", "not UTF-8"),
        (b"MZ\x00\x00\x01", "binary"),
    ],
)
def test_text_that_is_no_utf8_is_refused_with_the_reason(tmp_path, data, words):
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(data)
    assert words in refusal(path)


@pytest.mark.parametrize("ending", [".docx", ".doc", ".pdf", ".xlsx", ".png", ".tif", ".jpg"])
def test_a_file_that_is_not_what_its_ending_says_is_refused(tmp_path, ending, programs):
    path = tmp_path / f"gia{ending}"
    path.write_bytes(b"\x01\x02 this is nothing at all " * 40)
    assert str(path.name) in refusal(path)


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".xlsx", ".png", ".tif"])
def test_a_file_that_is_cut_off_ends_in_one_line(tmp_path, samples, ending, programs):
    path = tmp_path / f"cut{ending}"
    path.write_bytes(samples[ending].read_bytes()[: samples[ending].stat().st_size // 3])
    assert all("\n" not in refusal for refusal in refusals(path))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "nowhere.txt")
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert "cannot be read" in refusal(folder)


def test_an_oversize_file_is_refused(tmp_path):
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 100)
    with pytest.raises(UnreadableFile, match="over the limit"):
        check_size(path, 99)


def test_an_archive_that_unpacks_without_end_is_never_opened(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to 60 MB"):
        check_archive(path)
    assert "unpacks" in refusal(path)


def test_an_archive_of_countless_parts_is_never_opened(tmp_path):
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5001):
            archive.writestr(str(number), b"")
    assert "5001 parts" in refusal(path)


def test_a_reader_that_takes_too_long_is_ended(samples):
    with pytest.raises(UnreadableFile, match="took longer"):
        apart.extract_lines("docx", samples[".docx"], timeout_s=0.01)


def test_a_missing_program_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch):
    path = tmp_path / "cu.doc"
    path.write_bytes(b"x")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="apt-get install libreoffice-writer"):
        list(read_file(path))


def test_a_broken_line_is_refused_by_its_number_and_the_rest_is_read(tmp_path):
    path = tmp_path / "thu-tuc.jsonl"
    good = json.dumps(record(), ensure_ascii=False)
    path.write_text(f"{good}\n{{broken\n[1]\n\n{good}\n", "utf-8")
    found = list(read_file(path))
    assert [isinstance(item, Document) for item in found] == [True, False, False, True]
    assert "line 2" in str(found[1])
    assert "line 3" in str(found[2])


def test_a_gzip_that_is_cut_off_gives_what_it_still_holds(tmp_path):
    path = tmp_path / "thu-tuc.jsonl.gz"
    lines = "".join(json.dumps({**record(), "Mô tả": str(n) * n}, ensure_ascii=False) + "\n" for n in range(400))
    path.write_bytes(gzip.compress(lines.encode())[:-200])
    *documents, last = read_file(path)
    assert isinstance(last, UnreadableFile)
    assert "cut off" in str(last)
    assert all(isinstance(item, Document) for item in documents)


def test_a_file_that_is_no_gzip_says_so(tmp_path):
    path = tmp_path / "thu-tuc.jsonl.gz"
    path.write_bytes(b"{}")
    (found,) = read_file(path)
    assert "no gzip file" in str(found)


def test_json_that_is_no_record_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[1, {}]", "utf-8")
    first, second = read_file(path)
    assert "entry 1" in str(first)
    assert "entry 2" in str(second)
    path.write_text("[" * 100_000, "utf-8")
    assert "broken JSON" in refusal(path)


def test_text_without_any_section_is_no_plan(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("1234", "utf-8")
    assert "no section" in refusal(path)


def test_a_procedure_file_of_a_province_is_read(shared, programs):
    path = shared / "data" / "portal-doc" / "32. Đăng ký khai tử lưu động.doc"
    document = only(path)
    procedure = document.procedure
    assert document.kind is DocumentKind.PROCEDURE
    assert procedure is not None
    assert (procedure.code, procedure.name) == ("QT 32/CX-HCTP", "Đăng ký khai tử lưu động")
    assert procedure.channels[0].time_limit.text == "05 ngày làm việc"
    assert [case.name for case in procedure.dossier] == ["Giấy tờ phải nộp", "Giấy tờ phải xuất trình"]
    assert len(procedure.legal_bases) == 13
    assert str(document.issued_on) == "2025-07-07"


def test_the_two_exports_of_one_procedure_agree(shared):
    (crawl,) = read_file(shared / "data" / "portal-json" / "1.004873.json")
    (export,) = read_file(shared / "data" / "portal-text" / "1.004873.txt")
    assert isinstance(crawl, Document)
    assert isinstance(export, Document)
    assert crawl.procedure is not None
    assert export.procedure is not None
    assert [c.fees for c in crawl.procedure.channels] == [c.fees for c in export.procedure.channels]
    assert [c.name for c in crawl.procedure.channels] == [c.name for c in export.procedure.channels]


def test_a_plan_in_decomposed_letters_reads_the_same(tmp_path):
    path = tmp_path / "nfd.txt"
    path.write_text(unicodedata.normalize("NFD", PLAN), "utf-8")
    plain = tmp_path / "nfc.txt"
    plain.write_text(PLAN, "utf-8")
    assert only(path) == only(plain)
