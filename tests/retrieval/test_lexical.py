"""BM25 over folded words: word for word counts one, nothing in common counts nothing."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import IndexUnavailable
from retrieval.lexical import LexicalIndex
from retrieval.words import lexical_words

TEXTS = ["đăng ký khai sinh", "đăng ký kết hôn", "cấp lại thẻ căn cước", "", "😀"]


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


def test_a_text_asked_for_word_for_word_scores_one_and_beats_the_others(index: LexicalIndex) -> None:
    scores = index.scores(lexical_words("Đăng ký khai sinh"))
    assert scores.argmax() == 0
    assert 0 < scores[1] < scores[0] <= 1.01


def test_accents_do_not_matter(index: LexicalIndex) -> None:
    assert np.array_equal(index.scores(lexical_words("cap lai the can cuoc")), index.scores(lexical_words(TEXTS[2])))


@pytest.mark.parametrize("words", [[], ["zzz"], ["\x00x"]])
def test_words_that_stand_nowhere_score_nothing(index: LexicalIndex, words: list[str]) -> None:
    assert index.scores(words).tolist() == [0, 0, 0, 0, 0]


def test_a_word_that_is_unknown_lowers_the_score_of_the_others(index: LexicalIndex) -> None:
    assert index.scores(["khai", "sinh", "zzz"])[0] < index.scores(["khai", "sinh"])[0]


def test_a_rare_word_weighs_more_than_a_common_one_and_an_unknown_one_as_much(index: LexicalIndex) -> None:
    assert index.weight("dang") < index.weight("sinh")
    assert index.weight("zzz") == pytest.approx(index.weight("sinh"))


def test_words_of_more_than_a_tenth_of_the_texts_do_not_distinguish() -> None:
    index = LexicalIndex.build(["kế hoạch tuyên truyền"] * 30 + ["kế hoạch khảo sát"])
    assert index.distinctive(["ke", "hoach", "khao", "zzz"]) == ["khao", "zzz"]


def test_what_was_saved_is_loaded_with_the_same_scores(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    words = lexical_words("kết hôn")
    assert np.allclose(LexicalIndex.load(tmp_path).scores(words), index.scores(words))
    assert np.array_equal(LexicalIndex.load(tmp_path).covered(words), index.covered(words))
    assert LexicalIndex.load(tmp_path).vocabulary == index.vocabulary


def test_a_missing_index_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="publish again"):
        LexicalIndex.load(tmp_path / "missing")


def test_the_share_of_a_question_that_the_texts_of_a_unit_hold_together_counts_rare_words_more() -> None:
    index = LexicalIndex.build(TEXTS, np.array([0, 1, 2, 2, 2]))
    khai, ket, none = index.covered(["khai", "sinh", "dang"]).tolist()
    assert none == 0
    assert 0 < ket < 0.5 < khai == pytest.approx(1)
    assert index.covered([]).tolist() == [0, 0, 0]
    assert index.covered(["khai", "zzz"])[0] < 0.6
    both = LexicalIndex.build(TEXTS, np.array([0, 0, 1, 1, 1])).covered(["khai", "ket", "hon"])
    assert both.tolist() == pytest.approx([1, 0])
