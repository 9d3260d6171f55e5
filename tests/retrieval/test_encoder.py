"""The shipped encoder gives unit vectors that do not care for accents, and says which weights made them."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import SHIPPED, StaticEncoder
from retrieval.errors import ModelUnavailable


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder()


def test_vectors_are_of_length_one_and_of_the_stated_width(encoder: StaticEncoder) -> None:
    vectors = encoder.encode_passages(["đăng ký khai sinh", "x"])
    assert vectors.shape == (2, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "😀", "???", "\x00"])
def test_a_text_without_a_word_is_all_zeros(encoder: StaticEncoder, text: str) -> None:
    assert not encoder.encode_queries([text]).any()


def test_no_texts_give_no_rows(encoder: StaticEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimensions)


def test_a_question_without_accents_lies_nearest_to_what_it_means(encoder: StaticEncoder) -> None:
    names = ["đăng ký khai sinh", "đăng ký kết hôn", "cấp lại thẻ căn cước", "hòa giải tranh chấp đất đai"]
    close = encoder.encode_passages(names) @ encoder.encode_queries(["lam giay khai sinh cho con"])[0]
    assert names[int(close.argmax())] == "đăng ký khai sinh"


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: StaticEncoder) -> None:
    alone = encoder.encode_passages(["đăng ký kết hôn"])[0]
    among = encoder.encode_passages(["", "một văn bản dài hơn nhiều " * 50, "đăng ký kết hôn"])[2]
    assert np.allclose(alone, among, atol=1e-6)


def test_a_very_long_text_is_encoded_whole(encoder: StaticEncoder) -> None:
    vectors = encoder.encode_passages(["đăng ký khai sinh " * 2000])
    assert np.isfinite(vectors).all()
    assert vectors.any()


def test_the_name_tells_the_weights(encoder: StaticEncoder) -> None:
    assert encoder.name.startswith("motcua-static-")
    assert encoder.name == StaticEncoder(SHIPPED).name


def test_missing_weights_are_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="reinstall"):
        StaticEncoder(tmp_path)
