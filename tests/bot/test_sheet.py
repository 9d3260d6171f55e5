"""A record says of each thing asked what it holds, and where it holds nothing it says so."""

from dataclasses import replace

import pytest

from bot import replies
from bot.aspects import Aspect
from bot.assemble import Parts
from bot.sheet import Statement, shares, shortened, statements
from corpus import portal
from corpus.procedure import Channel, DossierCase, DossierItem, Fee, FeeKind, FeeState, Procedure, TimeLimit


@pytest.fixture(scope="module")
def birth(parts: Parts) -> Procedure:
    procedure = parts.store.document("phuong-mau/tthc-1.001193").procedure
    assert procedure is not None
    return procedure


@pytest.fixture(scope="module")
def bare(birth: Procedure) -> Procedure:
    """A record in which nothing but name and code stands."""
    emptied = replace(birth, agencies=(), steps=(), dossier=(), channels=(), applicants=(), legal_bases=())
    return replace(emptied, level=None, competent_authority=None, receiving_place=None, result=None, conditions=None)


def said(procedure: Procedure, aspect: Aspect) -> Statement:
    (statement,) = statements(procedure, (aspect,))
    return statement


def channel(name: str, *fees: Fee, limit: str | None = None) -> Channel:
    return Channel(name, TimeLimit(limit), fees, None, "")


def amount(value: int, text: str | None = None) -> Fee:
    return Fee(FeeKind.LE_PHI, FeeState.AMOUNT, value, text)


def test_who_asks_for_nothing_in_particular_is_told_papers_place_time_and_fee(birth: Procedure) -> None:
    fields = [statement.field for statement in statements(birth, ())]
    assert fields == [portal.DOSSIER, portal.CHANNELS, portal.CHANNELS, portal.CHANNELS]


def test_papers_are_listed_with_their_copies_under_their_case(birth: Procedure) -> None:
    lines = said(birth, Aspect.DOSSIER).lines
    assert lines[0] == "Giấy tờ phải nộp:"
    assert "• Biên bản về trẻ bị bỏ rơi, nếu trẻ bị bỏ rơi (1 bản chính)" in lines


@pytest.mark.parametrize(
    ("fees", "text"),
    [
        ((amount(8000),), "8.000 đồng"),
        ((amount(1_250_000, "/trang"),), "1.250.000 đồng/trang"),
        ((amount(70_000, "cấp lại"),), "70.000 đồng (cấp lại)"),
        ((amount(2000), amount(5000)), "2.000 đồng; 5.000 đồng"),
        ((Fee(FeeKind.PHI, FeeState.FREE, None, "Miễn lệ phí"),), "Miễn lệ phí"),
        ((Fee(FeeKind.PHI, FeeState.NOT_PUBLISHED, None, None),), replies.FEE_NOT_PUBLISHED),
        ((Fee(FeeKind.PHI, FeeState.TEXT, None, "theo nghị quyết\ncủa tỉnh"),), "theo nghị quyết của tỉnh"),
        ((amount(70_000, "70.000 đồng/Giấy chứng nhận"),), "70.000 đồng/Giấy chứng nhận"),
        ((amount(5000, "thay vì 15.000 đồng"),), "5.000 đồng (thay vì 15.000 đồng)"),
        ((Fee(FeeKind.PHI, FeeState.TEXT, None, "- Lệ phí: 8.000 đồng."),), "Lệ phí: 8.000 đồng."),
        ((Fee(FeeKind.PHI, FeeState.TEXT, None, "10 VNĐ (/bản)"),), replies.FEE_DOUBTFUL.format(fee="10 VNĐ (/bản)")),
    ],
)
def test_a_fee_is_said_exactly_as_published(birth: Procedure, fees: tuple[Fee, ...], text: str) -> None:
    assert said(replace(birth, channels=(channel("Trực tiếp", *fees),)), Aspect.FEE).text == text


def test_channels_that_cost_the_same_are_told_once_and_others_apart(birth: Procedure) -> None:
    same = replace(birth, channels=(channel("Trực tiếp", amount(8000)), channel("Trực tuyến", amount(8000))))
    assert said(same, Aspect.FEE) == Statement("Phí, lệ phí", "8.000 đồng", portal.CHANNELS)
    apart = replace(birth, channels=(channel("Trực tiếp", amount(8000)), channel("Trực tuyến", amount(4000))))
    assert said(apart, Aspect.FEE).lines == ("• Trực tiếp: 8.000 đồng", "• Trực tuyến: 4.000 đồng")


def test_channels_that_say_the_same_share_a_line(birth: Procedure) -> None:
    channels = [
        channel(name, amount(fee)) for name, fee in (("Trực tiếp", 8000), ("Trực tuyến", 4000), ("Bưu chính", 8000))
    ]
    lines = said(replace(birth, channels=tuple(channels)), Aspect.FEE).lines
    assert lines == ("• Trực tiếp, Bưu chính: 8.000 đồng", "• Trực tuyến: 4.000 đồng")


def test_several_times_for_the_same_channels_stand_in_one_line(birth: Procedure) -> None:
    limits = [channel(name, limit=limit) for limit in ("2 ngày", "1 giờ") for name in ("Trực tiếp", "Trực tuyến")]
    assert said(replace(birth, channels=tuple(limits)), Aspect.TIME).text == "2 ngày; 1 giờ"


