"""Messages that end without a source: greetings, emergencies, somebody's own file, attacks, other people's business.

The router (router.py) says what kind of message it is. Words that sound alarming are often part of a procedure ("nhà
cháy mất giấy khai sinh, làm lại ở đâu"), so the search's evidence has a say as well, and an emergency asks for no paper.
"""

import re
from dataclasses import dataclass
from math import exp, log

from bot import replies
from bot.answer import AnswerStatus
from bot.forbidden import forbidden, reports
from bot.router import UNKNOWN, Routed, family_of
from corpus.vietnamese import folded_syllables


@dataclass(frozen=True, slots=True)
class Ending:
    """A question's ending that needs no source."""

    status: AnswerStatus
    text: str
    name: str


_ENDINGS = {
    "greeting": (AnswerStatus.GREETING, replies.GREETING),
    "thanks": (AnswerStatus.GREETING, replies.THANKS),
    "goodbye": (AnswerStatus.GREETING, replies.GOODBYE),
    "who_are_you": (AnswerStatus.GREETING, replies.WHO_AM_I),
    "handover": (AnswerStatus.GREETING, replies.HANDOVER),
    "delete_data": (AnswerStatus.GREETING, replies.DATA_DELETED),
    "file_status": (AnswerStatus.OUT_OF_SCOPE, replies.FILE_STATUS),
    "legal_advice": (AnswerStatus.OUT_OF_SCOPE, replies.LEGAL_ADVICE),
    "job_market": (AnswerStatus.OUT_OF_SCOPE, replies.OFF_TOPIC),
    "off_topic": (AnswerStatus.OUT_OF_SCOPE, replies.OFF_TOPIC),
    "other_commune": (AnswerStatus.OUT_OF_SCOPE, replies.OTHER_COMMUNE),
    "abuse": (AnswerStatus.REFUSED, replies.ABUSE),
    "refused_illegal": (AnswerStatus.REFUSED, replies.REFUSED_ILLEGAL),
    "refused_private": (AnswerStatus.REFUSED, replies.REFUSED_PRIVATE),
    "attack": (AnswerStatus.REFUSED, replies.REFUSED),
    **dict.fromkeys(UNKNOWN, (AnswerStatus.NO_ANSWER, replies.NO_ANSWER)),
    **{
        f"emergency_{name}": (AnswerStatus.EMERGENCY, f"{text}\n{replies.EMERGENCY_AFTER}")
        for name, text in replies.EMERGENCY.items()
    },
    **{name: (AnswerStatus.OUT_OF_SCOPE, text) for name, text in replies.OTHER_AUTHORITY.items()},
}
_PAPER = re.compile(
    r"\b(?:giay|thu tuc|ho so|tro cap|xac nhan|dang ky|cap lai|lam lai|cap doi|khai tu|khai bao|ho tro|bao hiem|che do|don|trich luc|boi thuong|"
    r"mai tang|khai sinh|nhap khau|ho khau|thi hanh an|lenh cam|cam tiep xuc|cam lai gan|tach (?:be|chau|tre|con)|bam sinh|nhan con|so do|so hong|can cuoc|cccd|cmnd|bang lai|mien giam|xin cap|dk|ly hon|nuong tuu|phep|chung nhan|chung tu|bien so)\b"
)
_FIRE = re.compile(
    r"\b(?:cháy|hỏa hoạn|bốc khói|phát lửa|lửa (?:bén|lan|bùng)|chay nha|nha chay|dang chay|hoa hoan|boc khoi)\b"
)
# Gas is told from "gà" by its letters as typed, and from its smell alone.
_GAS = re.compile(
    r"\b(?:m[uù]i (?:kh[ií] )?gas?|(?:x[iì](?: h[oơ]i)?|r[oò](?: r[iỉ])?) (?:kh[ií] )?gas?|gas? (?:b[iị] )?(?:x[iì]|r[oò])|m[uù]i kh[eé]t)\b"
)
# What was lost and who has died is told to go on with a procedure: no number to call helps there.
_GONE = re.compile(
    r"^(?:(?:bi|lam|lo|ba|ong|cha|me|bo|cu|ma) )*(?:(?:noi|ngoai|em|toi) )?(?:(?:bi|lam) )?mat (?:roi|luon|het)(?: a)?$"
    r"|^(?:ma |con |the |neu )?(?:(?:ba|me|cha|bo|chong|vo) (?:no|chau|be|em|toi) )la nguoi \w+(?: \w+)?$"
)
# Where a life may hang on it, words speak before the router does.
_URGENT = {
    "emergency_medical": re.compile(
        r"\b(?:tai nan .{0,40}\bmau|mau me|nam bat dong|mau ra nhieu|khong (?:con )?tho (?:nua|duoc)|chay nhieu mau|chay mau nhieu|ngung tho|bat tinh)\b"
    ),
    "emergency_self_harm": re.compile(r"\b(?:rach (?:co )?tay|cat co tay|muon tu tu|dinh tu tu|khong muon song nua)\b"),
    "emergency_police": re.compile(r"\b(?:chem nhau|dang (?:danh nhau|bi cuop|bi danh)|cam dao (?:doa|duoi|chem))\b"),
    "emergency_rescue": re.compile(r"\b(?:chet duoi|dang duoi nuoc)\b"),
}
_SURELY = 0.9
_WAVING = re.compile("[👋🤝🙏]")
# Logistic weights (bias, router, search's evidence), cross-validated on the examples of bot/routes and the development
# sets: is it no question of ours, and does it ask for a paper that does not exist? The thresholds keep the share of
# good questions that are turned away under 1 %.
_ELSEWHERE, _ELSEWHERE_FROM = (-0.60, 1.03, -0.68), 0.6
_NO_SUCH_PAPER, _NO_SUCH_PAPER_FROM = (0.92, 0.79, -0.97), 0.6
_OWN_FILE = re.compile(
    r"\b(?:den dau|toi dau|xong chua|duoc chua|co chua|duyet chua|ra chua|tien do|tinh trang|tra giup|tra ho|kiem tra (?:giup|ho)|"
    r"ktra|ma ho so|ma so ho so|bien nhan|qua hen|tre hen|hen tra)\b"
)


