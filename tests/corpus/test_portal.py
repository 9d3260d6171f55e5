"""Procedures: fees, time limits, dossier, steps and what is only kept as text."""

import pytest
from formats import EXPORT, record

from corpus import glued, portal
from corpus.errors import BrokenRecord
from corpus.fees import read_fees, read_time_limit
from corpus.portal import is_national_code, read_record
from corpus.procedure import FeeKind, FeeState, OnlineService
from corpus.readers.export import export_fields, is_export
from corpus.record import procedure_document


@pytest.mark.parametrize(
    ("said", "state", "amount"),
    [
        ("0 VNĐ ()", FeeState.NOT_PUBLISHED, None),
        ("Không có thông tin", FeeState.NOT_PUBLISHED, None),
        ("", FeeState.NOT_PUBLISHED, None),
        ("0 VNĐ (Tàu bay)", FeeState.NOT_PUBLISHED, None),
        ("0 VNĐ (Miễn lệ phí.)", FeeState.FREE, None),
        ("Miễn phí", FeeState.FREE, None),
        ("Không thu phí (theo luật)", FeeState.FREE, None),
        ("Miễn lệ phí cho người thuộc hộ nghèo", FeeState.TEXT, None),
        ("Miễn phí đối với: người cao tuổi", FeeState.TEXT, None),
        ("0 VNĐ (Không)", FeeState.TEXT, None),
        ("0 VNĐ (Theo quy định của tỉnh)", FeeState.TEXT, None),
        ("20 VNĐ (20.000 đ/tờ khai)", FeeState.TEXT, None),
        ("500 VNĐ (/trang)", FeeState.TEXT, None),
        ("8.000 VNĐ (một bản)", FeeState.AMOUNT, 8000),
        ("2,000 Việt Nam Đồng(/trang)", FeeState.AMOUNT, 2000),
        ("10 USD(/bản)", FeeState.TEXT, None),
    ],
)
def test_a_fee_never_says_more_than_the_source(said, state, amount):
    (fee,) = read_fees("Phí, lệ phí", said)
    assert (fee.state, fee.amount) == (state, amount)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("10 VNĐ (10USD/giấy)", "10USD/giấy"),
        ("1 VNĐ (Theo quy định của Luật phí và lệ phí)", "Theo quy định của Luật phí và lệ phí"),
        ("20 VNĐ (20.000 đ/tờ khai)", "20.000 đ/tờ khai"),
        ("5 VNĐ (Đăng ký khai sinh)", "5 VNĐ (Đăng ký khai sinh)"),
    ],
)
def test_a_figure_that_lost_its_unit_is_not_said_where_the_text_says_it_whole(said, text):
    assert read_fees("Phí", said)[0].text == text


def test_phi_and_le_phi_are_two_things():
    assert read_fees("Lệ phí", "20000 VNĐ ()")[0].kind is FeeKind.LE_PHI
    assert read_fees("Phí, lệ phí", "20000 VNĐ (Phí thẩm định)")[0].kind is FeeKind.PHI
    assert read_fees("Phí, lệ phí", "20000 VNĐ (phí và lệ phí)")[0].kind is FeeKind.PHI_LE_PHI
    assert [fee.amount for fee in read_fees("Phí", "1000 VNĐ () | 2000 VNĐ ()")] == [1000, 2000]


@pytest.mark.parametrize(
    ("said", "text", "amount"),
    [
        ("3 WORKING_DAY", "3 ngày làm việc", 3),
        ("0.5 HOUR", "0.5 giờ", None),
        ("30 ngày", "30 ngày", 30),
        ("05 ngày làm việc.", "05 ngày làm việc", 5),
        ("1 OTHER", None, None),
        ("1", None, None),
        ("0 WORKING_DAY", None, None),
        (" OTHER", None, None),
        ("Theo mô tả OTHER", None, None),
        ("Không quá 10 ngày OTHER", "Không quá 10 ngày", None),
        ("", None, None),
    ],
)
def test_a_time_limit_is_translated_or_left_unknown(said, text, amount):
    limit = read_time_limit(said)
    assert (limit.text, limit.amount) == (text, amount)


def procedure(**fields):
    return read_record({**record(), **fields})


def test_where_the_code_says_other_the_note_tells_the_time_limit():
    block = (
        "* Hình thức nộp: DIRECT\n Thời hạn giải quyết:  OTHER\n"
        " Phí: Không có thông tin\n Mô tả: Nộp tại xã.\n- Không quá 08 ngày."
    )
    (channel,) = procedure(**{portal.CHANNELS: block}).channels
    assert channel.time_limit.text == "- Không quá 08 ngày."


