"""Personal data is masked before anything else happens; codes and document numbers stay."""

import pytest

from bot.privacy import masked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("gọi 0912345678 nhé", "gọi [số điện thoại] nhé"),
        ("0912 345 678", "[số điện thoại]"),
        ("+84 912.345.678", "[số điện thoại]"),
        ("căn cước 079123456789", "căn cước [số căn cước]"),
        ("079 123 456 789", "[số căn cước]"),
        ("cccd:079.123.456.789,", "cccd:[số căn cước],"),
        ("CMND 024123456", "CMND [số chứng minh]"),
        ("gửi an.nguyen+1@mau.example.vn", "gửi [thư điện tử]"),
        ("stk 1234567890123", "stk [số tài khoản]"),
        ("hồ sơ H29.12.34-250101-0001", "hồ sơ [mã hồ sơ]"),
        ("h29.12-250625-0005", "[mã hồ sơ]"),
    ],
)
def test_personal_data_is_masked(typed: str, shown: str) -> None:
    assert masked(typed) == (shown, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.001193",
        "thủ tục 2.002192, 1.013225 và 1.004194.",
        "110/QĐ-UBND ngày 22/12/2025",
        "123/2015/NĐ-CP",
        "281/2016/TT-BTC",
        "18001096",
        "19000368",
        "10.000.000 đồng",
        "từ 7 giờ 30 đến 11 giờ 30",
        "tháng 10/2026",
        "số 1 đường Mẫu",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert masked(text) == (text, False)


def test_everything_in_one_message_is_masked() -> None:
    text, found = masked("Tôi là A, 079123456789, sđt 0912345678, a@b.vn, hồ sơ H29.12-250625-0005, thủ tục 1.001193")
    assert found
    assert text == "Tôi là A, [số căn cước], sđt [số điện thoại], [thư điện tử], hồ sơ [mã hồ sơ], thủ tục 1.001193"


def test_masking_twice_changes_nothing_more() -> None:
    once, _ = masked("079123456789 0912345678 a@b.vn")
    assert masked(once) == (once, False)


def test_a_card_number_in_groups_is_masked_to_its_end() -> None:
    assert masked("thẻ 9704 1234 5678 9012") == ("thẻ [số tài khoản]", True)


def test_a_procedure_code_in_its_full_form_stays() -> None:
    assert masked("thủ tục 1.001193.000.00.00.H29") == ("thủ tục 1.001193.000.00.00.H29", False)


def test_a_file_code_that_begins_with_figures_is_masked() -> None:
    assert masked("hồ sơ 000.00.16.H29-250101-0001") == ("hồ sơ [mã hồ sơ]", True)
