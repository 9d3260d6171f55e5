"""What a question is wrapped in comes off; what it asks for stays."""

import pytest

from bot.courtesy import without_courtesy


@pytest.mark.parametrize(
    ("wrapped", "bare"),
    [
        ("Chào ad, khai tử có mất lệ phí không. Cảm ơn ạ", "khai tử có mất lệ phí không"),
        ("thưa cán bộ tôi muốn hỏi về thủ tục tách thửa", "thủ tục tách thửa"),
        ("Cháu ơi cho bà hỏi làm thẻ người cao tuổi ở đâu", "làm thẻ người cao tuổi ở đâu"),
        ("toi muon hoi ve thu tuc ket hon, em cam on nhieu", "thu tuc ket hon"),
        ("Câu hỏi: “lệ phí kết hôn?”", "lệ phí kết hôn?"),
        ("giúp tôi với nhà cháy rồi", "nhà cháy rồi"),
        ("Câu hỏi của tôi là: sang tên đồng hồ nước", "sang tên đồng hồ nước"),
        ("Câu 2: hello", "hello"),
        ("1) tách hộ khẩu cần gì", "tách hộ khẩu cần gì"),
        ("Dạ em chào anh chị ạ, giảm lệ phí thế nào", "giảm lệ phí thế nào"),
        ("Kính gửi UBND phường, tách thửa ở đâu. Xin trân trọng cảm ơn", "tách thửa ở đâu"),
        ("chào mọi người cho hỏi làm căn cước", "làm căn cước"),
    ],
)
def test_greeting_thanks_label_and_quotes_come_off(wrapped: str, bare: str) -> None:
    assert without_courtesy(wrapped) == bare


@pytest.mark.parametrize(
    "text",
    [
        "chào ad",
        "cảm ơn nhiều nhé",
        "hay quá, cảm ơn cháu nhiều lắm",
        "được rồi cám ơn em",
        "cho con đi học cần giấy gì",
        "chị em sinh đôi làm khai sinh",
        "xin giấy xác nhận",
        "chi phí xây nhà",
        "12 tuổi làm căn cước",
        "cô chào mời mua bảo hiểm có sao không",
        "kính gửi đơn ở đâu",
        "",
    ],
)
def test_what_belongs_to_the_question_stays(text: str) -> None:
    assert without_courtesy(text) == text


@pytest.mark.parametrize("sign", ["(", " ", "?!.", "😀", "_", "\n"])
def test_a_long_row_of_signs_is_left_as_it_is_at_once(sign: str) -> None:
    for text in (sign * 10_000, f"khai sinh {sign * 10_000}"):
        assert without_courtesy(text).strip() == text.strip()


def test_thanks_after_a_row_of_signs_come_off() -> None:
    assert without_courtesy("tách thửa ở đâu ... !!! cảm ơn ạ") == "tách thửa ở đâu"
