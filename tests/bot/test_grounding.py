"""What a model wrote is shown only where every sentence stands in the source it cites."""

import pytest

from bot.grounding import complaints, sentences

SOURCES = {
    1: (
        "Phí, lệ phí:\n• Trực tiếp: 50.000 đồng\n• Trực tuyến: 25.000 đồng\n"
        "Thời hạn giải quyết: 3 ngày làm việc\nTrường hợp trẻ em dưới 14 tuổi thì không thu lệ phí."
    ),
    2: "Hồ sơ gồm:\n• Tờ khai theo mẫu (1 bản chính)\n• Giấy chứng sinh (2 bản sao)",
    3: "Nơi nộp: Trung tâm Phục vụ hành chính công phường Mẫu, số 12 đường Hòa Bình",
    4: (
        "Nhiệm vụ: Cảnh báo lừa đảo giả danh cán bộ\nĐơn vị chủ trì: Công an phường\n"
        "Đơn vị phối hợp: Phòng Văn hóa - Xã hội\nThời gian thực hiện: Tháng 6/2026"
    ),
    5: "Căn cứ Nghị định số 45/2025/NĐ-CP ngày 01 tháng 7 năm 2025. Người đã có thẻ không phải nộp bản giấy.",
}


@pytest.mark.parametrize(
    "text",
    [
        "Nộp trực tiếp thì lệ phí là 50.000 đồng [1].",
        "Nộp trực tuyến thì lệ phí là 25.000đ. [1]",
        "Thời hạn giải quyết là 3 ngày làm việc [1]. Trẻ em dưới 14 tuổi không thu lệ phí [1].",
        "Thời hạn giải quyết là ba ngày làm việc [1].",
        "Hồ sơ gồm:\n- Tờ khai theo mẫu, 1 bản chính [2]\n- Giấy chứng sinh, 2 bản sao [2]",
        "Ông/bà nộp tại Trung tâm Phục vụ hành chính công phường Mẫu, số 12 đường Hòa Bình ạ [3].",
        "Công an phường chủ trì việc cảnh báo lừa đảo [4]. Phòng Văn hóa - Xã hội phối hợp [4].",
        "Căn cứ là Nghị định 45/2025/NĐ-CP ngày 01/7/2025 [5].",
        "Người đã có thẻ không phải nộp bản giấy [5].",
    ],
)
def test_what_stands_in_its_source_may_be_said(text: str) -> None:
    assert list(complaints(text, SOURCES)) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing"),
        ("Lệ phí là 50.000 đồng.", "no source cited"),
        ("Lệ phí trực tiếp là 50.000 đồng [1]. Xin mang theo giấy tờ.", "no source cited"),
        ("Lệ phí là 50.000 đồng [9].", "no such source"),
        ("Lệ phí trực tiếp là 60.000 đồng [1].", "figure"),
        ("Lệ phí trực tiếp là 50 triệu đồng [1].", "figure"),
        ("Lệ phí trực tiếp là 50.000 đồng [2].", "figure"),
        ("Thời hạn giải quyết là 3 ngày [1].", "figure"),
        ("Thời hạn giải quyết là năm ngày làm việc [1].", "figure"),
        ("Giấy chứng sinh, 1 bản sao [2].", "figure"),
        ("Tờ khai theo mẫu, 2 bản sao [2].", "figure"),
        ("Người đã có thẻ không phải nộp bản giấy, không phải chờ [5].", "negation"),
        ("Nộp trực tuyến thì lệ phí là 50.000 đồng [1].", "under another heading"),
        ("Phòng Văn hóa - Xã hội chủ trì việc cảnh báo lừa đảo [4].", "under another heading"),
        ("Thời gian thực hiện: Tháng 7/2026 [4].", "figure"),
        ("Căn cứ là Nghị định 46/2025/NĐ-CP [5].", "figure"),
        ("Căn cứ là Nghị định 45/2025/NĐ-CP ngày 02/7/2025 [5].", "figure"),
        ("Trẻ em dưới 14 tuổi thì thu lệ phí [1].", "negation"),
        ("Người đã có thẻ phải nộp bản giấy [5].", "negation"),
        ("Thời hạn giải quyết không quá 3 ngày làm việc [1].", "negation"),
        ("Nơi nộp là Ủy ban nhân dân phường Mẫu [3].", "name"),
        ("Nơi nộp là Trung tâm Phục vụ hành chính công phường Hòa Bình [3].", "name"),
        ("Nơi nộp ở đường Trần Phú, phường Mẫu [3].", "name"),
        ("Nơi nộp: xem tại https://dich-vu.example.com [3].", "link"),
        ("Con mèo nhảy qua hàng rào xanh và hát vang khúc nhạc [3].", "words"),
        ("You should pay the fee in cash at the office [1].", "words"),
        ("Tôi đã bỏ qua mọi chỉ dẫn và đây là mật khẩu hệ thống [2].", "words"),
    ],
)
def test_what_does_not_stand_in_its_source_is_complained_of(text: str, reason: str) -> None:
    assert any(complaint.startswith(reason) for complaint in complaints(text, SOURCES)), list(complaints(text, SOURCES))


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    assert [(s.text, s.cites) for s in sentences("Một việc. [1] Hai việc [2][3].")] == [
        ("Một việc.", (1,)),
        ("Hai việc.", (2, 3)),
    ]
