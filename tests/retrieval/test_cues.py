"""A question to a plan says by its words what it is after."""

import pytest

from corpus.vietnamese import fold
from retrieval.cues import Cue, cues_in

ASKED = [
    ("Đơn vị nào chủ trì tập huấn?", Cue.LEAD),
    ("Cơ quan nào phối hợp khảo sát?", Cue.COORDINATING),
    ("Bao giờ phải xong tờ gấp?", Cue.DEADLINE),
    ("Sản phẩm của nhiệm vụ này là gì?", Cue.PRODUCT),
    ("Ai ký kế hoạch?", Cue.SIGNER),
    ("Kế hoạch số mấy?", Cue.HEADER),
    ("Kế hoạch căn cứ vào đâu?", Cue.BASIS),
    ("Kế hoạch gửi cho những cơ quan nào?", Cue.RECIPIENTS),
    ("Kinh phí lấy ở đâu?", Cue.BUDGET),
    ("Mục đích của kế hoạch là gì?", Cue.PURPOSE),
    ("Đối tượng tuyên truyền là ai?", Cue.AUDIENCE),
    ("Tuyên truyền bằng hình thức nào?", Cue.MEANS),
    ("Nội dung gồm những gì?", Cue.CONTENT),
    ("Yêu cầu đặt ra thế nào?", Cue.DEMANDS),
    ("Chỉ tiêu hồ sơ trực tuyến?", Cue.TARGETS),
    ("Phải đạt bao nhiêu phần trăm?", Cue.FIGURE),
    ("Văn phòng phải làm gì?", Cue.DUTY),
    ("Kế hoạch tuyên truyền năm nay?", Cue.PLAN),
]


@pytest.mark.parametrize(("question", "cue"), ASKED, ids=[cue.value for _, cue in ASKED])
def test_a_question_shows_its_cue_with_and_without_accents(question: str, cue: Cue) -> None:
    assert cue in cues_in(question)
    assert cue in cues_in(fold(question))


def test_every_cue_has_an_example_here() -> None:
    assert {cue for _, cue in ASKED} == set(Cue)


def test_one_question_can_be_after_several_things() -> None:
    assert {Cue.LEAD, Cue.DEADLINE} <= cues_in("ai chủ trì và bao giờ xong")


@pytest.mark.parametrize("text", ["", "😀", "đăng ký khai sinh", "xin chào"])
def test_what_asks_for_none_of_these_has_no_cue(text: str) -> None:
    assert cues_in(text) == frozenset()


def test_a_cue_is_a_word_and_not_a_piece_of_one() -> None:
    assert Cue.SIGNER not in cues_in("đăng ai kỳx")
    assert Cue.COORDINATING not in cues_in("phối hợpx")
