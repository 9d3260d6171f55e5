"""One evaluation from set to report: run, figures, comparison, gates, files."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval import runner
from eval.comparison import Comparison, compared
from eval.figures import Figures, as_json, figures_of, latency_json
from eval.gates import Checked, Gate, checked
from eval.question_set import QuestionSet
from eval.reply import Assistant
from eval.report.page import Content, page
from eval.run import REPORT, RUN, Record, read_records
from eval.variants import Variant

Progress = Callable[[Iterable[runner.Asked], int], Iterable[runner.Asked]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be evaluated.

    `made_with` holds versions, settings and digests; `earlier` a run to compare with.
    """

    question_set: QuestionSet
    folder: Path
    made_with: dict[str, object]
    variants: Sequence[Variant] = (Variant.PLAIN,)
    limit: int | None = None
    gates: tuple[Gate, ...] = ()
    earlier: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out; `report` is the page to open."""

    figures: Figures
    records: tuple[Record, ...]
    gates: tuple[Checked, ...]
    comparison: Comparison | None
    seconds: float
    report: Path


def evaluate(order: Order, assistant: Assistant, progress: Progress) -> Outcome:
    """Run a set and write run.json, answers.jsonl, times.jsonl and report.html. Raises UnreadableRun."""
    before = read_records(order.earlier) if order.earlier else None
    questions = order.question_set.questions[: order.limit]
    key = {
        "set": order.question_set.digest,
        "limit": order.limit,
        "variants": list(order.variants),
        **order.made_with,
    }
    moment, started = datetime.now(UTC).astimezone(), time.perf_counter()
    records = runner.run(runner.Job(questions, order.variants, order.folder, key), assistant, progress)
    seconds = time.perf_counter() - started
    figures = figures_of(records)
    gates = checked(order.gates, figures)
    comparison = compared(before, records) if before is not None else None
    about = {
        "set": {
            "name": order.question_set.name,
            "digest": order.question_set.digest,
            "questions": len(questions),
        },
        "variants": list(order.variants),
        "made_with": order.made_with,
        "figures": as_json(figures),
        "gates": [{**asdict(item.gate), "value": item.value, "holds": item.holds} for item in gates],
        "comparison": _changes(comparison),
        "times": {
            "started_at": moment.isoformat(timespec="seconds"),
            "seconds": round(seconds, 2),
            **latency_json(figures),
        },
    }
    content = Content(
        set_name=order.question_set.name,
        moment=moment,
        figures=figures,
        records=records,
        gates=gates,
        comparison=comparison,
        compared_to=order.earlier.name if order.earlier else None,
        names=assistant.names(code for gold in questions for code in (*gold.codes, *gold.offer)),
        made_with={"set": order.question_set.digest, **order.made_with},
        seconds=seconds,
    )
    files = {RUN: json.dumps(about, ensure_ascii=False, indent=1) + "\n", REPORT: page(content)}
    runner.finish(order.folder, files)
    return Outcome(figures, tuple(records), gates, comparison, seconds, order.folder / REPORT)


def _changes(comparison: Comparison | None) -> dict[str, object] | None:
    if comparison is None:
        return None
    return {
        "changes": [asdict(change) for change in comparison.changes],
        "better": [now.id for _, now in comparison.better],
        "worse": [now.id for _, now in comparison.worse],
        "unpaired": comparison.unpaired,
    }
