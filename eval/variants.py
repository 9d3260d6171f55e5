"""The same question as other people would type it, made by rule and the same on every run.

A variant keeps the gold of its question: whoever types without accents wants the same answer.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from eval.gold import Expected, GoldQuestion


class Variant(StrEnum):
    """How the question is typed. `plain` is the set's own wording."""

    PLAIN = "plain"
    NO_ACCENTS = "no_accents"
    HALF_ACCENTS = "half_accents"
    TYPO = "typo"
    TEEN_CODE = "teen_code"
    SMALL_TALK = "small_talk"


_MARKS = {"đ": "d", "Đ": "D"}
_TEEN = {
    "không": "ko",
    "được": "dc",
    "gì": "j",
    "vậy": "z",
    "bao nhiêu": "bn",
    "như thế nào": "ntn",
    "thế nào": "tn",
    "làm": "lm",
    "mình": "mk",
    "với": "vs",
    "người": "ng",
    "giờ": "h",
    "biết": "bt",
    "rồi": "r",
    "những": "nhữg",
    "cũng": "cug",
    "đăng ký": "dk",
    "muốn": "mún",
    "quá": "wá",
}
_TEEN_WORD = re.compile(r"(?<!\w)(" + "|".join(sorted(_TEEN, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE)
_BEFORE = (
    "Chào ad, ",
    "dạ cho em hỏi chút ạ, ",
    "Anh chị ơi giúp em với. ",
    "Xin chào, tôi muốn hỏi việc này: ",
)
_AFTER = (" Cảm ơn ạ", ", em cảm ơn nhiều", " mong được trả lời sớm ạ", ", cảm ơn ad nhé")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SYLLABLE = re.compile(r"\w+")


def varied(gold: GoldQuestion, variant: Variant) -> str | None:
    """The question in a variant, or None when the rule changes nothing in it."""
    if variant is Variant.PLAIN:
        return gold.question
    if variant is Variant.SMALL_TALK and gold.expect is Expected.GREETING:
        return None
    question = unicodedata.normalize("NFC", gold.question)
    chance = random.Random(f"{gold.id}/{variant}")
    changed = _RULES[variant](question, chance)
    return None if changed == question else changed


def _bare(text: str) -> str:
    """Without any accent; capital letters stay."""
    apart = unicodedata.normalize("NFD", "".join(_MARKS.get(letter, letter) for letter in text))
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def _no_accents(text: str, _chance: random.Random) -> str:
    return _bare(text)


def _half_accents(text: str, chance: random.Random) -> str:
    """Half of the accented syllables lose their accents; at least one loses and one keeps them."""
    accented = [match for match in _SYLLABLE.finditer(text) if _bare(match.group()) != match.group()]
    if len(accented) < 2:
        return text
    count = min(max(1, round(len(accented) / 2)), len(accented) - 1)
    chosen = {match.start() for match in chance.sample(accented, count)}
    return _SYLLABLE.sub(lambda match: _bare(match.group()) if match.start() in chosen else match.group(), text)


def _typo(text: str, chance: random.Random) -> str:
    """One slip in one word of four letters or more: two letters swapped, one left out or one struck twice."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    match = chance.choice(words)
    word = match.group()
    at = chance.randrange(len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[: at + 1] + word[at + 2 :],
        word[: at + 1] + word[at:],
    )
    return text[: match.start()] + chance.choice(slips) + text[match.end() :]


def _teen_code(text: str, _chance: random.Random) -> str:
    return _TEEN_WORD.sub(lambda match: _TEEN[match.group(1).lower()], text)


def _small_talk(text: str, chance: random.Random) -> str:
    return f"{chance.choice(_BEFORE)}{text}{chance.choice(_AFTER)}"


_RULES: dict[Variant, Callable[[str, random.Random], str]] = {
    Variant.NO_ACCENTS: _no_accents,
    Variant.HALF_ACCENTS: _half_accents,
    Variant.TYPO: _typo,
    Variant.TEEN_CODE: _teen_code,
    Variant.SMALL_TALK: _small_talk,
}
