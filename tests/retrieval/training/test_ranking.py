"""Learning the ranking: the right candidates come out on top, and the head's signals become a probability."""

from dataclasses import replace

import numpy as np
import pytest

from retrieval.evidence import COLUMN, FEATURES
from retrieval.ranking import SIGNALS
from retrieval.training.ranking import Array, Example, calibrate, cross_validated, fit, plain, shares

NAME, TEXT = COLUMN["dense_name"], COLUMN["dense_text"]


def example(*rows: tuple[float, float, bool], groups: tuple[str, ...] = ()) -> Example:
    """Candidates from (nearness of the name, of the text, whether it is right)."""
    features = np.zeros((len(rows), len(FEATURES)))
    features[:, NAME] = [name for name, _, _ in rows]
    features[:, TEXT] = [text for _, text, _ in rows]
    names = groups or tuple(str(n) for n in range(len(rows)))
    return Example(features, np.array([right for _, _, right in rows]), names)


def by_name() -> Array:
    """Weights that go by the name alone."""
    weights = np.zeros(len(FEATURES))
    weights[NAME] = 1.0
    return weights


TOLD_BY_NAME = [example((0.9, 0.1, True), (0.2, 0.8, False)), example((0.1, 0.9, False), (0.7, 0.3, True))]


def test_weights_learn_what_tells_right_from_wrong() -> None:
    weights = fit(TOLD_BY_NAME)
    assert weights[NAME] > 0 > weights[TEXT]
    assert shares(TOLD_BY_NAME, weights) == [1, 1, 1]


def test_what_is_the_same_for_all_candidates_gets_no_weight() -> None:
    weights = fit(TOLD_BY_NAME)
    assert np.abs(np.delete(weights, [NAME, TEXT])).max() < 1e-6


def test_examples_without_a_right_candidate_teach_nothing() -> None:
    wrong = example((0.9, 0.9, False), (0.1, 0.1, False))
    assert np.allclose(fit([*TOLD_BY_NAME, wrong]), fit(TOLD_BY_NAME))
    assert not fit([wrong]).any()


def test_the_same_examples_give_the_same_weights() -> None:
    assert np.array_equal(fit(TOLD_BY_NAME), fit(TOLD_BY_NAME))


def test_shares_count_groups_and_not_candidates() -> None:
    twins = example((0.9, 0, False), (0.8, 0, False), (0.7, 0, True), (0.6, 0, False), groups=("a", "a", "b", "c"))
    assert shares([twins], by_name(), (1, 2)) == [0, 1]


def test_a_group_is_right_when_any_of_its_candidates_is() -> None:
    twins = example((0.9, 0, False), (0.8, 0, True), groups=("a", "a"))
    assert shares([twins], by_name(), (1,)) == [1]


def test_no_examples_have_no_share() -> None:
    assert shares([], by_name()) == [0, 0, 0]


def test_cross_validation_measures_on_what_was_not_learned() -> None:
    several = [replace(one, question=str(n)) for n in range(8) for one in TOLD_BY_NAME]
    assert cross_validated(several) == [1, 1, 1]


def test_the_forms_of_a_question_are_never_split_between_learning_and_measuring() -> None:
    """What only its other form could have taught is not known when a question is measured."""
    alone = example((0.1, 0.9, True), (0.9, 0.1, False))
    forms = [replace(alone, question="một"), replace(alone, question="một")]
    others = [replace(one, question=f"khác {n}") for n in range(6) for one in TOLD_BY_NAME]
    assert cross_validated([*forms, *others], folds=7)[0] == pytest.approx(6 / 7, abs=1e-4)


def test_the_lead_of_a_line_is_measured_against_other_sections_than_its_own() -> None:
    rows = example((0.9, 0, True), (0.89, 0, True), (0.1, 0, False))
    nested_lines = replace(rows, addresses=("kh, mục 2, đoạn 1", "kh, mục 2", "kh, mục 3"))
    wrong = [example((0.5, 0, False), (0.45, 0, True)) for _ in range(4)]
    close, clear = (calibrate([one] * 4 + wrong, by_name(), steps=200) for one in (rows, nested_lines))
    assert clear["margin"] > close["margin"]


def test_calibration_gives_a_slope_for_every_signal_and_tells_sure_heads_from_doubtful_ones() -> None:
    sure = [example((0.9, 0, True), (0.1, 0, False)) for _ in range(10)]
    doubtful = [example((0.5, 0, False), (0.45, 0, True)) for _ in range(10)]
    signals = calibrate([*sure, *doubtful], by_name(), steps=500)
    assert set(signals) == {*SIGNALS, "bias"}
    assert signals["score"] > 0
    assert signals["margin"] > 0


@pytest.mark.parametrize(
    ("text", "bare"), [("**Phí**  là\n_khoản_ <b>TRẢ</b>", "phí là khoản trả"), ("", ""), ("Tháng 3", "tháng 3")]
)
def test_evidence_is_compared_without_markup_and_case(text: str, bare: str) -> None:
    assert plain(text) == bare
