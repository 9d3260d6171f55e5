"""Figures and records -> the report's page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.comparison import Comparison
from eval.figures import Figures, Row
from eval.gates import Checked
from eval.gold import Expected
from eval.measures.intervals import Estimate
from eval.report import charts, words
from eval.run import Record
from eval.scoring import Fault
from eval.variants import Variant

_HERE = Path(__file__).parent
_MOST_SHOWN = 200
_OPEN = 12
_CARDS = ("whole", "status", "right", "facts", "grounded", "clean", "citations")
_GROUPS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the page shows.

    `names` maps procedure codes to names; `made_with` is what run.json says of versions.
    """

    set_name: str
    moment: datetime
    figures: Figures
    records: Sequence[Record]
    gates: Sequence[Checked]
    comparison: Comparison | None
    compared_to: str | None
    names: Mapping[str, str]
    made_with: Mapping[str, object]
    seconds: float


def page(content: Content) -> str:
    """The report as one HTML page."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": words.percent, "ms": words.milliseconds, "points": words.points}
    environment.globals |= {"amount": words.amount}
    plain = [record for record in content.records if record.variant is Variant.PLAIN]
    failed = worst_first(plain)
    return environment.get_template("page.html").render(
        content=content,
        figures=content.figures,
        style=Markup((_HERE / "style.css").read_text(encoding="utf-8")),
        words=words,
        total=len(plain),
        right=len(plain) - len(failed),
        failed=failed[:_MOST_SHOWN],
        failed_count=len(failed),
        opened=_OPEN,
        cards=[(name, content.figures.plain[name]) for name in _CARDS if name in content.figures.plain],
        gauge=_gauge,
        charts=_charts(content.figures),
        faults=[
            (words.FAULTS[fault], content.figures.faults[fault]) for fault in Fault if fault in content.figures.faults
        ],
        fault_names=words.FAULTS,
        confusion=_confusion(content.figures),
        table=_table(content.figures.variants),
        costed=[name for name in words.MEASURES if any(name in row for row in content.figures.costs.values())],
        gates_hold=all(gate.holds for gate in content.gates),
    )


def worst_first(records: Iterable[Record]) -> list[Record]:
    """The records with faults: the gravest fault first, then the surest of itself, then the set's order."""
    order = {fault: number for number, fault in enumerate(Fault)}
    failed = [record for record in records if record.scored.faults]
    return sorted(
        failed,
        key=lambda record: (
            order[record.scored.faults[0]],
            _gravity(record),
            -(record.scored.confidence or 0),
        ),
    )


def _gravity(record: Record) -> int:
    """A missed emergency is worse than a false answer, and that is worse than an answer not given."""
    if record.gold.expect is Expected.EMERGENCY:
        return 0
    return 1 if record.status == Expected.ANSWERED else 2


def _charts(figures: Figures) -> list[tuple[str, str, Markup]]:
    """(heading, explanation, drawing) of every chart there is something to draw for."""
    drawn = []
    groups = (
        (
            "Theo cách gõ",
            "Cùng câu hỏi, gõ theo nhiều kiểu.",
            {words.VARIANTS[name]: row for name, row in figures.variants.items()},
        ),
        ("Theo lĩnh vực", "Nhãn đầu tiên của mỗi câu hỏi.", figures.fields),
        ("Theo loại câu hỏi", "Các nhãn khác của câu hỏi.", figures.tags),
        ("Theo phường, xã", "", figures.communes),
    )
    for heading, told, rows in groups:
        values = [(name, row["whole"]) for name, row in rows.items() if "whole" in row]
        if len(values) > 1:
            values = _order(values) if heading != "Theo cách gõ" else values
            title = f"{heading}: {words.MEASURES['whole'].lower()}"
            if len(values) > _GROUPS_SHOWN:
                told = f"{told} {_GROUPS_SHOWN} nhóm yếu nhất trong {len(values)} nhóm."
            drawn.append((title, told, Markup(charts.bars(values[:_GROUPS_SHOWN], title))))
    if figures.reliability.count:
        title = "Độ tin cậy: trợ lý tự chấm có đúng không"
        drawn.append((title, "", Markup(charts.reliability_curve(figures.reliability, title))))
    title = "Thời gian theo từng bước"
    drawn.append(
        (
            title,
            "Xanh đậm: một nửa số câu; xanh nhạt: 99 % số câu.",
            Markup(charts.latency_bars(figures.latency, title)),
        )
    )
    return drawn


def _order(values: list[tuple[str, Estimate]]) -> list[tuple[str, Estimate]]:
    """The weakest groups first."""
    return sorted(values, key=lambda item: (item[1].mean, -item[1].count))


def _confusion(figures: Figures) -> tuple[list[str], list[tuple[str, list[tuple[int, float, bool]]]]]:
    """Column names, and per row its name and (count, share of the row, whether it is right)."""
    known = [status for status in words.STATUSES if status != "any"]
    columns = [status for status in known if any(status in row for row in figures.confusion.values())]
    rows = []
    for expected in (status for status in words.STATUSES if status in figures.confusion):
        row = figures.confusion[expected]
        total = sum(row.values())
        cells = [(row.get(got, 0), row.get(got, 0) / total, got == expected or expected == "any") for got in columns]
        rows.append((words.STATUSES[expected], cells))
    return [words.STATUSES[status] for status in columns], rows


def _table(variants: Mapping[str, Row]) -> tuple[list[str], list[tuple[str, str, list[Estimate | None]]]]:
    """Names of the variants, and per measure (key, name, an estimate per variant)."""
    rows = [
        (name, label, [row.get(name) for row in variants.values()])
        for name, label in words.MEASURES.items()
        if any(name in row for row in variants.values())
    ]
    return [words.VARIANTS[name] for name in variants], rows


def _gauge(value: Estimate) -> Markup:
    return Markup(charts.gauge(value))
