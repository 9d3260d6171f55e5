"""How long people wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds: median, 95th and 99th percentile, the longest, and how many were measured."""

    median: float
    p95: float
    p99: float
    longest: float
    count: int


def latency(milliseconds: Sequence[float]) -> Latency:
    """Percentiles by the nearest rank, so that every figure is a wait that happened."""
    ordered = sorted(milliseconds)
    if not ordered:
        return Latency(0.0, 0.0, 0.0, 0.0, 0)

    def at(share: float) -> float:
        return round(ordered[max(0, ceil(share * len(ordered)) - 1)], 3)

    return Latency(at(0.5), at(0.95), at(0.99), round(ordered[-1], 3), len(ordered))
