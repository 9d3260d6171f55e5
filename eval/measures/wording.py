"""Whether a text says something, however it is spelled: "8.000 đồng" says "8000", "05 ngày" says "5 ngày"."""

import re
import unicodedata
from collections.abc import Sequence

from corpus.vietnamese import new_tone, one_line, syllables

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.\s\u00a0]\d{3})+(?![\d.,]?\d)")
_LEADING_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)")
_DASHES = re.compile(r"\s*[-–—]\s*")
_NOT_DIGIT = re.compile(r"\D")


def plain(text: str) -> str:
    """Text in one spelling: NFC, lower case, new tone marks, amounts without dots and blanks, no leading zeros."""
    text = one_line(new_tone(unicodedata.normalize("NFC", text).lower()))
    text = _THOUSANDS.sub(lambda match: _NOT_DIGIT.sub("", match.group()), text)
    return _LEADING_ZEROS.sub("", _DASHES.sub(" - ", text))


def says(text: str, words: str) -> bool:
    """Whether a text holds the words as whole words: "50.000 đồng" does not say "0 đồng"."""
    return re.search(rf"(?<!\w){re.escape(plain(words))}(?!\w)", plain(text)) is not None


def share_said(text: str, facts: Sequence[str]) -> float:
    """Share of the facts that a text says."""
    return sum(says(text, fact) for fact in facts) / len(facts) if facts else 0.0


def holds(text: str, evidence: str) -> bool:
    """Whether a source's text holds the words of the evidence, punctuation and line breaks apart."""
    wanted = " ".join(syllables(unicodedata.normalize("NFC", evidence)))
    return bool(wanted) and f" {wanted} " in f" {' '.join(syllables(unicodedata.normalize('NFC', text)))} "
