"""`motcua eval SET --report DIR` scores a question set, `… new` writes one, `… load` replays one."""

import argparse
import asyncio
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import httpx
from tqdm import tqdm

from bot.assistant import AssistantParts
from bot.settings import load_settings
from eval.checking import Checker
from eval.errors import BrokenSet, EvalError
from eval.evaluation import Order, Outcome, evaluate
from eval.gates import gates_of, read_gates
from eval.in_process import InProcess
from eval.load import Load, Replay, replay
from eval.on_server import OnServer
from eval.provenance import code_digest, configuration, corpus_digest, index_digest, versions
from eval.question_set import QuestionSet, read_set
from eval.reply import Assistant
from eval.report.words import MEASURES
from eval.runner import Asked
from eval.shipped import set_path
from eval.spreadsheet import convert
from eval.variants import Variant

_SHOWN = 20
_USAGE = "motcua eval: name a question set, or `new FILE` or `load --url URL`"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of all three forms."""
    parser.usage = (
        "motcua eval SET [--report DIR] [--variants all] [--compare RUN] [--gate FILE] [--url URL]\n"
        "       motcua eval new FILE.xlsx|FILE.jsonl [--output FILE]\n"
        "       motcua eval load --url URL [--rate N] [--duration SECONDS] [--questions SET]"
    )
    parser.add_argument("what", metavar="SET", help="file of questions, name of a shipped set, `new` or `load`")
    parser.add_argument(
        "file", nargs="?", help="new: the spreadsheet or set to read; a name that does not exist is made"
    )
    parser.add_argument("--report", type=Path, metavar="DIR", help="where the report goes (default reports/SET)")
    parser.add_argument(
        "--variants", default="plain", metavar="NAMES", help=f"also ask in: {', '.join(Variant)} or all"
    )
    parser.add_argument("--compare", type=Path, metavar="RUN", help="report folder of an earlier run")
    parser.add_argument("--gate", type=Path, metavar="FILE", help="gates that must hold, such as eval/gates.toml")
    parser.add_argument("--url", help="ask a running server instead of this process")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="new: where the set (.jsonl) or spreadsheet (.xlsx) goes"
    )
    parser.add_argument(
        "--questions", default="samples", metavar="SET", help="load: the set to replay (default samples)"
    )
    parser.add_argument("--rate", type=float, default=5.0, help="load: questions a second (default 5)")
    parser.add_argument("--duration", type=float, default=30.0, help="load: seconds (default 30)")


def run(options: argparse.Namespace) -> int:
    """One of the three forms; every problem on its own line."""
    try:
        if options.what == "new":
            return _new(options)
        if options.what == "load":
            return _load(options)
        return _evaluate(options)
    except BrokenSet as error:
        print(
            *(f"{str(error).split(': ')[0]}, {problem}" for problem in error.problems),
            sep="\n",
            file=sys.stderr,
        )
        print(f"motcua eval: {error}", file=sys.stderr)
    except EvalError as error:
        print(f"motcua eval: {error}", file=sys.stderr)
    return 1


def _evaluate(options: argparse.Namespace) -> int:
    variants = _variants(options.variants)
    if options.file is not None or variants is None or (options.limit is not None and options.limit < 1):
        print(f"{_USAGE}; --limit from 1; --variants of {', '.join(Variant)} or all", file=sys.stderr)
        return 2
    path = set_path(options.what)
    question_set = read_set(path)
    for note in question_set.notes:
        print(f"{path}, {note}", file=sys.stderr)
    gates = gates_of(read_gates(options.gate), question_set.name, options.gate) if options.gate else ()
    with ExitStack() as stack:
        if options.url:
            client = stack.enter_context(httpx.Client(base_url=options.url, timeout=60))
            assistant: Assistant = OnServer(client)
            made_with: dict[str, object] = {
                "server": options.url,
                "versions": versions(),
                "code": code_digest(),
            }
        else:
            parts = AssistantParts(load_settings(data=options.data))
            assistant, made_with = _in_process(parts, question_set)
        order = Order(
            question_set=question_set,
            folder=options.report or Path("reports") / question_set.name,
            made_with=made_with,
            variants=variants,
            limit=options.limit,
            gates=gates,
            earlier=options.compare,
        )
        outcome = evaluate(order, assistant, _progress)
    _print(outcome)
    failed = [item.line for item in outcome.gates if not item.holds]
    for line in failed:
        print(f"motcua eval: gate: {line}", file=sys.stderr)
    return 1 if failed else 0


def _in_process(parts: AssistantParts, question_set: QuestionSet) -> tuple[InProcess, dict[str, object]]:
    """The assistant of this process, after a look at whether the set fits its corpus."""
    for commune in sorted({gold.commune for gold in question_set.questions if gold.commune}):
        parts.store.commune(commune)
    assistant = InProcess(parts)
    codes = {code for gold in question_set.questions for code in gold.codes}
    unknown = sorted(codes - assistant.names(codes).keys())
    if unknown:
        some = ", ".join(unknown[:5])
        print(
            f"note: {len(unknown)} of {len(codes)} gold codes are not published here: {some} …",
            file=sys.stderr,
        )
    made_with: dict[str, object] = {
        "corpus": corpus_digest(parts),
        "index": index_digest(parts),
        "code": code_digest(),
        "configuration": configuration(parts),
        "versions": versions(),
    }
    return assistant, made_with


def _variants(names: str) -> list[Variant] | None:
    """The variants named on the command line, the plain one first; None for a name that is none."""
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    if wanted == {"all"}:
        return list(Variant)
    return [variant for variant in Variant if variant in wanted | {"plain"}] if wanted <= set(Variant) else None


def _progress(asked: Iterable[Asked], done: int) -> Iterable[Asked]:
    items = list(asked)
    bar = tqdm(
        items,
        initial=done,
        total=done + len(items),
        unit=" questions",
        leave=False,
        disable=not sys.stderr.isatty(),
    )
    yield from bar


def _print(outcome: Outcome) -> None:
    for variant, row in outcome.figures.variants.items():
        print(f"{variant}:")
        for name, value in row.items():
            spread = f" [{value.low:.3f}, {value.high:.3f}]" if value.low < value.high else ""
            print(f"  {name:<16} {value.mean:.3f}{spread}  n={value.count}  {MEASURES[name]}")
    total = outcome.figures.latency["total"]
    print(f"latency: median {total.median:.1f} ms, 95 % {total.p95:.1f} ms, 99 % {total.p99:.1f} ms")
    invented, forbidden = outcome.figures.invented, outcome.figures.said_forbidden
    print(f"invented numbers: {invented}; forbidden words said: {forbidden}")
    if outcome.comparison:
        better, worse = len(outcome.comparison.better), len(outcome.comparison.worse)
        print(f"compared: {better} better, {worse} worse")
    print(f"{len(outcome.records)} questions in {outcome.seconds:.1f} s; report: {outcome.report}")


def _new(options: argparse.Namespace) -> int:
    """A spreadsheet to fill in, or one turned into a set after its checks, or a set turned into a
    spreadsheet."""
    if options.file is None:
        print(
            "motcua eval new: name the spreadsheet to read, or a new one to make, such as cau-hoi.xlsx",
            file=sys.stderr,
        )
        return 2
    parts = AssistantParts(load_settings(data=options.data))
    done = convert(Path(options.file), options.output, lambda: Checker(parts.store))
    for note in done.notes[:_SHOWN]:
        print(note, file=sys.stderr)
    if len(done.notes) > _SHOWN:
        print(f"… {len(done.notes) - _SHOWN} more", file=sys.stderr)
    print(f"{done.written}: {done.what}")
    return 0


def _load(options: argparse.Namespace) -> int:
    if not options.url or options.rate <= 0 or options.duration <= 0:
        print("motcua eval load: --url of a running server; --rate and --duration above 0", file=sys.stderr)
        return 2
    question_set = read_set(set_path(options.file or options.questions))
    load = Load(options.url, options.rate, options.duration)
    outcome = asyncio.run(_replayed(load, question_set))
    print(*outcome.lines, sep="\n")
    return 1 if outcome.failed else 0


async def _replayed(load: Load, question_set: QuestionSet) -> Replay:
    async with httpx.AsyncClient(base_url=load.url, timeout=60, limits=httpx.Limits(max_connections=None)) as client:
        return await replay(load, question_set.questions, client)
