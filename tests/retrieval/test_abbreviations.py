"""Abbreviations are spelled out where they stand alone, and nothing else is touched."""

import pytest

from corpus.vietnamese import nfc
from retrieval.abbreviations import ABBREVIATIONS, spelled_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TTHC của UBND phường", "thủ tục hành chính của ủy ban nhân dân phường"),
        ("làm cccd", "làm căn cước công dân"),
        ("(CCHC), HĐND;", "(cải cách hành chính), hội đồng nhân dân;"),
        ("dkkd", "đăng ký kinh doanh"),
        ("quyết định theo QĐ/TTHC", "quyết định theo quyết định/thủ tục hành chính"),
        ("vneid lv2", "vneid định danh điện tử mức độ 02"),
        ("chế độ TNXP, CCB", "chế độ thanh niên xung phong, cựu chiến binh"),
    ],
)
def test_an_abbreviation_is_written_in_full_whatever_its_case(typed: str, meant: str) -> None:
    assert spelled_out(typed) == meant


@pytest.mark.parametrize("text", ["", "xtthc", "mã H29.12", "905/QĐ-BNV", "đăng ký khai sinh", "😀"])
def test_what_is_no_abbreviation_stays_letter_for_letter(text: str) -> None:
    assert spelled_out(text) == text


def test_an_abbreviation_inside_a_word_is_left_alone() -> None:
    assert spelled_out("hdndx tpx") == "hdndx tpx"


def test_keys_are_lower_case_and_everything_is_in_one_unicode_form() -> None:
    wrong = [key for key, words in ABBREVIATIONS.items() if key != key.lower() or nfc(key + words) != key + words]
    assert wrong == []


def test_both_sides_of_the_search_meet_in_the_same_words() -> None:
    assert spelled_out("GPXD") == spelled_out("gpxd") == "giấy phép xây dựng"


def test_ai_in_capitals_is_no_who() -> None:
    assert spelled_out("Ứng dụng AI") == "Ứng dụng trí tuệ nhân tạo"
    assert spelled_out("ai ký") == "ai ký"
    assert spelled_out("AI KÝ KẾ HOẠCH") == "AI KÝ KẾ HOẠCH"
