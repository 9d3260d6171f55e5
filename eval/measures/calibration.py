"""Whether a score means what it says: of the answers given with 0.8, eight in ten should be right."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose score lies in [low, high): their mean score, the share that was right, and how many there are."""

    low: float
    high: float
    said: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The curve, the expected calibration error (mean gap, weighted by count) and the Brier score."""

    bins: tuple[Bin, ...]
    gap: float
    brier: float
    count: int


def reliability(scores: Sequence[float], right: Sequence[bool], bins: int = 10) -> Reliability:
    """The reliability of scores between 0 and 1; empty bins are left out."""
    pairs = list(zip(scores, right, strict=True))
    if not pairs:
        return Reliability((), 0.0, 0.0, 0)
    filled = []
    for number in range(bins):
        inside = [pair for pair in pairs if min(int(pair[0] * bins), bins - 1) == number]
        if inside:
            said = sum(score for score, _ in inside) / len(inside)
            share = sum(1 for _, is_right in inside if is_right) / len(inside)
            filled.append(Bin(number / bins, (number + 1) / bins, said, share, len(inside)))
    gap = sum(abs(item.said - item.right) * item.count for item in filled) / len(pairs)
    brier = sum((score - is_right) ** 2 for score, is_right in pairs) / len(pairs)
    return Reliability(tuple(filled), gap, brier, len(pairs))
