"""Slips are mended before accents are restored, and what is certain stays."""

from pathlib import Path

import pytest

from bot.assemble import Parts
from retrieval.errors import ModelUnavailable
from retrieval.spelling import Spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang ky ket hon can giay to gi", "đăng ký kết hôn cần giấy tờ gì"),
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("đăng ký tạm trú ở đâu", "đăng ký tạm trú ở đâu"),
    ],
)
def test_a_question_comes_out_as_it_was_meant(parts: Parts, typed: str, meant: str) -> None:
    assert parts.restorer.restore(typed) == meant


@pytest.mark.parametrize("text", ["", "😀", "1.001193", "http://dichvucong.gov.vn"])
def test_what_is_no_word_comes_out_as_it_came_in(parts: Parts, text: str) -> None:
    assert parts.restorer.restore(text) == text


def test_restoring_twice_changes_nothing_more(parts: Parts) -> None:
    once = parts.restorer.restore("lam giay khai sinh cho con het bn tien")
    assert parts.restorer.restore(once) == once


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="missing"):
        Spelling(tmp_path / "missing.npz")
