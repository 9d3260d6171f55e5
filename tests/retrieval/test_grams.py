"""What a part of a plan shares with a question: words, and words side by side."""

import numpy as np
import pytest

from retrieval.grams import keyed, shared
from retrieval.words import lexical_words

TEXTS = ("Công khai tiến độ giải quyết hồ sơ", "Hồ sơ công khai, tiến hành đúng độ", "")
KEYS, OWNERS = keyed([lexical_words(text)] for text in TEXTS)


def of(*forms: str) -> tuple[list[float], list[float]]:
    words, pairs = shared(KEYS, OWNERS, len(TEXTS), [lexical_words(form) for form in forms], lambda word: 1.0)
    return words.tolist(), pairs.tolist()


def test_words_side_by_side_tell_apart_what_single_words_do_not() -> None:
    words, pairs = of("công khai tiến độ")
    assert words == [1, 1, 0]
    assert pairs == pytest.approx([1, 2 / 3, 0])


def test_rare_words_weigh_more() -> None:
    words, _ = shared(KEYS, OWNERS, len(TEXTS), [["giai", "dung"]], {"giai": 3.0, "dung": 1.0}.__getitem__)
    assert words.tolist() == [0.75, 0.25, 0]


def test_the_best_form_of_a_question_counts() -> None:
    assert of("tien do", "khac han")[0] == of("tien do")[0]


def test_a_question_without_a_subject_is_covered_by_every_part_that_has_words() -> None:
    assert of("ai ký?")[0] == [1, 1, 0]


def test_nothing_is_shared_where_nothing_is_held() -> None:
    keys, owners = keyed([])
    words, pairs = shared(keys, owners, 2, [["ho", "so"]], lambda word: 1.0)
    assert (words.tolist(), pairs.tolist()) == ([0, 0], [0, 0])
    assert owners.dtype == np.int32
