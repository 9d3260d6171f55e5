"""A question to a plan says by its words what it is after."""

import pytest

from corpus.vietnamese import fold
from retrieval.cues import Cue, cues_in, subject_words
from retrieval.words import lexical_words

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
    ("Theo nghị quyết nào?", Cue.NUMBER),
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


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        ("Ai giữ chuyên mục hỏi đáp?", Cue.LEAD),
        ("Niêm yết do ai làm", Cue.LEAD),
        ("Dịch vụ công phải cung cấp mấy %?", Cue.FIGURE),
        ("Bao lâu đào tạo một lần?", Cue.DEADLINE),
        ("Loa phát vào quý nào?", Cue.DEADLINE),
        ("Ông A giữ chức gì?", Cue.SIGNER),
    ],
)
def test_the_same_is_asked_in_many_words(question: str, cue: Cue) -> None:
    assert cue in cues_in(question)


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        ("Phải ra văn bản gì?", Cue.LEAD),
        ("Kế hoạch nhắm tới ai?", Cue.LEAD),
        ("Tuyên truyền kết quả phát triển kinh tế", Cue.PRODUCT),
        ("Tiền lấy từ đâu ra?", Cue.PRODUCT),
        ("Tiền tuyên truyền nằm ở đâu?", Cue.MEANS),
        ("Số điện thoại đường dây nóng số mấy?", Cue.HEADER),
    ],
)
def test_what_only_sounds_alike_is_not_asked(question: str, cue: Cue) -> None:
    assert cue not in cues_in(question)


def test_the_subject_of_a_question_is_what_is_left_of_it_without_what_is_asked() -> None:
    assert subject_words(lexical_words("Đơn vị nào chủ trì cảnh báo lừa đảo?")) == {"canh", "lua", "dao"}
    assert subject_words(lexical_words("ai ký")) == frozenset()
