"""Whether a text says something, however it is spelled."""

import unicodedata

import pytest

from eval.measures.wording import holds, says, share_said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lệ phí: 8.000 đồng", "8000"),
        ("Lệ phí: 8000 đồng", "8.000 đồng"),
        ("1 500 000 đồng", "1.500.000 đồng"),
        ("trong 05 ngày làm việc", "5 ngày làm việc"),
        ("Tháng 1/2026", "tháng 01/2026"),
        ("Phòng Văn hoá – Xã hội", "phòng văn hóa - xã hội"),
        ("MIỄN LỆ PHÍ", "miễn lệ phí"),
        (unicodedata.normalize("NFD", "Giấy chứng sinh"), "giấy chứng sinh"),
        ("60/2023/TT-BTC", "60/2023/TT-BTC"),
    ],
)
def test_other_spellings_say_the_same(text: str, words: str):
    assert says(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("50.000 đồng", "0 đồng"),
        ("18 ngày", "8 ngày"),
        ("không miễn", "miễn phí"),
        ("1.001193", "1193"),
        ("", "60 ngày"),
    ],
)
def test_other_words_do_not(text: str, words: str):
    assert not says(text, words)


def test_facts_are_counted_one_by_one():
    assert share_said("60 ngày, 8.000 đồng", ["60 ngày", "8000 đồng", "miễn phí", "VNeID"]) == 0.5


def test_evidence_is_found_across_line_breaks_and_punctuation():
    assert holds("- Trong 60 ngày,\n  kể từ ngày sinh con", "trong 60 ngày kể từ ngày sinh con")
    assert not holds("trong 60 ngày kể từ", "trong 6 ngày")
    assert not holds("bất cứ gì", " .,;")
