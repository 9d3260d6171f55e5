"""`python -m eval.peers --data DIR`: every system on the same questions, documents and machine, as tables."""

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from eval.peers.measured import OURS, PEERS, Result
from eval.shipped import SETS

_SMALL = (240, 100)
_QUICK = ("bm25-records", "bm25-names", OURS)
_COLUMNS = (
    "system",
    "first",
    "first five",
    "first, no accents",
    "first five, no accents",
    "index s",
    "passages",
    "median ms",
    "99 % ms",
    "memory MB",
)
_DEFAULT_SETS = (SETS / "procedures-a.jsonl", SETS / "procedures-b.jsonl")


def main() -> int:
    """Measure, then print the tables; a system that is not installed is left out with a word on stderr."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path("data"), help="data folder with the procedures (default ./data)"
    )
    parser.add_argument("--sets", type=Path, nargs="+", default=list(_DEFAULT_SETS), help="question sets")
    parser.add_argument("--full", action="store_true", help="all systems over all procedures (hours without a GPU)")
    options = parser.parse_args()
    moment = datetime.now(UTC)
    rounds: list[tuple[tuple[str, ...], tuple[int, int] | None]] = [(_QUICK, None), ((*PEERS, OURS), _SMALL)]
    if options.full:
        rounds = [((*PEERS, OURS), None)]
    for names, size in rounds:
        results = [result for name in names if (result := _measured(name, options, size)) is not None]
        sys.stdout.write(table(results, moment) + "\n")
        sys.stdout.flush()
    return 0


def table(results: list[Result], moment: datetime) -> str:
    """The results as Markdown."""
    if not results:
        return ""
    first = results[0]
    lines = [
        f"{first.questions} questions over {first.documents} procedures, {moment:%d/%m/%Y}, {_machine()}.",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"| {' | '.join('---' for _ in _COLUMNS)} |",
    ]
    for item in results:
        shares = (item.first, item.first_five, item.first_without_accents, item.first_five_without_accents)
        cells = [item.name, *(f"{share:.3f}".lstrip("0") for share in shares)]
        cells += [f"{item.index_seconds:.0f}", str(item.passages)]
        cells += [f"{item.median_ms:.1f}", f"{item.p99_ms:.1f}", f"{item.memory_mb:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    used = sorted({f"{name} {number}" for item in results for name, number in item.packages.items()})
    return "\n".join([*lines, "", f"Versions: {', '.join(used)}; Python {sys.version.split()[0]}.", ""])


def _measured(name: str, options: argparse.Namespace, size: tuple[int, int] | None) -> Result | None:
    command = [sys.executable, "-m", "eval.peers.measured", name, "--data", str(options.data)]
    command += ["--sets", *map(str, options.sets)]
    command += ["--size", *map(str, size)] if size else []
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.stderr.write(f"{name}: left out ({last})\n")
        return None
    return Result(**json.loads(done.stdout.splitlines()[-1]))


def _machine() -> str:
    return f"{os.cpu_count()} cores"


if __name__ == "__main__":
    sys.exit(main())
