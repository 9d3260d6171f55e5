"""A record's province: only real ones count."""

import pytest

from corpus.provinces import PROVINCES, known_province


def test_all_provinces_of_before_and_after_the_merger_are_known() -> None:
    assert len(PROVINCES) == 64  # the 63 of before, Huế once under each of its names


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Trung tâm Phục vụ hành chính công tỉnh Bắc Ninh", "bac ninh"),
        ("UBND thành phố Hải Phòng; Chủ tịch UBND xã", "hai phong"),
        ("Sở Xây dựng TP. Hồ Chí Minh", "ho chi minh"),
        ("tỉnh Thừa Thiên Huế", "thua thien hue"),
        ("Công an tỉnh, thành phố trực thuộc Trung ương", None),
        ("thực hiện tại cấp tỉnh Bộ phận một cửa", None),
        ("", None),
    ],
)
def test_a_province_is_named_behind_its_kind(text: str, province: str | None) -> None:
    assert known_province(text) == province
