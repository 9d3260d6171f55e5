"""Records -> figures: means with intervals over all questions, by variant, field, tag, status and commune."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from eval.measures.calibration import Reliability, reliability
from eval.measures.intervals import Estimate, estimated
from eval.measures.latency import Latency, latency
from eval.run import Record
from eval.scoring import MEASURES, Fault
from eval.variants import Variant

Row = dict[str, Estimate]
_SMALLEST_GROUP = 3
_COSTED = ("whole", "status", "right", "first", "first_five")


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of a run; fields, tags, statuses, communes and the rest are taken over the plain
    questions.

    `costs[variant]` is what a variant loses (-) or gains against the plain wording of the same questions;
    `confusion[expected][got]` counts endings; `faults` counts what was wrong; `latency` is by step, "total"
    among them.
    """

    variants: dict[str, Row]
    costs: dict[str, dict[str, float]]
    fields: dict[str, Row]
    tags: dict[str, Row]
    statuses: dict[str, Row]
    communes: dict[str, Row]
    confusion: dict[str, dict[str, int]]
    faults: dict[str, int]
    reliability: Reliability
    latency: dict[str, Latency]
    invented: int
    said_forbidden: int
    questions: int

    @property
    def plain(self) -> Row:
        """The figures of the questions as the set words them."""
        return self.variants.get(Variant.PLAIN.value, {})


def figures_of(records: Sequence[Record]) -> Figures:
    """All figures of a run."""
    plain = [record for record in records if record.variant is Variant.PLAIN]
    return Figures(
        variants=_rows(records, lambda record: [record.variant.value], smallest=1),
        costs=_costs(records, plain),
        fields=_rows(plain, lambda record: [record.gold.field] if record.gold.field else []),
        tags=_rows(plain, lambda record: record.gold.tags[1:]),
        statuses=_rows(plain, lambda record: [record.gold.expect.value], smallest=1),
        communes=_rows(plain, lambda record: [record.gold.commune] if record.gold.commune else [], smallest=1),
        confusion=_confusion(plain),
        faults=dict(Counter(fault.value for fault in Fault for record in plain if fault in record.scored.faults)),
        reliability=_reliability(plain),
        latency=_latency(records),
        invented=sum(len(record.scored.invented) for record in records),
        said_forbidden=sum(len(record.scored.said_forbidden) for record in records),
        questions=len(plain),
    )


def row_of(records: Iterable[Record]) -> Row:
    """Every measure that the gold of these questions speaks about."""
    scores = [record.scored.score for record in records]
    row = {}
    for name in MEASURES:
        values = [value for score in scores if (value := getattr(score, name)) is not None]
        if values:
            row[name] = estimated(values)
    return row


def as_json(figures: Figures) -> dict[str, object]:
    """The figures without the latency, which differs between runs, rounded to four places."""
    return {name: _rounded(value) for name, value in asdict(figures).items() if name != "latency"}


def latency_json(figures: Figures) -> dict[str, dict[str, float]]:
    """The latency by step."""
    return {step: asdict(values) for step, values in figures.latency.items()}


def _rows(
    records: Sequence[Record], groups: Callable[[Record], Iterable[str]], smallest: int = _SMALLEST_GROUP
) -> dict[str, Row]:
    members: dict[str, list[Record]] = {}
    for record in records:
        for group in groups(record):
            members.setdefault(group, []).append(record)
    return {group: row_of(inside) for group, inside in members.items() if len(inside) >= smallest}


def _costs(records: Sequence[Record], plain: Sequence[Record]) -> dict[str, dict[str, float]]:
    by_id = {record.id: record for record in plain}
    costs: dict[str, dict[str, float]] = {}
    for variant in Variant:
        pairs = [(by_id[record.id], record) for record in records if record.variant is variant and record.id in by_id]
        if variant is Variant.PLAIN or not pairs:
            continue
        now, before = row_of(record for _, record in pairs), row_of(record for record, _ in pairs)
        costs[variant.value] = {
            name: now[name].mean - before[name].mean for name in _COSTED if name in now and name in before
        }
    return costs


def _confusion(records: Sequence[Record]) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for record in records:
        row = table.setdefault(record.gold.expect.value, {})
        row[record.status] = row.get(record.status, 0) + 1
    return table


def _reliability(records: Sequence[Record]) -> Reliability:
    pairs = [
        (record.scored.confidence, record.scored.score.first == 1)
        for record in records
        if record.scored.confidence is not None
    ]
    return reliability([min(max(score, 0.0), 1.0) for score, _ in pairs], [right for _, right in pairs])


def _latency(records: Sequence[Record]) -> dict[str, Latency]:
    steps: dict[str, list[float]] = {}
    for record in records:
        for step, value in record.steps_ms.items():
            steps.setdefault(step, []).append(value)
    return {
        "total": latency([record.total_ms for record in records]),
        **{step: latency(values) for step, values in steps.items()},
    }


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
