"""Labels of the web pages in Vietnamese and English. Texts from documents always stay as they were published."""

from enum import StrEnum


class Language(StrEnum):
    """Languages of the labels."""

    VI = "vi"
    EN = "en"


_WORDS = {
    "ask": ("Hỏi đáp", "Ask"),
    "procedures": ("Tra cứu thủ tục", "Procedures"),
    "tasks": ("Phòng nào làm gì", "Who does what"),
    "tagline": (
        "Hỏi về thủ tục hành chính và kế hoạch của phường, xã. Câu trả lời có dẫn nguồn.",
        "Ask about administrative procedures and the ward’s plans. Answers name their sources.",
    ),
    "other": ("English", "Tiếng Việt"),
    "skip": ("Đến nội dung chính", "Skip to main content"),
    "main_menu": ("Mục chính", "Main menu"),
    "notice": (
        (
            "Trợ lý trí tuệ nhân tạo (AI), không phải cán bộ. Thông tin để tham khảo; cơ quan có "
            "thẩm quyền quyết định hồ sơ."
        ),
        "An AI assistant, not an officer. For reference only; the competent office decides.",
    ),
    "no_script": (
        "Trang hỏi đáp cần JavaScript. Không có JavaScript, ông/bà vẫn tra cứu được:",
        "The chat needs JavaScript. Without it you can still look things up:",
    ),
    "quote": ("Nguyên văn được trích dẫn", "Cited text"),
    "document": ("Văn bản", "Document"),
    "place": ("Vị trí trong văn bản", "Place in the document"),
    "before": ("Phần ngay trước", "Just before"),
    "after": ("Phần ngay sau", "Just after"),
    "number": ("Số, ký hiệu", "Number"),
    "issued": ("Ngày ban hành", "Issued on"),
    "issuer": ("Cơ quan ban hành", "Issued by"),
    "signer": ("Người ký", "Signed by"),
    "as_of": ("Dữ liệu ngày", "Data as of"),
    "read_on": ("Đưa vào hệ thống", "Added on"),
    "validity": ("Hiệu lực", "Validity"),
    "newer": ("Xem nội dung thay thế ở bản mới", "See the text that replaced it"),
    "original": ("Mở văn bản gốc", "Open the original"),
    "portal": ("Tra mã {code} trên Cổng Dịch vụ công quốc gia", "Look up {code} on the National Public Service Portal"),
    "portal_home": ("Cổng Dịch vụ công quốc gia", "National Public Service Portal"),
    "whole_sheet": ("Xem toàn bộ thủ tục", "See the whole procedure"),
    "print": ("In trang này bằng lệnh In của trình duyệt.", "Use your browser’s Print command to print this page."),
    "search_label": ("Ông/bà cần làm việc gì?", "What do you need to do?"),
    "search_hint": (
        "Gõ có dấu hay không dấu đều được, ví dụ: khai sinh, cap lai can cuoc",
        "With or without accents, e.g. khai sinh, cap lai can cuoc",
    ),
    "search": ("Tìm", "Search"),
    "sector": ("Lĩnh vực", "Field"),
    "level": ("Cấp thực hiện", "Level"),
    "any": ("Tất cả", "All"),
    "filters": ("Lọc theo lĩnh vực, cấp, phường xã", "Filter by field, level, ward"),
    "choose": ("Chọn", "Choose"),
    "read_as": ("Hiểu là", "Read as"),
    "commune": ("Phường, xã", "Ward"),
    "country": ("Cả nước (thủ tục chung)", "Whole country"),
    "found": ("Có {count} thủ tục", "{count} procedures"),
    "found_tasks": ("Có {count} nhiệm vụ", "{count} tasks"),
    "nothing": (
        ("Không tìm thấy. Ông/bà thử gõ ít chữ hơn, hoặc hỏi ở trang Hỏi đáp, hoặc gọi tổng đài 18001096."),
        "Nothing found. Try fewer words, use the chat, or call 18001096.",
    ),
    "next": ("Trang sau", "Next page"),
    "previous": ("Trang trước", "Previous page"),
    "pages": ("Các trang", "Pages"),
    "by_sector": ("Xem theo lĩnh vực", "By field"),
    "dossier": ("Hồ sơ cần nộp", "Papers to hand in"),
    "paper": ("Giấy tờ", "Paper"),
    "originals": ("Bản chính", "Originals"),
    "copies": ("Bản sao", "Copies"),
    "form": ("Mẫu", "Form"),
    "channels": ("Cách nộp, thời hạn và phí", "How, how long, how much"),
    "way": ("Cách nộp", "Way"),
    "time": ("Thời hạn giải quyết", "Time limit"),
    "fee": ("Phí, lệ phí", "Fees"),
    "steps": ("Trình tự thực hiện", "Steps"),
    "applicants": ("Đối tượng thực hiện", "Who may apply"),
    "agency": ("Cơ quan thực hiện", "Office in charge"),
    "receiving": ("Nơi tiếp nhận", "Where to hand in"),
    "result": ("Kết quả", "Result"),
    "conditions": ("Yêu cầu, điều kiện", "Conditions"),
    "legal": ("Căn cứ pháp lý", "Legal bases"),
    "source": ("nguồn", "source"),
    "decision": ("Quyết định công bố", "Decision"),
    "code": ("Mã thủ tục", "Code"),
    "online": ("Mức độ trực tuyến", "Online service"),
    "unit": ("Đơn vị", "Office"),
    "role": ("Vai trò", "Role"),
    "lead": ("Chủ trì", "Lead"),
    "coordinating": ("Phối hợp", "Coordinating"),
    "any_role": ("Chủ trì hoặc phối hợp", "Lead or coordinating"),
    "words": ("Chữ trong nhiệm vụ", "Words in the task"),
    "filter": ("Lọc", "Filter"),
    "task": ("Nhiệm vụ", "Task"),
    "deadline": ("Thời gian", "Deadline"),
    "product": ("Kết quả, sản phẩm", "Product"),
    "download": ("Tải về", "Download"),
    "missing_title": ("Không mở được trang này", "This page cannot be opened"),
    "missing": (
        "Trang không còn hoặc địa chỉ chưa đúng. Ông/bà thử tìm lại, hoặc gọi tổng đài 18001096.",
        "The page is gone or its address is wrong. Please search again or call 18001096.",
    ),
    "trouble": (
        "Hệ thống đang gặp trục trặc. Ông/bà thử lại sau ít phút hoặc gọi tổng đài 18001096.",
        "Something went wrong. Please try again in a few minutes or call 18001096.",
    ),
    "doubts": (
        "Phần máy đọc chưa chắc; xin đối chiếu bản gốc.",
        "Read by machine with some doubt; please check the original.",
    ),
}
LABELS = {
    Language.VI: {name: words[0] for name, words in _WORDS.items()},
    Language.EN: {name: words[1] for name, words in _WORDS.items()},
}
