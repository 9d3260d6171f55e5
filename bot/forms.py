"""The forms in which one matter comes: new, again, exchanged, extended, corrected, ended, with a foreigner…

A procedure's name says by a few words which form it is; citizens say the same in their own words ("hết hạn", "làm rơi
mất", "chồng là người Úc"). One small vocabulary for both, read with accents: "dừng" is not "dùng", "đổi" not "đời".
"""

import re
from enum import StrEnum
from functools import lru_cache

from corpus.vietnamese import new_tone, syllables


class Form(StrEnum):
    """What a procedure does with the matter that its name tells; a plain name has none of them."""

    AGAIN = "cấp lại, đăng ký lại"
    COPY = "bản sao, trích lục"
    EXCHANGE = "đổi"
    EXTEND = "gia hạn"
    CHANGE = "thay đổi, cải chính"
    PAUSE = "tạm ngừng"
    END = "chấm dứt, xóa"
    MOVE = "chuyển nơi"
    FOREIGN = "có yếu tố nước ngoài"


_NAMED = {
    Form.AGAIN: r"(?:cấp|đăng ký|bổ nhiệm|in|ký) lại|báo mất|bị mất",
    Form.COPY: r"bản sao|trích lục|sao lục",
    Form.EXCHANGE: r"cấp đổi|(?<!thay )(?<!chuyển )(?<!trao )đổi(?= (?:cấp|giấy|thẻ|bằng|chứng|sổ|phiếu|sang))",
    Form.EXTEND: r"gia hạn|kéo dài",
    Form.CHANGE: r"thay đổi|cải chính|điều chỉnh|đính chính|chỉnh sửa|sửa đổi|hiệu đính|bổ sung|cập nhật|đổi tên|chuyển đổi",
    Form.PAUSE: r"tạm (?:ngừng|ngưng|dừng|đình chỉ)",
    Form.END: r"chấm dứt|giải thể|xóa|hủy|thôi (?:hưởng|quốc|làm)|thu hồi|miễn nhiệm|đóng cửa|(?<!tạm )dừng",
    Form.MOVE: r"di chuyển|chuyển (?:nơi|đi|đến|hưởng|trường|hồ sơ)",
    Form.FOREIGN: r"nước ngoài",
}  # fmt: skip
_THING = r"(?:giấy|thẻ|sổ|bằng|biển|căn cước|cccd|cmnd|hộ chiếu|passport|tờ|tấm|cái|bản|chứng|phép|con dấu)"
_ABROAD = (
    r"(?:nước (?:ngoài|khác|bạn)|mỹ(?! tho| đình| xuyên| lộc)|pháp|đức|úc|nhật|hàn|hàn quốc|trung quốc|đài loan|thái|thái lan|lào|campuchia|nga|canada|singapore|malaysia"
    r"|philippines|ấn độ|tây|châu âu)"
)
_ASKED = {
    Form.AGAIN: rf"(?:bị|làm|đánh|rơi|lỡ|vì) mất|mất (?:hết |luôn |cái |một |tấm )*{_THING}|(?:lỡ|nếu|còn|thế|mà|luôn) mất (?:luôn |rồi |hết )?thì|mất luôn thì"
    r"|thất lạc|(?:bị|làm) (?:hỏng|rách|nát|ướt|cháy|mối|cướp|trộm)|hư hỏng|rách nát|(?:cấp|làm|xin|đăng ký|đk) lại",
    Form.COPY: r"bản sao|trích lục|sao lục|sao y|thêm (?:mấy |vài )?bản",
    Form.EXCHANGE: r"hết hạn|quá hạn|cấp đổi|(?<!thay )(?<!chuyển )(?<!trao )đổi(?! (?:tên|địa|nơi|trụ|ngành|chủ|dấu|vốn|mức|thông|người|chỗ|nợ|số|chí))",
    Form.EXTEND: r"gia hạn|hết hạn|kéo dài|quá hạn|ở tiếp|làm tiếp|thêm thời gian",
    Form.CHANGE: r"thay đổi|cải chính|điều chỉnh|đính chính|chỉnh sửa|sửa (?:tên|thông tin|ngày|năm|lại|sai|đổi|bản)|(?:bị|viết|ghi|khai|in) (?:sai|nhầm)"
    r"|sai (?:tên|ngày|năm|thông tin|họ|chữ|quê|số)|bổ sung|cập nhật|đổi (?:tên|địa|nơi|trụ|ngành|chủ|vốn|mức|thông|người)",
    Form.PAUSE: r"tạm (?:ngừng|ngưng|dừng|nghỉ|đóng)|(?:nghỉ|ngừng|ngưng) (?:bán |làm |kinh doanh )?(?:tạm|mấy|vài|một|\d)",
    Form.END: r"chấm dứt|giải thể|xóa|hủy|nghỉ (?:bán |làm )?(?:hẳn|luôn)|nghỉ không|đóng cửa|không (?:làm|bán|kinh doanh|cần|ở) nữa|phá sản|bỏ luôn|thôi (?:hưởng|quốc tịch)"
    r"|dẹp|sập tiệm|trả (?:lại )?giấy phép|dừng (?:hẳn|hưởng|lại|luôn)|muốn dừng",
    Form.MOVE: r"chuyển (?:nơi|đi|đến|về|vào|sang|qua|ra|chỗ|tỉnh|hưởng|trường)",
    Form.FOREIGN: rf"(?:người|quốc tịch|công dân|ở|bên|sang|tại) {_ABROAD}|nước ngoài|ngoại quốc|việt kiều",
}  # fmt: skip
_NAMES = {form: re.compile(rf"\b(?:{new_tone(pattern)})\b") for form, pattern in _NAMED.items()}
_QUESTIONS = {form: re.compile(rf"\b(?:{new_tone(pattern)})\b") for form, pattern in _ASKED.items()}


@lru_cache(maxsize=8_192)
def forms_of(name: str) -> frozenset[Form]:
    """The forms that a procedure's name tells."""
    words = " ".join(syllables(name))
    return frozenset(form for form, pattern in _NAMES.items() if pattern.search(words))


@lru_cache(maxsize=512)
def forms_asked(question: str) -> tuple[Form, ...]:
    """The forms that somebody's words can mean, in the order in which they come last; accents restored before.

    "hết hạn" may be an exchange or an extension.
    """
    words = " ".join(syllables(question))
    last = {form: [match.start() for match in pattern.finditer(words)][-1:] for form, pattern in _QUESTIONS.items()}
    return tuple(sorted((form for form, places in last.items() if places), key=lambda form: last[form]))


def without_forms(question: str) -> str:
    """A question without the words that ask for a form."""
    words = " ".join(syllables(question))
    for pattern in _QUESTIONS.values():
        words = pattern.sub(" ", words)
    return words
