"""Features -> order and probability. Linear models for procedures, guides and parts of plans.

The weights are learned (retrieval/training/ranking.py) and lie readable in model/ranking.json.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.encoder import SHIPPED
from retrieval.errors import ModelUnavailable
from retrieval.evidence import COLUMN, FEATURES, Candidates

Scores = npt.NDArray[np.float32]

# What tells a right first hit from a wrong one, read off the head of the ranking.
SIGNALS = ("score", "margin", "dense_best", "name_covered", "lexical_best", "lexical_all", "asked_covered")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the features, and of the signals that turn a score into a probability."""

    weights: Scores
    signals: Scores
    bias: float


class Ranker:
    """Scores candidates and says how sure the first one is."""

    def __init__(self, path: Path = SHIPPED / "ranking.json") -> None:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            self._models = {name: _model(data[name]) for name in ("procedure", "guide", "part")}
        except (OSError, ValueError, KeyError) as error:
            raise ModelUnavailable(
                f"{path}: the ranking's weights cannot be read ({error}); reinstall motcua"
            ) from error

    def scores(self, candidates: Candidates, kind: str) -> Scores:
        """One score per candidate; `kind` is "procedure", "guide" or "part"."""
        return np.asarray(candidates.features @ self._models[kind].weights, dtype=np.float32)

    def probability(self, kind: str, signals: Scores) -> float:
        """How likely the first hit is the right one."""
        model = self._models[kind]
        odds = np.clip(signals @ model.signals + model.bias, -50, 50)
        return float(1 / (1 + np.exp(-odds)))


def _model(data: dict[str, dict[str, float]]) -> Model:
    weights = np.array([data["weights"].get(name, 0.0) for name in FEATURES], dtype=np.float32)
    signals = np.array([data["signals"].get(name, 0.0) for name in SIGNALS], dtype=np.float32)
    return Model(weights, signals, float(data["signals"].get("bias", 0.0)))


def signals_of(row: Scores, score: float, runner_up: float | None) -> Scores:
    """The signals of a first hit: its features, its score and its lead over the next different one."""
    lexical = [row[COLUMN[f"lexical_{name}"]] for name in ("name", "phrasing", "sentence")]
    margin = min(score - runner_up, 5.0) if runner_up is not None else 5.0
    return np.array(
        [
            score,
            margin,
            row[COLUMN["dense_best"]],
            row[COLUMN["name_covered"]],
            max(lexical),
            row[COLUMN["lexical_text"]],
            row[COLUMN["asked_covered"]],
        ],
        dtype=np.float32,
    )
