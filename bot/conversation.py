"""What was talked about, and how a short question hangs on it: "còn lệ phí?", "mấy ngày?", "cái đầu tiên"."""

import re
from dataclasses import dataclass, field

from bot.answer import Option
from bot.aspects import Aspect, without_aspects
from bot.forms import Form, forms_asked, forms_of
from corpus.vietnamese import folded_syllables, syllables

# Words that say nothing of what a question is about.
FILLER = frozenset(
    [
        "con",
        "thi",
        "sao",
        "the",
        "vay",
        "a",
        "ad",
        "nhe",
        "nha",
        "ha",
        "di",
        "la",
        "co",
        "phai",
        "khong",
        "ko",
        "k",
        "cho",
        "em",
        "toi",
        "minh",
        "hoi",
        "chi",
        "anh",
        "bac",
        "chu",
        "them",
        "nua",
        "va",
        "voi",
        "ma",
        "cai",
        "nay",
        "do",
        "viec",
        "thu",
        "tuc",
        "gi",
        "j",
        "o",
        "duoc",
        "dc",
        "lam",
        "nhu",
        "nao",
        "ra",
        "may",
        "bao",
        "nhieu",
        "can",
        "nop",
        "mat",
        "het",
        "ton",
        "tien",
        "phi",
        "le",
        "ngay",
        "lau",
        "giay",
        "to",
        "ho",
        "so",
        "ai",
        "dau",
        "muon",
        "biet",
        "da",
        "vang",
        "oi",
        "u",
        "roi",
        "online",
        "qua",
        "mang",
        "truc",
        "tiep",
        "buu",
        "dien",
        "neu",
        "thoi",
        "nhi",
        "ta",
        "tui",
        "hong",
        "hok",
        "hon",
        "z",
        "v",
        "ay",
        "day",
        "kia",
        "cung",
        "tai",
        "khi",
        "den",
        "theo",
        "nhung",
        "ve",
        "cua",
        "bn",
        "nhiu",
        "chau",
        "cac",
        "tau",
        "nguoi",
        "hen",
        "hay",
        "hoac",
        "ntn",
        "lm",
        "mk",
        "mot",
        "khoan",
        "dong",
        "tra",
        "gia",
        "chuan",
        "bi",
        "nhan",
        "lay",
        "ket",
        "du",
        "xin",
        "vui",
        "long",
        "giup",
        "noi",
        "ro",
        "chinh",
        "xac",
        "cu",
        "chua",
        "tren",
        "app",
        "vneid",
        "cong",
        "quoc",
        "quy",
        "dinh",
        "dieu",
        "kien",
        "buoc",
        "trinh",
        "tu",
        "xong",
    ]
)
_CONTINUES = re.compile(
    r"^(?:dạ |ừ |ok |vâng |à |ờ |u |da |vang |o )*(?:còn|thế|vậy|nếu|lỡ|giả sử|trường hợp|hay|the|vay|neu|lo|gia su|truong hop|z|zậy|zay|rứa|rua)\b"
    r"|^(?:da |u |ok |a |o )*con (?:neu|truong hop|le phi|phi|bi|voi|ve|thoi|ho so|giay|o dau|viec|cai|nop|dk|dang|da|chua|mat|doi|gia han)\b"
    r"|\b(?:thì sao|thi sao)(?: (?:ạ|a|nhỉ|nhi|em|ad|vậy|vay|hả|ha))*$"
)
_ANOTHER = re.compile(
    r"^(?:dạ |ừ |ờ |thôi |thoi )*(?:à mà|a ma|mà này|quên|(?:hỏi|hoi) (?:thêm|them|cái|cai|chuyện|chuyen|việc|viec)|còn (?:việc|chuyện|cái) (?:này|nữa|khác)|nhân tiện|tiện thể)\b"
)
_OPENS_ANOTHER = re.compile(
    r"^(?:dạ |ừ |ok |vâng |à |ờ |thế |vậy |da |vang |a |the |vay )*(?:còn|con)\b(?! (?:nếu|neu|lỡ|lo)\b)"
)
_WANTS_COPY = re.compile(r"\b(?:xin|cấp|thêm|lấy|làm)(?: \w+){0,2} bản sao\b|\btrích lục\b")
_NUMBER = re.compile(
    r"^(?:da |vang |so |cai |cau |y |muc |lua chon |chon |chon so |chon cai |phuong an |cai so |dong |dong so |chon muc |em |toi |lay |la )*(\d)(?: (?:nhe|nha|a|di|em|ad|do|ay|oi|ban))*$"
)
_ORDINALS = {
    "dau tien": 0, "thu nhat": 0, "dau": 0, "thu hai": 1, "thu 2": 1, "hai": 1, "thu ba": 2, "thu 3": 2, "thu tu": 3, "thu 4": 3, "cuoi": -1, "cuoi cung": -1,
}  # fmt: skip
_ORDINAL = re.compile(
    r"^(?:da |vang |chon |lay |cai |y |dong |viec |truong hop |muc |phuong an |la |chac la |toi |em |muon |hoi )*(?:cai |y |dong |viec |muc |truong hop |phuong an )?("
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + r")(?: (?:nhe|nha|a|di|ad|em|ay|do))*$"
)
# What a choice is wrapped in. Between, every word counts: "tạm vắng" is not "tạm trú", "một thành viên" not "hai".
_BEFORE_CHOICE = frozenset(
    [
        *(
            "da",
            "vang",
            "u",
            "a",
            "em",
            "toi",
            "minh",
            "tui",
            "y",
            "la",
            "chac",
            "chon",
            "lay",
            "muon",
            "can",
            "hoi",
            "xin",
            "cho",
        ),
        *("cai", "viec", "thu", "tuc", "con", "the", "vay", "thi", "lam", "thoi"),
    ]
)
_AFTER_CHOICE = frozenset(
    [
        *(
            "a",
            "ad",
            "em",
            "anh",
            "chi",
            "co",
            "chu",
            "bac",
            "chau",
            "oi",
            "nha",
            "nhe",
            "di",
            "thoi",
            "ay",
            "do",
            "kia",
            "nay",
        ),
        *("thi", "sao", "ha", "hen", "luon", "voi"),
    ]
)
_THAT = r"(?:may |cac |nhung )?(?:cai|viec|y|thu|truong hop|dong|muc|lua chon)(?: (?:do|nay|kia|tren|ay))+"
_REFUSAL = re.compile(
    rf"^(?:da |a |u |thoi )*(?:(?:khong|ko|k|hong|chua)(?: phai| dung)+(?: {_THAT}| dau| y toi| y em| cai nao| viec nao)*|(?:khong|ko) co (?:trong|o|cai nao|viec nao)(?: do| tren| day)*|{_THAT} (?:khong|ko)(?: phai| dung)+"
    r"|sai roi|nham roi|khong cai nao(?: dung| ca| het)*|(?:cai|viec|y) khac(?: co)?)(?: (?:a|nhe|nha|em oi|ad|ban oi|roi|ma|la))*(?= |$)"
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the last answers leave behind. `topic` is the procedure's code, `question` the masked words that led to it,
    `options` those offered last.
    """

    topic: str | None = None
    topic_name: str | None = None
    question: str | None = None
    options: tuple[Option, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    asked_back: tuple[str, ...] = field(default=())
    part: str | None = None


def chosen_option(question: str, options: tuple[Option, ...], current: Option | None = None) -> Option | None:
    """The option a reply picks: by number, by order, or by words of one label alone.

    `current` is what was answered above the options: words that fit it choose it again.
    """
    folded = " ".join(folded_syllables(question))
    if not options or not folded:
        return None
    named = next((option for option in options if " ".join(folded_syllables(option.label)) == folded), None)
    if named is not None:
        return named
    number = _NUMBER.match(folded)
    if number:
        index = int(number.group(1)) - 1
        return options[index] if 0 <= index < len(options) else None
    ordinal = _ORDINAL.match(folded)
    if ordinal:
        index = _ORDINALS[ordinal.group(1)]
        return options[index] if index < len(options) else None
    return _by_words(question, folded.split(), (current, *options) if current else options, current)


def _by_words(question: str, words: list[str], known: tuple[Option, ...], current: Option | None) -> Option | None:
    """The one option whose label holds what is left of a short reply; of several the plain form."""
    if len(words) > 8:
        return None
    while words and words[0] in _BEFORE_CHOICE:
        words.pop(0)
    while words and words[-1] in _AFTER_CHOICE:
        words.pop()
    if all(word in FILLER for word in words):
        return None
    matching = [option for option in known if f" {' '.join(words)} " in f" {' '.join(folded_syllables(option.label))} "]
    if current in matching:
        return current
    if 1 < len(matching) < len(known):
        matching = [option for option in matching if not forms_of(option.label) - set(forms_asked(question))]
    return matching[0] if len(matching) == 1 else None


def after_refusal(reply: str) -> str | None:
    """What follows "không phải mấy cái đó" in a reply to options, perhaps nothing; None when nothing was refused."""
    words, folded = syllables(reply), folded_syllables(reply)
    refusal = _REFUSAL.match(" ".join(folded))
    if refusal is None or len(words) != len(folded):
        return None
    return " ".join(words[len(refusal.group().split()) :])


def own_words(question: str) -> int:
    """How many words of its own a question has, beside politeness, numbers and what it wants to know."""
    return sum(1 for word in without_aspects(question).split() if word not in FILLER and not word.isdigit())


def is_elliptic(question: str) -> bool:
    """Whether a question names nothing of its own, only what it wants to know: "mấy ngày thì xong?"."""
    return not own_words(question) and len(folded_syllables(question)) <= 14


def asks_of_topic(typed: str, repaired: str, topic_name: str) -> bool:
    """Whether a question is about the procedure talked about: elliptic, and after no other form of the same matter.

    "mấy ngày?" is; "còn bị mất thì sao" after an exchange is not.
    """
    other = set(forms_asked(repaired)) - forms_of(topic_name)
    # "nộp bản sao được không" asks for the papers, "xin thêm bản sao" for another procedure.
    other -= set() if _WANTS_COPY.search(" ".join(syllables(repaired))) else {Form.COPY}
    return (is_elliptic(typed) or is_elliptic(repaired)) and not other


def continues(question: str) -> bool:
    """Whether a question opens or ends like the continuation of another: "thế nếu…", "còn…" (but not "con em…"), "… thì sao"."""
    words = " ".join(syllables(question))
    return bool(_CONTINUES.search(words)) and not _ANOTHER.search(words)


def opens_another(question: str) -> bool:
    """Whether a question opens with "còn…", which as often names another matter as a case of the same."""
    return bool(_OPENS_ANOTHER.search(" ".join(syllables(question))))
