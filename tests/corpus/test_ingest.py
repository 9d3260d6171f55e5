"""Files and folders into the store: one report a file, refusals that never stop the rest."""

from pathlib import Path

import pytest
from formats import EXPORT, PLAN

from corpus.document import DocumentKind
from corpus.errors import UnknownCommune, UnreadableFile
from corpus.guide import read_guide
from corpus.ingest import check_commune, files_under, ingest_file
from corpus.readers.columns import with_columns
from corpus.readers.layout import Word
from corpus.store import Saved
from corpus.vietnamese import fold, has_accents, new_tone, nfc, one_line, slug, syllables


def last(store, path: Path, commune: str | None = None):
    return list(ingest_file(store, path, commune))[-1]


def test_a_folder_is_walked_and_what_nobody_reads_is_passed_over(tmp_path):
    for name in ("b.txt", "a.md", "README.md", ".x.txt", "c.exe", "~$d.docx"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in files_under([tmp_path])] == ["a.md", "b.txt"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert all(isinstance(found, UnreadableFile) for found in files_under([empty, tmp_path / "none"]))


def test_a_plan_goes_to_the_commune_it_names(store, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    report = last(store, path)
    assert (report.saved, report.refusals) == (Saved(new=1), ())
    assert [commune.id for commune in store.communes()] == ["mau"]


def test_another_commune_is_warned_of_and_none_is_refused(store, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    assert "names Mẫu" in last(store, path, "dong-ha").warnings[0]
    path.write_text("KẾ HOẠCH\nTrồng cây\nI. MỘT\n1. Hai.\n", "utf-8")
    assert "--commune" in last(store, path).refusals[0]


def test_a_procedure_is_national_unless_a_commune_is_given(store, tmp_path):
    path = tmp_path / "thu-tuc.txt"
    path.write_text(EXPORT, "utf-8")
    last(store, path)
    last(store, path, "mau")
    assert store.counts() == {("national", "procedure"): 1, ("mau", "procedure"): 1}


def test_an_unreadable_file_is_one_refusal(store, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xff\xfe\x00")
    report = last(store, path)
    assert (report.saved, len(report.refusals)) == (Saved(), 1)


@pytest.mark.parametrize("name", ["An Tường", "national", "an_tuong", "", "an--tuong"])
def test_a_commune_id_is_lower_case_with_hyphens(name):
    with pytest.raises(UnknownCommune, match="an-tuong"):
        check_commune(name)


def test_a_good_commune_id_passes():
    assert check_commune("an-tuong") == "an-tuong"
    assert check_commune(None) is None


def test_a_guide_carries_its_phrasings_and_its_date():
    text = (
        "---\nTiêu đề: Nộp phí\nNgày: 01/07/2026\nCách hỏi:\n- nộp tiền ở đâu\n"
        "---\n# Nộp phí\nTại quầy.\n## Trực tuyến\n<!-- Cách hỏi: trả qua mạng; chuyển khoản -->\nQua cổng.\n"
    )
    guide = read_guide(text, "g.md")
    assert (guide.kind, guide.id, str(guide.issued_on)) == (DocumentKind.GUIDE, "huong-dan-nop-phi", "2026-07-01")
    assert guide.phrasings == ("nộp tiền ở đâu",)
    assert guide.sections[1].phrasings == ("trả qua mạng", "chuyển khoản")
    assert guide.sections[1].text == "Trực tuyến\nQua cổng."
    with pytest.raises(UnreadableFile, match="no date"):
        read_guide("---\nNgày: hôm nay\n---\n# A\nb", "g.md")
    with pytest.raises(UnreadableFile, match="no title"):
        read_guide("", "g.md")


def test_a_table_without_lines_is_told_by_its_header():
    rows = [
        ("STT", 10, "Nhiệm", 60, "vụ", 100, "Chủ", 250, "trì", 275),
        ("1", 12, "Trồng", 60, "cây", 98, "Phòng", 250, "Kinh", 285, "tế", 315),
        ("xanh", 60),
        ("2", 12, "Tưới", 60, "Tổ", 250, "dân", 268, "phố", 292),
    ]
    words = [
        Word(text, x, x + 7 * len(text), 20 * y, 20 * y + 10)
        for y, row in enumerate(rows)
        for text, x in zip(row[::2], row[1::2], strict=True)
    ]
    assert with_columns(words).lines == [
        "STT\tNhiệm vụ\tChủ trì",
        "1\tTrồng cây xanh\tPhòng Kinh tế",
        "2\tTưới\tTổ dân phố",
    ]


def test_letters_have_one_form():
    assert nfc("Hoa\u0300\u200b\x07") == "Hoà"
    assert fold("Đăng KÝ") == "dang ky"
    assert new_tone("hoà thuý quý") == "hòa thúy quý"
    assert syllables("Phí, lệ phí") == ["phí", "lệ", "phí"]
    assert one_line("a\n\tb") == "a b"
    assert slug("Phường An Tường") == "phuong-an-tuong"
    assert has_accents("à")
    assert not has_accents("a")
