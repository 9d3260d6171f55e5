"""When to answer, when to ask back, when to say no; and what to offer.

A generic name with one usual form is answered with the usual form and the others are offered under it: asking back
every time was measured to be worse (shared experience of rule-based commune assistants). Thresholds are set on the
development sets (eval/RESULTS.md).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.answer import Option
from bot.aspects import aspects_in, subject_of
from bot.forms import Form, forms_asked, forms_of
from corpus.chunking import ChunkKind
from corpus.vietnamese import fold, folded_syllables, syllables
from retrieval.entries import bare_name
from retrieval.search import Found, Hit

SURE = 0.42
UNSURE = 0.16
CLOSE = 0.9
GENERIC_WORDS = 5
GENERIC_LENGTH = 8
GENERIC_CLOSE, ASPECT_CLOSE = 3.4, 2.6
EITHER = 6.0
LOST_CLOSE = 2.5
LOST_WORDS = 5
NEAR = 8.0
# Beside the answer to a short question: what lies further off has nothing to do with it.
BESIDE = 12.0
SHORT_WORDS = 4
VAGUE = 0.04
VAGUE_WORDS = 5
VAGUE_ASKS = 0.6
NAMED_WORDS = 3
MOST_OPTIONS = 4
ALIKE = 0.55
_LABEL = 90
_NAME_BEGINS = 16
# Who takes it in is no other matter: one procedure stands in the record once for each level.
_LEVEL = re.compile(r"\s*\(\s*(?:thực hiện (?:tại|ở) )?cấp (?:xã|huyện|tỉnh|trung ương|bộ)\s*\)", re.IGNORECASE)
_EVERYWHERE = frozenset(
    [
        *("dang", "ky", "lai", "cap", "giay", "thu", "tuc", "viec", "cho", "cua", "nguoi", "co", "va", "doi", "voi"),
        *("tai", "thuc", "hien", "de", "nghi", "giai", "quyet", "huong", "che", "do"),
    ]
)
_IDLE = frozenset(["hoặc", "đã", "các", "về", "theo", "thủ", "tục", "và", "của", "việc", "cho", "do"])
_WISHES = frozenset(["xin", "muon", "can", "lam", "di", "hoi", "thu", "tuc", "giay", "to", "thi", "sao", "ve"])
# Whom it is for decides, and names do not tell it.
_FOR_WHOM = frozenset(["con", "be", "chau", "vo", "chong", "bo", "me", "nguoi"])
_OR = re.compile(r"\b(?:hay|hoặc)\b")
_DOING = re.compile(r"\b(?:làm|xin|đăng ký|đk|(?<!trợ )cấp|mở|nộp|muốn|cần|đi)\b")
_PAPERS = re.compile(r"(?<!cần )(?<!mang )(?<!nộp )(?<!theo )(?<!những )(?<!các )\bgiấy tờ\b(?! (?:gì|nào|ra sao|gồm))")
_AGAIN_ALONE = re.compile(r"\b(?:cấp|làm|đăng ký|xin) lại\b")
# Beside its forms, what makes a name one for few people.
_NARROW = re.compile(r"\b(?:dưới \d+ tuổi|trẻ em|lưu động|biên giới|rút gọn|quốc tế|đại diện)\b")


class Decision(StrEnum):
    """What to do with what was found."""

    PROCEDURE = "procedure"
    PART = "part"
    CLARIFY = "clarify"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, the hit it rests on and the options that go with it."""

    decision: Decision
    hit: Hit | None
    options: tuple[Option, ...]


