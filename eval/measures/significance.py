"""Whether two runs over the same questions differ by more than chance."""

from collections.abc import Sequence
from math import comb

import numpy as np

FLIPS = 10_000
_SEED = 20260101


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Two-sided exact p-value of McNemar's test over paired right/wrong values."""
    lost = sum(1 for a, b in zip(first, second, strict=True) if a and not b)
    won = sum(1 for a, b in zip(first, second, strict=True) if b and not a)
    total = lost + won
    tail = sum(comb(total, k) for k in range(min(lost, won) + 1)) / 2**total
    return min(1.0, 2.0 * float(tail))


def permutation(first: Sequence[float], second: Sequence[float]) -> float:
    """Two-sided p-value of the paired sign-flip permutation test on the difference of means; seeded."""
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    differences = differences[differences != 0]
    if len(differences) == 0:
        return 1.0
    chance = np.random.default_rng(_SEED)
    observed = abs(differences.sum()) - 1e-12
    reached = 0
    for _ in range(FLIPS):
        signs = chance.integers(0, 2, len(differences)) * 2 - 1
        reached += abs(float((signs * differences).sum())) >= observed
    return (reached + 1) / (FLIPS + 1)