# A look into somebody's own file, and a way around a duty: no search's evidence turns these into a question.
_LOOK_UP = re.compile(r"\b(?:kiem tra|ktra|tra|xem|coi|check) (?:giup|gium|ho|dum)\b.{0,20}\b(?:ho so|hs)\b")
_DODGE = re.compile(r"\b(?:ne|tron|lach|tranh) (?:duoc )?(?:di )?(?:nghia vu|nvqs|linh|thue|luat)\b")
_ASKED = ("ward", "guide", "procedure")
_REFUSES, _REFUSES_AGAINST, _FOUND, _SCOLDS = 0.5, 0.8, 0.4, 0.8


def attack_ending(question: str, meant: str = "") -> Ending | None:
    """The refusal of what is asked for in so many words; `meant` is the question with its accents restored."""
    route = forbidden(question, meant or question)
    return _ending(route) if route else None


def ending_at_once(question: str, routed: Routed, meant: str = "") -> Ending | None:
    """The ending of a message that needs no search, or None."""
    folded = " ".join(folded_syllables(question))
    if not folded:
        return (
            _ending("greeting") if _WAVING.search(question) else Ending(AnswerStatus.NO_ANSWER, replies.EMPTY, "empty")
        )
    if (refused := attack_ending(question, meant)) is not None:
        return refused
    if (at_once := _by_its_words(folded, routed)) is not None:
        return at_once
    if _PAPER.search(folded) or folded.replace(" ", "").isdecimal():
        return None
    urgent = next((name for name, words in _URGENT.items() if words.search(folded)), None)
    if urgent is not None or _GAS.search(question.lower()):
        return _ending(urgent or "emergency_fire")
    if _GONE.search(folded):
        return None
    if routed.family == "emergency" and (routed.probability >= 0.5 or routed.asks < 0.15):
        return _ending(_emergency(question, routed))
    sure = 0.6 if routed.family == "talk" else _SCOLDS
    if (routed.family == "talk" or routed.route in ("attack", "abuse")) and routed.probability >= sure:
        return _ending(routed.route)
    return None


