"""How far a mean may be off: bootstrap confidence intervals, the same on every run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
_PART = 100
_KEPT = 1000
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `count` questions and the bounds of its 95 % confidence interval."""

    mean: float
    low: float
    high: float
    count: int


def estimated(values: Sequence[float]) -> Estimate:
    """The mean of per-question values with its percentile bootstrap interval."""
    if not values:
        return Estimate(0.0, 0.0, 0.0, 0)
    array = np.asarray(values, dtype=np.float64)
    if array.min() == array.max():
        return Estimate(float(array[0]), float(array[0]), float(array[0]), len(array))
    means = np.concatenate([part @ array for part in _shares(len(array))])
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(array.mean()), float(low), float(high), len(array))


def _shares(count: int) -> Iterable[npt.NDArray[np.float64]]:
    """How often each question is drawn in every resample, as shares; in parts, so that memory stays small."""
    return _small_shares(count) if count <= _KEPT else _drawn(count)


@lru_cache(maxsize=64)
def _small_shares(count: int) -> tuple[npt.NDArray[np.float64], ...]:
    return tuple(_drawn(count))


def _drawn(count: int) -> Iterator[npt.NDArray[np.float64]]:
    chance = np.random.default_rng(_SEED)
    for _ in range(RESAMPLES // _PART):
        drawn = (np.bincount(chance.integers(0, count, count), minlength=count) for _ in range(_PART))
        yield np.stack(list(drawn)) / count