def test_no_channel_is_crowded_out_by_the_long_text_of_another(birth: Procedure) -> None:
    long = Fee(FeeKind.PHI, FeeState.TEXT, None, "Thu 10.000 đồng mỗi lần. " + "Nộp tại quầy khi nộp hồ sơ. " * 60)
    lines = said(
        replace(birth, channels=(channel("Trực tiếp", long), channel("Trực tuyến", amount(4000)))), Aspect.FEE
    ).lines
    assert lines[1] == "• Trực tuyến: 4.000 đồng"
    assert sum(map(len, lines)) <= 700


@pytest.mark.parametrize(
    ("wanted", "room", "given"),
    [([10, 10], 100, [10, 10]), ([10, 500], 100, [10, 90]), ([300, 300, 20], 100, [40, 40, 20]), ([], 5, [])],
)
def test_what_short_texts_leave_goes_to_the_long_ones(wanted: list[int], room: int, given: list[int]) -> None:
    assert shares(wanted, room) == given


def paper(text: str, originals: int | None = 1) -> DossierItem:
    return DossierItem(text, originals, 0, None)


def papers(procedure: Procedure, *cases: DossierCase) -> tuple[str, ...]:
    return said(replace(procedure, dossier=cases), Aspect.DOSSIER).lines


def test_the_form_that_the_portal_lists_under_a_remark_comes_first_and_the_remark_last(birth: Procedure) -> None:
    shown = DossierCase("Giấy tờ phải xuất trình", (paper("Hộ chiếu"),))
    remark = DossierCase("Lưu ý", (paper("Người tiếp nhận kiểm tra hồ sơ", 0), paper("Tờ khai đăng ký kết hôn")))
    assert papers(birth, shown, remark) == (
        "• Tờ khai đăng ký kết hôn (1 bản chính)",
        "Giấy tờ phải xuất trình:",
        "• Hộ chiếu (1 bản chính)",
        "Lưu ý:",
        "• Người tiếp nhận kiểm tra hồ sơ",
    )


def test_what_is_handed_in_comes_before_what_is_only_shown(birth: Procedure) -> None:
    shown = DossierCase("Giấy tờ phải xuất trình", (paper("Hộ chiếu"),))
    handed = DossierCase("Giấy tờ phải nộp", (paper("Giấy chứng sinh"),))
    assert papers(birth, shown, handed)[0] == "Giấy tờ phải nộp:"


def test_a_paper_is_listed_once_and_without_the_numbers_it_opens_with(birth: Procedure) -> None:
    twice = DossierCase(None, (paper("1.\tSổ bảo hiểm"), paper("(i)  Sổ   bảo hiểm;"), paper("- Đơn đề nghị")))
    assert papers(birth, twice) == ("• Sổ bảo hiểm (1 bản chính)", "• Đơn đề nghị (1 bản chính)")


def test_papers_of_the_only_case_are_for_all_though_it_is_named_after_a_particular_one(birth: Procedure) -> None:
    only = DossierCase("Trường hợp ủy quyền", (paper("Trường hợp ủy quyền cho tổ chức"), paper("Giấy đề nghị")))
    assert papers(birth, only) == (
        "• Giấy đề nghị (1 bản chính)",
        "Trường hợp ủy quyền:",
        "• Trường hợp ủy quyền cho tổ chức (1 bản chính)",
    )


def test_a_channel_without_a_time_limit_is_left_out_where_another_has_one(birth: Procedure) -> None:
    both = replace(birth, channels=(channel("Trực tiếp", limit="3 ngày làm việc"), channel("Trực tuyến")))
    assert said(both, Aspect.TIME).text == "3 ngày làm việc"


@pytest.mark.parametrize(
    ("aspect", "text"),
    [
        (Aspect.DOSSIER, replies.DOSSIER_NOT_PUBLISHED),
        (Aspect.FEE, replies.FEE_NOT_PUBLISHED),
        (Aspect.TIME, replies.TIME_NOT_PUBLISHED),
        (Aspect.PLACE, replies.PLACE_NOT_PUBLISHED),
        (Aspect.STEPS, replies.NOT_STATED),
        (Aspect.CONDITIONS, replies.NO_CONDITIONS),
        (Aspect.RESULT, replies.NOT_STATED),
        (Aspect.LEGAL, replies.NOT_STATED),
        (Aspect.APPLICANTS, replies.NOT_STATED),
        (Aspect.AGENCY, replies.NOT_STATED),
    ],
    ids=lambda value: value.value if isinstance(value, Aspect) else "",
)
def test_what_the_record_does_not_hold_is_said_to_be_missing(bare: Procedure, aspect: Aspect, text: str) -> None:
    statement = said(bare, aspect)
    assert statement.text == text
    assert statement.lines == ()


def test_online_is_said_only_where_the_record_has_that_channel(birth: Procedure, bare: Procedure) -> None:
    assert said(birth, Aspect.ONLINE).text == replies.ONLINE_YES
    counter = replace(birth, channels=(channel("Trực tiếp"),))
    assert said(counter, Aspect.ONLINE).text == "nguồn chỉ ghi: trực tiếp"
    assert replies.NOT_STATED in said(bare, Aspect.ONLINE).text


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Một câu.", 50, "Một câu."),
        ("Câu thứ nhất dài. Câu thứ hai dài hơn nhiều.", 30, "Câu thứ nhất dài."),
        ("một hai ba bốn năm sáu bảy", 15, "một hai ba bốn…"),
        ("xuống\n dòng", 50, "xuống dòng"),
        ("", 10, ""),
    ],
)
def test_a_text_is_cut_at_sentences_or_words(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short
    assert len(shortened(text, limit)) <= limit + 1