def decide(found: Found, question: str, words: int, asks: float = 1.0, *, may_ask: bool = True) -> Verdict:
    """Answer, ask back or say no.

    `question` has its accents restored; `words` is how many words of its own it has (fee, time and politeness aside):
    with a few it names no procedure yet. `asks` is how sure the router is that it asks for a procedure or plan at all.
    `may_ask` is False when it goes on with what was talked about, or answers what was asked back.
    """
    procedures = [hit for hit in found.hits if hit.unit.kind is ChunkKind.PROCEDURE]
    parts = [hit for hit in found.hits if hit.unit.kind is not ChunkKind.PROCEDURE]
    if parts and found.part_probability > found.procedure_probability:
        if found.part_probability >= UNSURE:
            return Verdict(Decision.PART, parts[0], ())
        return Verdict(Decision.NONE, None, ())
    if not procedures or found.procedure_probability < UNSURE:
        vague = may_ask and words <= VAGUE_WORDS and asks >= VAGUE_ASKS and found.procedure_probability >= VAGUE
        offered = options_of(procedures) if vague else ()
        return (
            Verdict(Decision.CLARIFY, procedures[0], offered) if len(offered) > 1 else Verdict(Decision.NONE, None, ())
        )
    best, others = _national_first(procedures)
    others = _others(best, others)
    choices = _choices(best, others, found.procedure_probability, question, words) if may_ask else []
    if len(choices) > 1:
        return Verdict(Decision.CLARIFY, best, options_of(choices))
    says_little = words <= SHORT_WORDS and not (_says_all_of(best, question) and _asks_an_aspect(question))
    offered_hits = [*_siblings(best, others), *(_within(best, others, BESIDE) if says_little else [])]
    return Verdict(Decision.PROCEDURE, best, options_of(offered_hits)[: MOST_OPTIONS - 1])


def named_by_several(found: Found, question: str) -> Verdict | None:
    """A choice between procedures whose names hold all of a very short question: "bảo hiểm", "xin trợ cấp".

    It names too much to be answered and too little to be turned away. None when it says more, or one name holds it.
    """
    words = [word for word in subject_of(question).split() if fold(word) not in _WISHES]
    if _FOR_WHOM & set(folded_syllables(question)) or not 0 < len(words) <= NAMED_WORDS:
        return None
    if all(fold(word) in _EVERYWHERE for word in words):
        return None
    hits = [hit for hit in found.hits if hit.unit.kind is ChunkKind.PROCEDURE]
    # In a row and with accents: "giá vàng" is not what a name means that says "gia công … vàng".
    named = [hit for hit in hits if f" {' '.join(words)} " in f" {_words(hit.unit.name)} "]
    options = options_of(named)
    return Verdict(Decision.CLARIFY, named[0], options) if len(options) > 1 else None


def _national_first(procedures: list[Hit]) -> tuple[Hit, list[Hit]]:
    """A province's own wording of a procedure gives way to the national one that scores as well."""
    best = procedures[0]
    if best.unit.standing == 0 or not best.unit.document_id.startswith("tthc-"):
        return best, procedures[1:]
    alike = [
        hit
        for hit in procedures[1:]
        if hit.unit.standing == 0 and best.raw - hit.raw < CLOSE and likeness(best.unit.name, hit.unit.name) >= ALIKE
    ]
    best = alike[0] if alike else best
    return best, [hit for hit in procedures if hit is not best]


def _others(best: Hit, hits: list[Hit]) -> list[Hit]:
    """Hits of another matter than the best, each matter once; a province's own only beside another of its kind."""
    matters = {_matter(best.unit.name)}
    others = []
    for hit in hits:
        matter = _matter(hit.unit.name)
        if matter not in matters and hit.unit.standing <= best.unit.standing:
            matters.add(matter)
            others.append(hit)
    return others


# Every search brings the same names again.
@lru_cache(maxsize=8_192)
def _matter(name: str) -> frozenset[str]:
    return frozenset(syllables(_LEVEL.sub("", bare_name(name)))) - _IDLE


