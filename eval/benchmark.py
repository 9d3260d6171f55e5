"""How fast, how big: `python -m eval.benchmark --data DIR`. Every experiment runs in a process of its own.

`start`: from the command to the first answer. `search`: latency and memory over all that is published. `publish`: the
whole store into a new index. `country`: search while the number of communes grows to `--communes` (`--full`: all 3,321
of them); the processes that publish and that search are not the same, so that memory is that of a server.
"""

import argparse
import gc
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.assistant import AssistantParts
from bot.settings import Settings
from eval.country import COMMUNES, PREFIX, plans, question
from eval.measures.latency import Latency, latency
from eval.question_set import read_set
from eval.shipped import set_path
from retrieval.publishing import publish_stale
from retrieval.question import read_question

EXPERIMENTS = ("start", "search", "publish", "country")
_PART = "communes"
"""The part of `country` that asks: search over the made-up communes of a data folder."""
_SIZES = (5, 20, 60, 200, 600, 1500, COMMUNES)
_COMMUNES = 60
_ASKED = 400
_WARM_ASKED = 2_000
_FIRST_ANSWER = """
import sys
from pathlib import Path
from bot.assistant import AssistantParts
from bot.settings import Settings
AssistantParts(Settings.model_construct(data=Path(sys.argv[1]))).chatbot.ask("đăng ký khai sinh cần giấy tờ gì")
"""


def main() -> int:
    """Run all experiments, or the one that is named; one line of figures each."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmark")
    parser.add_argument("--data", type=Path, default=Path("data"), help="data folder with everything published")
    parser.add_argument("--only", choices=(*EXPERIMENTS, _PART), help="one experiment, in this process")
    parser.add_argument("--communes", type=int, default=_COMMUNES, help=f"country: how many (default {_COMMUNES})")
    parser.add_argument(
        "--full", action="store_true", help="country: all communes (a quarter of an hour, 5 GB of disk)"
    )
    options = parser.parse_args()
    communes = COMMUNES if options.full else options.communes
    if options.only is None:
        for name in EXPERIMENTS:
            command = [sys.executable, "-m", "eval.benchmark", "--only", name, "--data", str(options.data)]
            subprocess.run([*command, "--communes", str(communes)], check=True)
        return 0
    experiments = {"start": start, "search": search, "publish": publish_all, "communes": search_communes}
    if options.only == "country":
        for line in country(sorted({min(size, communes) for size in _SIZES}), options.data):
            _say(line)
    else:
        _say(experiments[options.only](options.data))
    return 0


def start(data: Path) -> str:
    """From the command to the first answer: interpreter, imports, models, index."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", _FIRST_ANSWER, str(data)], check=True)
    return f"start: {time.perf_counter() - begun:.2f} s from the command to the first answer"


def search(data: Path) -> str:
    """Search over everything published, the communes in turn."""
    parts = _parts(data)
    scopes: list[str | None] = [None, *(commune.id for commune in parts.store.communes())]
    texts = [gold.question for name in ("procedures-a", "plans") for gold in read_set(set_path(name)).questions]
    chosen = random.Random(1).sample(texts, min(_ASKED, len(texts)))
    _timed(parts, [(text, scopes[number % len(scopes)]) for number, text in enumerate(chosen[:40])])
    gc.collect()
    waits = _timed(parts, [(text, scopes[number % len(scopes)]) for number, text in enumerate(chosen)])
    return f"search: {_told(waits)}, {len(scopes) - 1} communes beside the procedures; {_memory()} MB"


def publish_all(data: Path) -> str:
    """Every scope of a copy of the store, published anew."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(data / "motcua.db", folder)
        parts = _parts(Path(folder))
        begun = time.perf_counter()
        done = publish_stale(
            parts.store,
            parts.settings.index_folder,
            parts.chroma,
            parts.encoder,
            parts.phrasings,
            everything=True,
        )
        seconds = time.perf_counter() - begun
    units, entries = sum(item.units for item in done), sum(item.entries for item in done)
    return f"publish: {seconds:.1f} s for {units} parts found by {entries} texts; {_memory()} MB"


def country(sizes: Sequence[int], data: Path) -> Iterator[str]:
    """Search beside a growing number of communes."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(data, folder, dirs_exist_ok=True)
        parts = _parts(Path(folder))
        coming, known = plans(max(sizes)), 0
        for size in sizes:
            begun = time.perf_counter()
            for _name, document in islice(coming, size - known):
                parts.store.save([document], "benchmark")
            where = (parts.store, parts.settings.index_folder, parts.chroma, parts.encoder, parts.phrasings)
            added = len(publish_stale(*where))
            seconds = time.perf_counter() - begun
            known = size
            command = [sys.executable, "-m", "eval.benchmark", "--only", _PART, "--data", folder]
            asked = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
            yield f"{asked}; {seconds:.0f} s to add and publish {added}, publisher {_memory()} MB"


def search_communes(data: Path) -> str:
    """Search over made-up communes. Cold: a commune's first question opens its index; warm: any commune, in turn."""
    parts = _parts(data)
    known = [commune.id for commune in parts.store.communes() if commune.id.startswith(PREFIX)]
    chance = random.Random(len(known))
    _timed(parts, [(question(chance), None) for _ in range(20)])
    gc.collect()
    alone = _memory()
    cold = _timed(parts, [(question(chance), name) for name in chance.sample(known, len(known))])
    warm = _timed(parts, [(question(chance), chance.choice(known)) for _ in range(_WARM_ASKED)])
    size = sum(path.stat().st_size for name in known for path in (data / "index" / name).rglob("*") if path.is_file())
    return (
        f"country: {len(known)} communes: warm {_told(warm)}; cold {_told(cold)}; "
        f"{_memory()} MB, {alone} MB before; {size / 2**20:.0f} MB on disk"
    )


def _timed(parts: AssistantParts, asked: Sequence[tuple[str, str | None]]) -> tuple[Latency, Latency]:
    """Milliseconds on the clock, and of processor time: what other work on the machine does not change."""
    waits, worked = [], []
    for text, commune in asked:
        begun, work = time.perf_counter(), time.process_time()
        parts.searcher.search(read_question(text, parts.restorer), commune)
        worked.append((time.process_time() - work) * 1000)
        waits.append((time.perf_counter() - begun) * 1000)
    return latency(waits), latency(worked)


def _parts(data: Path) -> AssistantParts:
    # Settings of the environment, such as a database of its own, must not reach a measurement.
    return AssistantParts(Settings.model_construct(data=data))


def _told(times: tuple[Latency, Latency]) -> str:
    waits, worked = times
    clock = f"median {waits.median:.1f} ms, 99 % {waits.p99:.1f} ms, longest {waits.longest:.1f} ms"
    return f"{clock} (processor {worked.median:.1f}, {worked.p99:.1f}, {worked.longest:.1f})"


def _memory() -> int:
    """Megabytes that this process holds now (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
