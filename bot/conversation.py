"""What was talked about, and how a short question hangs on it: "còn lệ phí?", "mấy ngày?", "cái đầu tiên"."""

import re
from dataclasses import dataclass, field

from bot.answer import Option
from bot.aspects import Aspect, without_aspects
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
    r"^(?:dạ |ừ |ok |vâng |à |ờ |u |da |vang |o )*(?:còn|thế|vậy|nếu|lỡ|giả sử|trường hợp|the|vay|neu|lo|gia su|truong hop|z|zậy|zay|rứa|rua)\b"
    r"|^(?:da |u |ok |a |o )*con (?:neu|truong hop|le phi|phi|bi|voi|ve|thoi|ho so|giay|o dau|viec|cai|nop|dk|dang)\b"
)
_NUMBER = re.compile(
    r"^(?:so |cai |y |muc |lua chon |chon |chon so |chon cai |phuong an |cai so |dong |dong so |chon muc )*(\d)(?: (?:nhe|nha|a|di|em|ad))*$"
)
_ORDINALS = {
    "dau tien": 0, "thu nhat": 0, "dau": 0, "thu hai": 1, "thu 2": 1, "hai": 1, "thu ba": 2, "thu 3": 2, "thu tu": 3, "thu 4": 3, "cuoi": -1, "cuoi cung": -1,
}  # fmt: skip
_ORDINAL = re.compile(
    r"^(?:chon |lay |cai |y |dong |viec |truong hop |muc |phuong an |la |chac la |toi chon |em chon )*(?:cai |y |dong |viec |muc |truong hop |phuong an )?("
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + r")(?: (?:nhe|nha|a|di|ad|em|ay|do))*$"
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


def chosen_option(question: str, options: tuple[Option, ...]) -> Option | None:
    """The option a reply picks: by number, by order, or by words of exactly one label."""
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
    if len(folded.split()) > 8:
        return None
    words = [word for word in folded.split() if word not in FILLER]
    matching = [option for option in options if words and _holds(option.label, words)]
    return matching[0] if len(matching) == 1 else None


def _holds(label: str, words: list[str]) -> bool:
    have = f" {' '.join(word for word in folded_syllables(label) if word not in FILLER)} "
    return f" {' '.join(words)} " in have


def own_words(question: str) -> int:
    """How many words of its own a question has, beside politeness and what it wants to know."""
    return sum(1 for word in without_aspects(question).split() if word not in FILLER)


def is_elliptic(question: str) -> bool:
    """Whether a question names nothing of its own, only what it wants to know: "mấy ngày thì xong?"."""
    rest = [word for word in without_aspects(question).split() if word not in FILLER and not word.isdigit()]
    return not rest and len(folded_syllables(question)) <= 14


def continues(question: str) -> bool:
    """Whether a question opens like the continuation of another: "thế nếu…", "còn…" (but not "con em…")."""
    return bool(_CONTINUES.match(" ".join(syllables(question))))