def _choices(best: Hit, others: list[Hit], probability: float, question: str, words: int) -> list[Hit]:
    """Procedures between which the question does not decide; none when the best of them is plainly the usual one."""
    if named := _named_choice(best, others, question):
        return named
    generic = words <= GENERIC_WORDS and len(subject_of(question).split()) <= GENERIC_LENGTH
    close = _within(best, others, ASPECT_CLOSE if _asks_an_aspect(question) else GENERIC_CLOSE)
    if generic and (len(close) >= 2 or (close and probability < SURE)) and not _is_usual(best, close[:2], question):
        return [best, *close]
    if probability < SURE:
        close = _within(best, others, CLOSE)
        return [] if _is_usual(best, close, question) else [best, *close]
    lost = Form.AGAIN in forms_asked(question) and not _AGAIN_ALONE.search(_words(question))
    if lost and words <= LOST_WORDS and Form.COPY not in forms_of(best.unit.name):
        copies = [hit for hit in _within(best, others, LOST_CLOSE) if Form.COPY in forms_of(hit.unit.name)]
        return [best, *copies[:1]]
    return []


def _within(best: Hit, hits: list[Hit], distance: float) -> list[Hit]:
    return [hit for hit in hits if best.raw - hit.raw < distance]


def _named_choice(best: Hit, others: list[Hit], question: str) -> list[Hit]:
    """Who asks "a copy or a new registration?" names the choices: the best hit of each form, in the order named."""
    asked = forms_asked(question)
    if len(asked) < 2 or not _OR.search(_words(question)):
        return []
    near = [best, *_within(best, others, EITHER)]
    chosen = [next((hit for hit in near if form in forms_of(hit.unit.name)), None) for form in asked]
    named = list(dict.fromkeys(hit for hit in chosen if hit is not None))
    return named if len(named) > 1 else []


def _is_usual(best: Hit, rivals: list[Hit], question: str) -> bool:
    """Whether the best is the plain form, which a question means that names no other.

    It is when the question says all that its name says, or when the rivals are special forms of it; but a bare noun
    ("bằng lái xe"), without a verb or what one wants to know, asks for no form at all.
    """
    plain = forms_of(best.unit.name)
    if _says_all_of(best, question):
        return True
    if set(forms_asked(question)) - plain or not (_asks_an_aspect(question) or _DOING.search(_words(question))):
        return False
    return all(
        likeness(best.unit.name, hit.unit.name) >= ALIKE
        and (plain < forms_of(hit.unit.name) or _NARROW.search(_words(hit.unit.name)))
        for hit in rivals
    )


def _says_all_of(hit: Hit, question: str) -> bool:
    """Whether a question has every telling word of a procedure's name."""
    return _telling(_LEVEL.sub("", hit.unit.name), len(hit.unit.name)) <= set(folded_syllables(question))


def _asks_an_aspect(question: str) -> bool:
    """Whether a question wants to know something of a procedure; "giấy tờ xe" names papers, it asks for none."""
    return bool(aspects_in(_PAPERS.sub(" ", _words(question))))


def _words(text: str) -> str:
    return " ".join(syllables(text))


def options_of(hits: list[Hit]) -> tuple[Option, ...]:
    """Hits as choices, at most four, each matter once."""
    options: dict[frozenset[str], Option] = {}
    for hit in hits:
        options.setdefault(_matter(hit.unit.name), Option(label_of(hit.unit.name), hit.unit.procedure_code))
    return tuple({option.label: option for option in options.values()}.values())[:MOST_OPTIONS]


def label_of(name: str) -> str:
    """A procedure's name as a button: without "Thủ tục", cut at whole words."""
    label = bare_name(name)
    label = label[0].upper() + label[1:]
    return label if len(label) <= _LABEL else label[:_LABEL].rsplit(" ", 1)[0] + "…"


def likeness(one: str, other: str) -> float:
    """The share of the shorter name's telling words that both names have, as far as names are telling: at first."""
    words, theirs = _telling(one), _telling(other)
    return len(words & theirs) / max(1, min(len(words), len(theirs)))


@lru_cache(maxsize=8_192)
def _telling(name: str, beginning: int = _NAME_BEGINS) -> frozenset[str]:
    return frozenset(folded_syllables(bare_name(name))[:beginning]) - _EVERYWHERE


def _siblings(best: Hit, others: list[Hit]) -> list[Hit]:
    """Other forms of the same thing: close in score, and made of mostly the same words."""
    return [hit for hit in _within(best, others, NEAR) if likeness(best.unit.name, hit.unit.name) >= ALIKE]
