"""Text -> the words that the encoder and BM25 count.

Vietnamese is written in syllables; two neighbours ("khai_sinh") carry the meaning that one alone does not. Words are
folded (no accents), so that a question typed without accents meets the same words; accented syllables come on top.
"""

from itertools import pairwise

from corpus.vietnamese import fold, syllables
from retrieval.abbreviations import spelled_out


def lexical_words(text: str) -> list[str]:
    """Folded syllables, for BM25: "Đăng ký KS" -> ["dang", "ky", "ks"]; abbreviations are spelled out."""
    return [fold(syllable) for syllable in syllables(spelled_out(text))]


def encoder_words(text: str) -> str:
    """Folded syllables, folded pairs and accented syllables, blank-separated for the encoder's tokenizer."""
    accented = syllables(spelled_out(text))
    folded = [fold(syllable) for syllable in accented]
    pairs = [f"{first}_{second}" for first, second in pairwise(folded)]
    marked = [syllable for syllable, plain in zip(accented, folded, strict=True) if syllable != plain]
    return " ".join([*folded, *pairs, *marked])