def _by_its_words(folded: str, routed: Routed) -> Ending | None:
    if routed.route == "file_status":
        surely = routed.probability >= _SURELY and _OWN_FILE.search(folded)
        return _ending(routed.route) if surely or (routed.probability >= 0.5 and _LOOK_UP.search(folded)) else None
    dodges = routed.route in ("legal_advice", "refused_illegal") and routed.probability >= 0.6 and _DODGE.search(folded)
    return _ending("legal_advice") if dodges else None


def ending_after_search(routed: Routed, evidence: float, question: str = "") -> Ending | None:
    """The ending of a message that is no question of ours, weighed by the router and by the search's evidence (0 to 1)."""
    if question and not any(letter.isalpha() for letter in question):  # a procedure's code
        return None
    if routed.family == "emergency" and _GONE.search(" ".join(folded_syllables(question))):
        return None
    if routed.route == "refused_illegal" and reports(question):
        return None if evidence >= _FOUND else _ending("admin_unknown")
    if _chance(_ELSEWHERE, 1 - routed.asks - routed.unknown, evidence) > _ELSEWHERE_FROM:
        return _ending(_emergency(question, routed) if routed.family == "emergency" else _elsewhere(routed, evidence))
    if (
        _chance(_NO_SUCH_PAPER, routed.unknown / max(routed.asks + routed.unknown, 1e-9), evidence)
        > _NO_SUCH_PAPER_FROM
    ):
        return _ending("admin_unknown")
    return None


def ending_without_evidence(routed: Routed | None) -> Ending:
    """What to say when nothing was found: what the router takes it for, or an honest no."""
    if routed is None or routed.family in ("asking", "emergency"):
        return _ending("admin_unknown")
    return _ending(_elsewhere(routed, 0.0))


def _elsewhere(routed: Routed, evidence: float) -> str:
    """Where a message belongs; one that seems to ask is not scolded for it."""
    if routed.family == "refused":
        if _refuses(routed, evidence):
            return routed.route
        asks = 2 * (routed.asks + routed.unknown) >= 1 - routed.probability
    elif routed.family == "asking":
        asks = routed.unknown > routed.asks or (routed.route in _ASKED and routed.asks >= 0.5)
    else:
        return routed.route
    if asks or routed.route in UNKNOWN:
        return "admin_unknown"
    # "sổ đỏ" alone is nobody's own file yet.
    outside = family_of(routed.otherwise) == "outside" and routed.otherwise != "file_status"
    return routed.otherwise if outside else "admin_unknown"


def _refuses(routed: Routed, evidence: float) -> bool:
    """Whether a refusal is sure enough: nobody is turned away who may have asked honestly."""
    least = _REFUSES if evidence < _FOUND else _REFUSES_AGAINST
    return routed.probability >= max(least, 3 * routed.asks)


def _emergency(question: str, routed: Routed) -> str:
    return "emergency_fire" if _FIRE.search(question.lower()) else routed.route


def _chance(weights: tuple[float, float, float], routed: float, evidence: float) -> float:
    bias, by_router, by_search = weights
    return 1 / (1 + exp(-bias - by_router * _log_odds(routed, 0.001) - by_search * _log_odds(evidence, 0.02)))


def _log_odds(chance: float, least: float) -> float:
    chance = min(max(chance, least), 1 - least)
    return log(chance / (1 - chance))


def _ending(name: str) -> Ending:
    status, text = _ENDINGS[name]
    return Ending(status, text, name)