def test_a_label_inside_the_note_is_no_field():
    block = (
        "* Hình thức nộp: POSTAL\n Thời hạn giải quyết: 2 WORKING_DAY\n"
        " Mô tả: Gửi thư\nThời hạn giải quyết: 2 ngày làm việc."
    )
    (channel,) = procedure(**{portal.CHANNELS: block}).channels
    assert (channel.name, channel.time_limit.text) == ("Dịch vụ bưu chính", "2 ngày làm việc")
    assert channel.note == "Gửi thư\nThời hạn giải quyết: 2 ngày làm việc."


def test_channels_that_cannot_be_cut_are_kept_as_text_and_flagged():
    found = procedure(**{portal.CHANNELS: "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến38,000 VNĐ"})
    assert found.channels == ()
    assert any("dính ô" in doubt for doubt in found.doubts)


def test_a_fee_that_lost_its_thousands_is_flagged():
    found = procedure(**{portal.CHANNELS: "* Hình thức nộp: DIRECT\n Phí: 20 VNĐ (20.000 đ)"})
    assert any("phần nghìn" in doubt for doubt in found.doubts)


def test_dossier_items_stand_under_their_case_with_copies_and_form():
    text = (
        "[ * Cấp mới: ]\n - Đơn theo mẫu số 01/CX\n"
        "  Số lượng: Bản chính: 1, Bản sao: 2\n[ Cấp lại ]\n - Đơn\n Số lượng: Bản chính: 1, Bản sao: 0"
    )
    first, second = procedure(**{portal.DOSSIER: text}).dossier
    assert (first.name, second.name) == ("Cấp mới", "Cấp lại")
    assert (first.items[0].originals, first.items[0].copies, first.items[0].form) == (1, 2, "mẫu số 01/CX")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Bước 1: a\nchi tiết\nBước 2: b", 2),
        ("- a\n+ a1\n+ a2\n- b", 2),
        ("một\nhai\nba", 3),
        ("1. a\n- x\n2. b", 2),
    ],
)
def test_steps_follow_the_outer_numbering_of_the_source(text, count):
    assert len(procedure(**{portal.STEPS: text}).steps) == count


def test_lists_are_cut_at_the_right_commas():
    found = procedure(
        **{
            portal.APPLICANTS: "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
            portal.AGENCY: "Sở Nội vụ, Sở Văn hóa, Thể thao và Du lịch",
            portal.LEGAL_BASES: "* Quy định (Thông tư số 1/2020/TT-BTC)\n* Luật số 2/2020/QH14 về cây",
        }
    )
    assert found.applicants == ("Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)")
    assert found.agencies == ("Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch")
    assert [basis.number for basis in found.legal_bases] == ["1/2020/TT-BTC", "2/2020/QH14"]


def test_the_online_level_is_said_or_unknown():
    said = {"Mức độ cung cấp dịch vụ công trực tuyến": "Toàn trình"}
    assert procedure(**said).online is OnlineService.TOAN_TRINH
    assert procedure(**{portal.STEPS: "Nộp một phần diện tích"}).online is OnlineService.UNKNOWN
    assert procedure(**{portal.STEPS: "Dịch vụ công trực tuyến một phần"}).online is OnlineService.MOT_PHAN


def test_a_record_without_code_or_name_is_broken():
    with pytest.raises(BrokenRecord, match="procedure code"):
        procedure(**{portal.CODE: "abc"})
    with pytest.raises(BrokenRecord, match=portal.NAME):
        procedure(**{portal.NAME: " "})
    with pytest.raises(BrokenRecord, match="no date"):
        procedure_document({**record(), "Ngày dữ liệu": "31/01/2026"})


def test_a_departments_own_code_is_no_national_one():
    assert is_national_code("1.001193")
    assert not is_national_code("QT 01/CX-HCTP")
    document = procedure_document({**record(), portal.CODE: "QT 01/CX-HCTP"})
    assert document.id == "quy-trinh-qt-01-cx-hctp-doi-giay-phep-trong-cay-mau"


def test_the_text_export_gives_every_field():
    lines = EXPORT.split("\n")
    assert is_export(lines)
    found = read_record(export_fields(lines))
    assert (found.code, found.level, found.result) == ("9.000001", "Cấp Xã", "Giấy phép")
    assert (len(found.steps), found.conditions) == (2, None)
    assert [channel.time_limit.text for channel in found.channels] == ["3 ngày làm việc", "Trả trong 02 ngày làm việc."]


def test_glued_cells_are_left_alone_where_they_are_not_certain():
    assert glued.dossier("không có bảng") is None
    assert glued.dossier("Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn không có số") is None
    assert glued.legal_bases("Tên văn bản pháp lýMã văn bảnkhông số") is None
    assert glued.channels("Hình thức nộpThời gianPhí, lệ phíMô tả") is None
    note = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp2 ngàyMiễn phí(a (b) c)Nộp tại xã"
    assert (
        glued.channels(note)
        == "* Hình thức nộp: Trực tiếp\nThời gian: 2 ngày\nPhí, lệ phí: Miễn phí (a (b) c)\nMô tả: Nộp tại xã"
    )
