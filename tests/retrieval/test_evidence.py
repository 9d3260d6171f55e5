"""Candidates come with plain numbers that speak for and against them."""

import numpy as np
import pytest

from bot.assemble import Parts
from corpus.vietnamese import fold
from retrieval.cues import cues_in
from retrieval.evidence import COLUMN, FEATURES, Asked, Candidates, gather
from retrieval.words import lexical_words

COMMUNE = "phuong-mau"


def gathered(parts: Parts, text: str, *codes: str, provinces: frozenset[str] = frozenset()) -> Candidates:
    (generation,) = parts.index.generations(COMMUNE)
    vectors = parts.encoder.encode_queries([text])
    return gather(generation, Asked(vectors, [lexical_words(text)], cues_in(text), provinces, codes))


def of(candidates: Candidates, name: str) -> dict[str, float]:
    """The features of the unit with this name."""
    units = candidates.generation.units
    (row,) = [row for row, number in enumerate(candidates.units.tolist()) if units[number].name == name]
    return dict(zip(FEATURES, candidates.features[row].tolist(), strict=True))


def test_every_candidate_has_every_feature_as_a_finite_number(parts: Parts) -> None:
    candidates = gathered(parts, "đăng ký khai sinh")
    assert candidates.features.shape == (len(candidates.units), len(FEATURES))
    assert np.isfinite(candidates.features).all()
    assert len(set(candidates.units.tolist())) == len(candidates.units)
    assert len(COLUMN) == len(FEATURES)


def test_a_name_said_in_full_is_wholly_covered_and_close(parts: Parts) -> None:
    candidates = gathered(parts, "đăng ký tạm trú")
    features = of(candidates, "Đăng ký tạm trú")
    assert features["name_covered"] == pytest.approx(1)
    assert features["lexical_name"] == pytest.approx(candidates.features[:, COLUMN["lexical_name"]].max())
    assert features["dense_name"] == pytest.approx(1, abs=1e-3)


def test_a_typed_code_brings_its_procedure_whatever_the_words(parts: Parts) -> None:
    candidates = gathered(parts, "zzz", "1.012812")
    codes = [candidates.generation.units[number].procedure_code for number in candidates.units.tolist()]
    assert "1.012812" in codes


@pytest.mark.parametrize(
    ("question", "unit", "feature"),
    [
        ("ai ký kế hoạch", "Chữ ký", "signer_asked"),
        ("kế hoạch số mấy", "Phần mở đầu", "header_asked"),
        ("kế hoạch căn cứ vào văn bản nào", "Căn cứ ban hành", "basis_asked"),
        ("kế hoạch gửi cho ai", "Nơi nhận", "recipients_asked"),
        ("kinh phí lấy từ đâu", "IV. KINH PHÍ", "topic_asked"),
        ("đơn vị nào chủ trì cảnh báo lừa đảo", "Cảnh báo lừa đảo giả danh cán bộ phường", "task_asked"),
        ("ai cảnh báo lừa đảo", "Cảnh báo lừa đảo giả danh cán bộ phường", "lead_told"),
        ("khi nào in tờ gấp và bảng mã QR", "In, phát tờ gấp và bảng mã QR tra cứu TTHC", "time_told"),
        ("theo quyết định nào", "Căn cứ ban hành", "number_told"),
        ("kế hoạch số mấy", "Phần mở đầu", "formal_fits"),
    ],
)
def test_the_part_that_a_question_is_after_is_marked_as_asked_for(
    parts: Parts, question: str, unit: str, feature: str
) -> None:
    assert of(gathered(parts, question), unit)[feature] == 1
    assert of(gathered(parts, fold(question)), unit)[feature] == 1


def test_a_formal_part_that_nobody_asked_for_is_marked_as_such(parts: Parts) -> None:
    features = of(gathered(parts, "ai ký kế hoạch, căn cứ"), "Chữ ký")
    assert features["formal_not_asked"] == 0
    assert of(gathered(parts, "kế hoạch số mấy"), "Chữ ký")["formal_not_asked"] == 1


def test_a_part_with_the_very_words_of_a_question_shares_them_all(parts: Parts) -> None:
    features = of(gathered(parts, "cảnh báo lừa đảo giả danh"), "Cảnh báo lừa đảo giả danh cán bộ phường")
    assert features["words_shared"] == pytest.approx(1)
    assert features["pairs_shared"] == pytest.approx(1)


def test_who_asks_for_an_office_does_not_ask_for_the_part_on_money(parts: Parts) -> None:
    assert of(gathered(parts, "kinh phí ở đâu"), "IV. KINH PHÍ")["topic_asked"] == 1
    assert of(gathered(parts, "đơn vị nào bố trí kinh phí"), "IV. KINH PHÍ")["topic_asked"] == 0


def test_naming_the_plan_says_nothing_of_which_part_is_meant(parts: Parts) -> None:
    """The name of the ward stands in few parts, and yet it is no word of theirs."""
    candidates = gathered(parts, "kinh phí của kế hoạch tuyên truyền phường Mẫu")
    money, bases = of(candidates, "IV. KINH PHÍ"), of(candidates, "Căn cứ ban hành")
    assert money["words_shared"] == bases["words_shared"] == pytest.approx(1)
