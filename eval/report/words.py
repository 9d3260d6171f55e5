"""What the report calls things, in plain Vietnamese."""

from eval.scoring import Fault

STATUSES = {
    "answered": "Trả lời",
    "clarify": "Hỏi lại",
    "no_answer": "Nói không có",
    "out_of_scope": "Ngoài phạm vi",
    "emergency": "Khẩn cấp",
    "greeting": "Chào hỏi",
    "refused": "Từ chối",
    "error": "Lỗi",
    "any": "Cách nào cũng được",
}
VARIANTS = {
    "plain": "Nguyên văn",
    "no_accents": "Không dấu",
    "half_accents": "Nửa có dấu",
    "typo": "Gõ sai một chữ",
    "teen_code": "Viết tắt, teencode",
    "small_talk": "Kèm lời chào hỏi",
}
MEASURES = {
    "whole": "Đúng hoàn toàn",
    "status": "Đúng cách xử lý",
    "right": "Đúng thủ tục, đúng chỗ",
    "first": "Tìm đúng ngay dòng đầu",
    "first_three": "… trong 3 dòng đầu",
    "first_five": "… trong 5 dòng đầu",
    "first_ten": "… trong 10 dòng đầu",
    "reciprocal_rank": "Thứ hạng nghịch đảo (MRR)",
    "ndcg10": "nDCG@10",
    "facts": "Đủ điều phải nói",
    "evidence": "Dẫn đúng đoạn nguồn",
    "offer": "Gợi ý đúng lựa chọn",
    "clean": "Không nói điều cấm",
    "grounded": "Không bịa con số",
    "citations": "Trích dẫn đỡ được câu nói",
    "length": "Độ dài trả lời (chữ cái)",
}
FAULTS = {
    Fault.FORBIDDEN: "Nói điều không được nói",
    Fault.ERROR: "Báo lỗi",
    Fault.INVENTED: "Có con số không thấy trong nguồn",
    Fault.STATUS: "Sai cách xử lý",
    Fault.WRONG: "Sai thủ tục hoặc sai chỗ",
    Fault.FACTS: "Thiếu điều phải nói",
    Fault.EVIDENCE: "Không dẫn đoạn nguồn cần dẫn",
    Fault.OFFER: "Không gợi ý lựa chọn đúng",
    Fault.UNSUPPORTED: "Trích dẫn không đỡ được câu nói",
}
STEPS = {
    "total": "Cả câu",
    "mask": "Che dữ liệu riêng",
    "choose": "Nhận lựa chọn",
    "route": "Phân loại",
    "resolve": "Hiểu câu hỏi tiếp",
    "search": "Tìm kiếm",
    "decide": "Quyết định",
    "compose": "Soạn trả lời",
}
EXPLAINED = {
    "Đúng cách xử lý": (
        "Trợ lý trả lời khi cần trả lời, hỏi lại khi câu hỏi chưa rõ, từ chối hoặc chỉ sang nơi khác khi phải thế."
    ),
    "Đúng thủ tục, đúng chỗ": (
        "Câu trả lời nói về đúng thủ tục, hoặc dẫn đúng phần của văn bản, mà người soạn bộ câu hỏi đã ghi."
    ),
    "Tìm đúng ngay dòng đầu": "Riêng phần tìm kiếm: kết quả đứng đầu là kết quả đúng.",
    "Đủ điều phải nói": "Phần các điều bắt buộc (mức phí, thời hạn, đơn vị…) có mặt trong câu trả lời.",
    "Không nói điều cấm": (
        "Câu trả lời không chứa điều không được nói, như “miễn phí” khi nguồn chưa công bố mức thu."
    ),
    "Không bịa con số": "Mọi con số trong câu trả lời đều có trong đoạn nguồn được dẫn.",
    "Trích dẫn đỡ được câu nói": (
        "Đoạn nguồn chứa phần lớn các chữ và mọi con số của câu dẫn nó; máy so, có thể khắt khe."
    ),
    "Khoảng tin cậy 95 %": (
        "Hỏi một bộ câu khác cùng loại thì kết quả nhiều khả năng nằm trong khoảng này; ít câu thì khoảng rộng."
    ),
    "Độ tin cậy": ("Điểm mà trợ lý tự chấm so với tỷ lệ đúng thật; càng sát đường chéo thì điểm càng đáng tin."),
}
MADE_WITH = {
    "set": "Bộ câu hỏi",
    "corpus": "Tài liệu",
    "index": "Chỉ mục",
    "code": "Chương trình",
    "configuration": "Cấu hình",
    "versions": "Phiên bản",
    "server": "Máy chủ",
}


def percent(value: float) -> str:
    """0.9312 -> "93,1 %", the Vietnamese way; a whole share without a decimal."""
    return f"{value * 100:.1f}".rstrip("0").rstrip(".").replace(".", ",") + "\u00a0%"


def amount(name: str, value: float) -> str:
    """A measure's value: a share as percent, a length as a number."""
    return f"{value:.0f}" if name == "length" else percent(value)


def points(value: float) -> str:
    """A difference of shares in points: -0.012 -> "−1,2"."""
    text = f"{abs(value) * 100:.1f}".replace(".", ",")
    return text if text == "0,0" else f"{'+' if value > 0 else '−'}{text}"


def milliseconds(value: float) -> str:
    """ "12 ms", "1,3 giây"."""
    if value >= 1000:
        return f"{value / 1000:.1f}\u00a0giây".replace(".", ",")
    return f"{value:.0f}\u00a0ms" if value >= 10 else f"{value:.1f}\u00a0ms".replace(".", ",")
