"""Text -> the words that the encoder and BM25 count.

Vietnamese is written in syllables; two neighbours ("khai_sinh") carry the meaning that one alone does not. Words are
folded (no accents), so that a question typed without accents meets the same words; accented syllables come on top.
"""

import re
from functools import lru_cache
from itertools import pairwise

from corpus.vietnamese import fold, syllables
from retrieval.abbreviations import spelled_out

_WORD = re.compile(r"[^\W_]+")


def lexical_words(text: str) -> list[str]:
    """Folded syllables, for BM25: "Đăng ký KS" -> ["dang", "ky", "ks"]; abbreviations are spelled out."""
    return [folded for _, folded in _syllables(text)]


def encoder_words(text: str) -> str:
    """Folded syllables, folded pairs and accented syllables, blank-separated for the encoder's tokenizer."""
    found = _syllables(text)
    pairs = [f"{first}_{second}" for (_, first), (_, second) in pairwise(found)]
    marked = [accented for accented, folded in found if accented != folded]
    return " ".join([*(folded for _, folded in found), *pairs, *marked])


def _syllables(text: str) -> list[tuple[str, str]]:
    """The syllables of a text, each as it is written and folded."""
    return [syllable for word in _WORD.findall(text.lower()) for syllable in _read(word)]


# A language has some ten thousand syllables, and folding one takes longer than all the rest that is done with it.
@lru_cache(maxsize=65_536)
def _read(word: str) -> tuple[tuple[str, str], ...]:
    return tuple((syllable, fold(syllable)) for syllable in syllables(spelled_out(word)))
