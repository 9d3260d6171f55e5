"""Words for BM25 and for the encoder: folded, paired, abbreviations spelled out."""

import pytest

from corpus.vietnamese import fold
from retrieval.words import encoder_words, lexical_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đăng ký KS", ["dang", "ky", "ks"]),
        ("TTHC", ["thu", "tuc", "hanh", "chinh"]),
        ("hoà giải; hòa giải", ["hoa", "giai", "hoa", "giai"]),
        ("1.001193", ["1", "001193"]),
        ("", []),
        ("😀 ?!", []),
    ],
)
def test_folded_words_for_bm25(text: str, words: list[str]) -> None:
    assert lexical_words(text) == words


def test_accents_do_not_matter_for_bm25() -> None:
    text = "Đăng ký lại khai sinh ở đâu"
    assert lexical_words(text) == lexical_words(fold(text))


def test_the_encoder_gets_single_words_pairs_and_accented_words() -> None:
    assert encoder_words("Đăng ký ở") == "dang ky o dang_ky ky_o đăng ký ở"
    assert encoder_words("khai sinh") == "khai sinh khai_sinh"


@pytest.mark.parametrize("text", ["", "   ", "😀"])
def test_nothing_gives_no_words(text: str) -> None:
    assert encoder_words(text) == ""
