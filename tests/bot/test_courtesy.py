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
    ],
)
def test_greeting_thanks_label_and_quotes_come_off(wrapped: str, bare: str) -> None:
    assert without_courtesy(wrapped) == bare


@pytest.mark.parametrize(
    "text",
    [
        "chào ad",
        "cảm ơn nhiều nhé",
        "cho con đi học cần giấy gì",
        "chị em sinh đôi làm khai sinh",
        "xin giấy xác nhận",
        "chi phí xây nhà",
        "",
    ],
)
def test_what_belongs_to_the_question_stays(text: str) -> None:
    assert without_courtesy(text) == text
