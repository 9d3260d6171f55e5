"""How far up the right hits stand. The same figures as trec_eval gives (checked against `ir_measures`).

`gains` are the gains of the hits in rank order, 0 for a wrong one.
"""

from collections.abc import Sequence
from math import log2


def recall(gains: Sequence[float], relevant: int, k: int) -> float:
    """Share of the relevant documents among the first k hits."""
    return sum(1 for gain in gains[:k] if gain > 0) / relevant if relevant else 0.0


def reciprocal_rank(gains: Sequence[float]) -> float:
    """One over the rank of the first right hit, 0 without one."""
    return next((1 / rank for rank, gain in enumerate(gains, 1) if gain > 0), 0.0)


def ndcg(gains: Sequence[float], ideal: Sequence[float], k: int) -> float:
    """Discounted gain of the first k hits over that of the best order; `ideal` holds the gains of all documents."""
    best = _discounted(sorted(ideal, reverse=True)[:k])
    return _discounted(gains[:k]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
