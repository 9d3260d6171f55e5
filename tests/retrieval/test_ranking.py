"""Readable weights turn features into an order and a probability."""

import json
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import SHIPPED
from retrieval.errors import ModelUnavailable
from retrieval.evidence import COLUMN, FEATURES
from retrieval.ranking import SIGNALS, Ranker, signals_of

KINDS = ("procedure", "guide", "part")


@pytest.fixture(scope="module")
def weights() -> dict[str, dict[str, dict[str, float]]]:
    """The shipped weights as they lie in the file."""
    read: dict[str, dict[str, dict[str, float]]] = json.loads((SHIPPED / "ranking.json").read_text("utf-8"))
    return read


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_weight_belongs_to_a_feature_that_exists(
    weights: dict[str, dict[str, dict[str, float]]], kind: str
) -> None:
    """A weight under an old name counts for nothing, and nobody would notice."""
    assert set(weights[kind]["weights"]) - set(FEATURES) == set()
    assert set(weights[kind]["signals"]) == {*SIGNALS, "bias"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_probability_lies_between_nothing_and_certainty_and_does_not_overflow(kind: str) -> None:
    ranker = Ranker()
    for size in (0.0, 1.0, 1000.0):
        sure = ranker.probability(kind, np.full(len(SIGNALS), size, dtype=np.float32))
        assert 0 <= sure <= 1


def test_the_lead_over_the_next_is_a_signal_and_is_capped() -> None:
    row = np.zeros(len(FEATURES), dtype=np.float32)
    row[COLUMN["dense_best"]], row[COLUMN["lexical_phrasing"]], row[COLUMN["lexical_name"]] = 0.8, 0.5, 0.3

    def signals(score: float, runner_up: float | None) -> dict[str, float]:
        return dict(zip(SIGNALS, signals_of(row, score, runner_up).tolist(), strict=True))

    assert signals(3.0, 2.0)["margin"] == 1
    assert signals(30.0, 2.0)["margin"] == signals(3.0, None)["margin"] == 5
    assert signals(3.0, 2.0)["lexical_best"] == pytest.approx(0.5)
    assert signals(3.0, 2.0)["dense_best"] == pytest.approx(0.8)


@pytest.mark.parametrize("content", ["", "{}", '{"procedure": {}}', "\x00"])
def test_weights_that_cannot_be_read_are_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ranking.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="ranking"):
        Ranker(path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="reinstall motcua"):
        Ranker(tmp_path / "ranking.json")


def test_weights_are_taken_by_name_and_not_by_place(tmp_path: Path) -> None:
    model = {"weights": {"dense_best": 2.0}, "signals": {"margin": 0.0, "bias": 0.0}}
    path = tmp_path / "ranking.json"
    path.write_text(json.dumps(dict.fromkeys(KINDS, model)), encoding="utf-8")
    assert Ranker(path).probability("part", np.zeros(len(SIGNALS), dtype=np.float32)) == 0.5
