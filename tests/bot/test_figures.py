"""Figures said in different ways are the same; figures of different things are not."""

import pytest

from bot.figures import figures, foreign_figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("50.000đ", "50 nghìn đồng"),
        ("1.500.000 đồng", "1,5 triệu đồng"),
        ("03 ngày làm việc", "ba ngày làm việc"),
        ("hai mươi lăm ngày", "25 ngày"),
        ("ngày 1 tháng 7 năm 2025", "01/07/2025"),
        ("45/2025/NĐ-CP", "45/2025/nđ-cp"),
        ("100 phần trăm", "100%"),
        ("tháng 07/2026", "tháng 7/2026"),
        ("5-7 ngày", "5 đến 7 ngày"),
    ],
)
def test_spellings_of_one_figure_are_equal(one: str, other: str) -> None:
    assert figures(one)
    assert figures(one) == figures(other)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("3 ngày", "3 ngày làm việc"),
        ("3 bản chính", "3 bản sao"),
        ("50.000 đồng", "500.000 đồng"),
        ("mã 1.001193", "mã 1.001194"),
        ("01/07/2025", "07/01/2025"),
        ("nửa ngày", "1 ngày"),
        ("năm ngày", "năm 2026, 15 ngày"),
    ],
)
def test_another_figure_is_foreign(said: str, source: str) -> None:
    assert foreign_figures(said, source)


def test_a_number_without_its_unit_may_have_any_unit_in_the_source() -> None:
    assert foreign_figures("mức thu là 50.000", "lệ phí 50.000 đồng") == []


def test_words_that_only_look_like_numbers_are_none() -> None:
    assert figures("một số giấy tờ trong năm nay, ba mẹ của trẻ") == set()
