import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.splitting import split, units, within


def test_a_short_text_stays_whole() -> None:
    assert split("Lệ phí: miễn. [1]", 2000) == ("Lệ phí: miễn. [1]",)


def test_length_is_counted_in_utf16_units() -> None:
    assert units("👍") == 2
    assert len(split("👍" * 1001, 2000)) == 2
    assert all(units(part) <= 2000 for part in split("👍" * 5000, 2000))


def test_a_text_is_cut_between_sentences() -> None:
    text = " ".join(f"Câu số {number} nói về hồ sơ và lệ phí." for number in range(60))
    parts = split(text, 500)
    assert len(parts) > 3
    assert all(part.endswith(".") for part in parts)
    assert " ".join(parts) == text


def test_a_mark_stays_with_its_sentence() -> None:
    text = " ".join(f"Nội dung thứ {number} của hồ sơ. [{number}]" for number in range(1, 80))
    for limit in range(200, 320):
        for part in split(text, limit):
            assert re.search(r"\[\d+\]$", part), part
            assert not part.startswith("[")


def test_a_line_that_names_a_source_is_never_cut() -> None:
    source = "[1] Đăng ký khai sinh, Lệ phí, https://phuongmau.gov.vn/c/" + "a" * 150
    parts = split("\n".join(["Dài. " * 60, source, "Dài. " * 60]), 330)
    assert any(source in part for part in parts)


def test_what_does_not_fit_the_room_says_where_the_rest_is() -> None:
    parts = split("Một câu dài vừa phải. " * 60, 300)
    kept = within(parts, 2, "… Xem nguồn.", 300)
    assert len(kept) == 2
    assert kept[1].endswith("… Xem nguồn.")
    assert all(units(part) <= 300 for part in kept)
    assert within(parts, None, "…", 300) == parts


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aàđ .!?\n👍[1]:/h", max_size=900), st.integers(60, 200))
def test_no_part_is_longer_than_the_limit_and_no_word_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_an_empty_text_is_no_reason_to_fail(text: str) -> None:
    assert split(text, 100) == (text,)
