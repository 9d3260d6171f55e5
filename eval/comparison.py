"""The difference between two runs over the same questions, and whether it is more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.significance import mcnemar, permutation
from eval.run import Record
from eval.scoring import MEASURES
from eval.variants import Variant


@dataclass(frozen=True, slots=True)
class Change:
    """One measure before and now over `count` paired questions; `p` the chance of such a difference without cause."""

    measure: str
    before: float
    now: float
    p: float
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, and the records that got better and worse (before, now).

    `unpaired` questions stand in one run only.
    """

    changes: tuple[Change, ...]
    better: tuple[tuple[Record, Record], ...]
    worse: tuple[tuple[Record, Record], ...]
    unpaired: int


def compared(before: Sequence[Record], now: Sequence[Record]) -> Comparison:
    """Compare two runs question by question, in the set's own wording."""
    earlier, later = ({record.id: record for record in run if record.variant is Variant.PLAIN} for run in (before, now))
    pairs = [(earlier[name], record) for name, record in later.items() if name in earlier]
    unpaired = len(earlier.keys() ^ later.keys())
    changes = [change for name in MEASURES if (change := _change(name, pairs)) is not None]
    better = tuple(pair for pair in pairs if _quality(pair[1]) > _quality(pair[0]))
    worse = tuple(pair for pair in pairs if _quality(pair[1]) < _quality(pair[0]))
    return Comparison(tuple(changes), better, worse, unpaired)


def _change(name: str, pairs: Sequence[tuple[Record, Record]]) -> Change | None:
    values = [(getattr(old.scored.score, name), getattr(new.scored.score, name)) for old, new in pairs]
    both = [(old, new) for old, new in values if old is not None and new is not None]
    if not both:
        return None
    first, second = [old for old, _ in both], [new for _, new in both]
    if {*first, *second} <= {0.0, 1.0}:
        p = mcnemar([value == 1 for value in first], [value == 1 for value in second])
    else:
        p = permutation(first, second)
    return Change(name, sum(first) / len(both), sum(second) / len(both), p, len(both))


def _quality(record: Record) -> tuple[float, float]:
    """Whether everything was right, then how little was wrong."""
    return record.scored.score.whole or 0.0, -float(len(record.scored.faults))
