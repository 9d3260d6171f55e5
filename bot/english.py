"""A short path for questions in English: find the procedure, give its name and the link."""

import re

from bot import replies
from bot.answer import Answer, AnswerStatus, ProcedureRef
from bot.compose import Notes, Source
from corpus.portal import NAME

_WORD = re.compile(r"[a-z']+")
# Words that no Vietnamese sentence typed without accents can hold ("the", "can", "do", "me" could be Vietnamese).
_ENGLISH = frozenset(
    [
        "is",
        "are",
        "does",
        "did",
        "how",
        "what",
        "where",
        "when",
        "who",
        "which",
        "could",
        "my",
        "your",
        "our",
        "and",
        "with",
        "without",
        "register",
        "registration",
        "get",
        "apply",
        "application",
        "much",
        "cost",
        "fee",
        "long",
        "take",
        "have",
        "need",
        "needed",
        "from",
        "about",
        "want",
        "would",
        "like",
        "should",
        "required",
        "documents",
        "papers",
        "please",
        "help",
        "certificate",
        "birth",
        "marriage",
        "passport",
        "license",
        "licence",
        "permit",
        "office",
        "ward",
        "this",
        "that",
        "there",
        "baby",
        "child",
        "house",
        "land",
        "insurance",
        "pay",
        "online",
        "lost",
        "new",
        "replace",
        "card",
        "number",
        "open",
        "hours",
        "you",
        "i'm",
        "it's",
        "don't",
        "ignore",
        "previous",
        "instructions",
        "show",
        "tell",
        "give",
        "print",
        "answer",
        "system",
    ]
)
# English words of everyday needs -> the Vietnamese words to search for.
_NEEDS = (
    (r"birth (?:certificate|registration|cert)|register (?:a |the |my )?(?:birth|newborn|baby)|newborn", "đăng ký khai sinh"),
    (r"cop(?:y|ies) of (?:the |my )?birth|extract", "cấp bản sao trích lục hộ tịch"),
    (r"marry|marriage|wedding|get married", "đăng ký kết hôn"),
    (r"single|marital status|unmarried", "giấy xác nhận tình trạng hôn nhân"),
    (r"death|died|passed away", "đăng ký khai tử"),
    (r"adopt", "đăng ký nuôi con nuôi"),
    (r"permanent residen", "đăng ký thường trú"),
    (r"temporary residen|register .*(?:stay|residence|address)|tenant|rent", "đăng ký tạm trú"),
    (r"confirm.* residence|proof of residence|residence certificate", "xác nhận thông tin về cư trú"),
    (r"lost .*(?:id|identity|citizen)|replace .*(?:id|identity|citizen)", "cấp lại thẻ căn cước"),
    (r"(?:id|identity|citizen) card|cccd", "cấp thẻ căn cước"),
    (r"passport", "cấp hộ chiếu phổ thông"),
    (r"visa|extend my stay", "gia hạn tạm trú cho người nước ngoài"),
    (r"certif(?:y|ied).*cop|notar|true copy", "chứng thực bản sao từ bản chính"),
    (r"signature", "chứng thực chữ ký"),
    (r"household business|open (?:a |an )?(?:shop|store|cafe|restaurant|business)|business (?:licen|registration)|start a business", "đăng ký thành lập hộ kinh doanh"),
    (r"driv(?:ing|er'?s?) licen", "đổi giấy phép lái xe"),
    (r"(?:motorbike|motorcycle|car|vehicle) (?:registration|plate)|register .*(?:motorbike|motorcycle|car|vehicle)", "đăng ký cấp biển số xe"),
    (r"land (?:use )?(?:certificate|right)|red book|pink book", "cấp giấy chứng nhận quyền sử dụng đất"),
    (r"build|construction permit|house permit", "cấp giấy phép xây dựng nhà ở riêng lẻ"),
    (r"health insurance", "cấp thẻ bảo hiểm y tế"),
    (r"disab", "xác định mức độ khuyết tật"),
    (r"allowance|social (?:welfare|assistance|support)|elderly", "trợ cấp xã hội hằng tháng"),
    (r"criminal record|police (?:certificate|clearance|check)", "cấp phiếu lý lịch tư pháp"),
    (r"pay .*(?:fee|online)|online payment", "nộp phí lệ phí trực tuyến"),
    (r"opening hours|open (?:at|on|until)|address|where is the (?:ward|office)", "địa chỉ giờ làm việc của phường"),
    (r"school transfer|change school", "chuyển trường"),
)  # fmt: skip
_COMPILED = [(re.compile(rf"\b(?:{pattern})"), words) for pattern, words in _NEEDS]


_ENDINGS = {
    AnswerStatus.GREETING: replies.ENGLISH_GREETING,
    AnswerStatus.EMERGENCY: replies.ENGLISH_EMERGENCY,
    AnswerStatus.REFUSED: replies.ENGLISH_REFUSED,
    AnswerStatus.OUT_OF_SCOPE: replies.ENGLISH_NONE,
    AnswerStatus.NO_ANSWER: replies.ENGLISH_NONE,
}


def is_english(text: str) -> bool:
    """Whether a question is written in English: plain letters, and a third of its words can be nothing else."""
    if not text.isascii():
        return False
    words = _WORD.findall(text.lower())
    known = sum(word in _ENGLISH for word in words)
    return len(words) >= 3 and known >= max(2, round(0.34 * len(words)))


def vietnamese_words(text: str) -> str | None:
    """Vietnamese words for what an English question asks, or None when it is about nothing we know."""
    lowered = text.lower()
    return next((words for pattern, words in _COMPILED if pattern.search(lowered)), None)


def english_answer(source: Source, notes: Notes) -> Answer:
    """The procedure's name and source for somebody who asked in English."""
    procedure = source.document.procedure
    if procedure is None:
        return Answer(AnswerStatus.NO_ANSWER, replies.ENGLISH_NONE)
    mark = notes.mark(source.chunks[NAME], source.document, source.as_of)
    text = f"{replies.ENGLISH_INTRO}\n{procedure.name} ({procedure.code}){mark}\n{replies.ENGLISH_SEE}"
    return Answer(AnswerStatus.ANSWERED, text, notes.citations, ProcedureRef(procedure.code, procedure.name))


def english_ending(status: AnswerStatus, text: str) -> str:
    """The fixed text of an ending in English, the Vietnamese one under it for whoever helps to read."""
    return f"{_ENDINGS[status]}\n{text}" if status in _ENDINGS else text
