"""The sentences of a record that tell what no typed part of it holds: a deadline, an amount received, a validity."""

import re
from dataclasses import dataclass, replace

from bot import replies
from bot.aspect_words import TOLD, Aspect
from bot.detail import Detail, sentences
from bot.sheet import Statement, shortened, statements
from corpus import portal
from corpus.procedure import Procedure

_SPAN = r"\d+\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng|tuần|năm)"
_DURATION = re.compile(
    r"\d+\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng|tuần|phút)|ngay (?:trong|sau khi|khi)|ngày làm việc (?:tiếp|kế)|trong (?:chính )?ngày",
    re.IGNORECASE,
)
_DUE = re.compile(
    rf"(?:trong|chậm nhất|tối thiểu|ít nhất|tối đa|quá|sau)\D{{0,30}}{_SPAN}\D{{0,25}}(?:kể từ|tính từ|từ (?:khi|ngày)|trước|sau)"
    rf"|(?:chậm nhất|tối thiểu|ít nhất)\D{{0,30}}{_SPAN}|{_SPAN} trước|trước ngày \d",
    re.IGNORECASE,
)
_CITIZEN = re.compile(
    r"(?:người|cha|mẹ|vợ|chồng|tổ chức|cá nhân|công dân|hộ |chủ |doanh nghiệp|thương nhân|cơ sở|thân nhân|gia đình)"
    r"[^;.]{0,160}(?:phải|có trách nhiệm|nộp|gửi|thông báo|đăng ký|khai báo|làm thủ tục|đề nghị)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"nhận\s+(?:được\s+|đủ\s+|đầy đủ\s+)*(?:hồ sơ|đơn|văn bản|báo cáo|đề nghị|kết quả|ý kiến|yêu cầu|thông báo)|Phiếu tiếp nhận|\bảnh\b|phải cấp"
    r"|(?:[Cc]ơ quan|Ủy ban|UBND|[Cc]ông chức|Sở|Bộ|Trung tâm|Cục|Phòng|Chủ tịch|[Cc]án bộ|Giám đốc|[Tt]hủ trưởng|Công an|Hội đồng|Đoàn|đoàn)"
    r"[^,;.]{0,80}(?:có trách nhiệm|phải|xem xét|thông báo|cấp |quyết định|tổ chức|gửi|kiểm tra|thẩm định|lập|trình|ban hành|trả lời)"
)
_PROXY = re.compile(
    r"ủy quyền|uỷ quyền|người đại diện|(?:làm|nộp|khai|nhận|đi) thay(?! (?:đổi|thế))|thay mặt", re.IGNORECASE
)
_NOT_PROXY = re.compile(r"theo pháp luật|[Tt]rưởng phòng|Chủ tịch|[Gg]iám đốc|phần vốn|nước ngoài cấp")
_GIVEN = re.compile(
    r"(?:được (?:hưởng|nhận|hỗ trợ|trợ cấp|bồi thường)|mức (?:hưởng|trợ cấp|hỗ trợ|bồi thường|phụ cấp|tiền thưởng|chi)|hỗ trợ|trợ cấp)[^.;]{0,100}?"
    r"(?:\d[\d.,]*\s*(?:tỷ |triệu )?(?:đồng|%|lần (?:mức|lương|trợ)|tháng (?:lương|tiền lương|phụ cấp))|\d{1,3}(?:[.,]\d{3})+)"
    r"|mức (?:hưởng|trợ cấp|hỗ trợ|bồi thường|phụ cấp|chi)[^.;]{0,60}(?:bằng|tối đa|thực hiện theo|quy định tại|theo quy định)",
    re.IGNORECASE,
)
_NOT_GIVEN = re.compile(
    r"thiệt hại|mức độ|giáo viên|dự toán|lãi suất|đóng bảo hiểm|mới 100|thuế|xem xét|báo cáo|tổng (?:mức )?kinh phí|mức đóng|phiếu kín|chi hoặc|tổn thương|đã ban hành|phải thông báo|nghiệm thu|thấp hơn|cao hơn",
    re.IGNORECASE,
)
_VALID = re.compile(
    rf"(?:giấy|văn bản|chứng chỉ|thẻ|phiếu|bằng|quyết định)[^.;]{{0,100}}\b(?<!còn )(?:có (?:giá trị|hiệu lực|thời hạn)|thời hạn (?:sử dụng|hiệu lực)[^.;]{{0,60}} là)[^\d,]{{0,60}}{_SPAN}",
    re.IGNORECASE,
)
_NOT_VALID = re.compile(
    r"hợp đồng lao động|còn (?:hiệu lực|giá trị)|phục vụ có|hết hiệu lực|trước khi|đã được cấp", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a sentence holds that tells an aspect no typed part of the record has, and where it stands."""

    holds: tuple[re.Pattern[str], ...]
    fields: tuple[str, ...]
    never: re.Pattern[str] = re.compile(r"(?!)")


_SOUGHT = {
    Aspect.TIME: _Sought((_DURATION,), (portal.STEPS,)),
    Aspect.DEADLINE: _Sought((_DUE, _CITIZEN), (portal.STEPS, portal.CONDITIONS, portal.DOSSIER), _OFFICE),
    Aspect.PROXY: _Sought((_PROXY,), (portal.STEPS, portal.DOSSIER, portal.CONDITIONS, portal.CHANNELS), _NOT_PROXY),
    Aspect.BENEFIT: _Sought((_GIVEN,), (portal.RESULT, portal.CONDITIONS, portal.STEPS), _NOT_GIVEN),
    Aspect.VALIDITY: _Sought((_VALID,), (portal.RESULT, portal.STEPS, portal.CONDITIONS), _NOT_VALID),
}


def said_of(procedure: Procedure, aspect: Aspect, limit: int = 2) -> list[Detail]:
    """What the record's sentences say of time (coded as "other"), of a deadline, an amount received or a validity."""
    sought = _SOUGHT.get(aspect)
    if sought is None:
        return []
    details = sentences(procedure)
    said = [
        detail
        for field in sought.fields
        for detail in details
        if detail.field == field
        and all(pattern.search(detail.text) for pattern in sought.holds)
        and not sought.never.search(detail.text)
    ]
    told = dict.fromkeys(Detail(shortened(detail.text, 300).rstrip(";, "), detail.field) for detail in said)
    return list(told)[:limit]


def said_on(procedure: Procedure, aspects: tuple[Aspect, ...]) -> list[Statement]:
    """What the record says of each aspect, in its own sentences where no typed part holds it."""
    return [one for aspect in aspects for one in _on(procedure, aspect)] if aspects else statements(procedure, ())


def _on(procedure: Procedure, aspect: Aspect) -> list[Statement]:
    stated = statements(procedure, (aspect,))
    if aspect in TOLD:
        said = said_of(procedure, aspect)
        return [replace(stated[0], text=detail.text, field=detail.field) for detail in said] or stated
    if aspect is Aspect.TIME and not any(channel.time_limit.text for channel in procedure.channels):
        return [*stated, *(told_by(detail) for detail in said_of(procedure, aspect))]
    return stated


def told_by(detail: Detail) -> Statement:
    """A sentence of the record, said to be one."""
    return Statement(replies.RECORD_SAYS, detail.text, detail.field)
