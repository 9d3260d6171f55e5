"""One system in a process of its own: `python -m eval.peers.measured NAME …` prints a line of JSON."""

import argparse
import importlib
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from eval.measures.latency import latency
from eval.peers.material import Asked, Peer, Record, asked_of, records_of, smaller
from eval.peers.ours import Ours

# Vendors are loaded by name: each has its file, and only the one that is measured costs memory.
PEERS = {
    "bm25-records": ("eval.peers.bm25", "OverRecords"),
    "bm25-names": ("eval.peers.bm25", "OverNames"),
    "txtai": ("eval.peers.txtai_stock", "Txtai"),
    "haystack": ("eval.peers.haystack_stock", "Haystack"),
    "langchain": ("eval.peers.langchain_stock", "LangChain"),
}
OURS = "motcua"


@dataclass(frozen=True, slots=True)
class Result:
    """What one system reached. Shares of questions, seconds, milliseconds, megabytes."""

    name: str
    packages: dict[str, str]
    documents: int
    passages: int
    questions: int
    first: float
    first_five: float
    first_without_accents: float
    first_five_without_accents: float
    index_seconds: float
    median_ms: float
    p99_ms: float
    memory_mb: float


def measure(peer: Peer, records: Sequence[Record], asked: Sequence[Asked]) -> Result:
    """Index, then ask every question in both forms."""
    started = time.perf_counter()
    passages = peer.index(records)
    indexed = time.perf_counter() - started
    peer.search(asked[0].plain)
    waits: list[float] = []
    plain = [_asked(peer, question, question.plain, waits) for question in asked]
    bare = [_asked(peer, question, question.without_accents, waits) for question in asked]
    waited = latency(waits)
    return Result(
        name=peer.name,
        packages={package: version(package) for package in peer.packages},
        documents=len(records),
        passages=passages,
        questions=len(asked),
        first=_share(plain, 1),
        first_five=_share(plain, 5),
        first_without_accents=_share(bare, 1),
        first_five_without_accents=_share(bare, 5),
        index_seconds=round(indexed, 1),
        median_ms=waited.median,
        p99_ms=waited.p99,
        memory_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    )


def _asked(peer: Peer, question: Asked, text: str, waits: list[float]) -> int:
    """The rank of the first right code, 0 when none was found."""
    started = time.perf_counter()
    found = peer.search(text)
    waits.append((time.perf_counter() - started) * 1000)
    return next((rank for rank, code in enumerate(found, 1) if code in question.codes), 0)


def _share(ranks: Sequence[int], k: int) -> float:
    return round(sum(1 for rank in ranks if 0 < rank <= k) / len(ranks), 4)


def _peer(name: str, data: Path) -> Peer:
    if name == OURS:
        return Ours(data)
    module, kind = PEERS[name]
    peer: Peer = getattr(importlib.import_module(module), kind)()
    return peer


def main() -> int:
    """Measure the system that is named."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers.measured")
    parser.add_argument("name", choices=[*PEERS, OURS])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", type=Path, nargs="+", required=True)
    parser.add_argument("--size", type=int, nargs=2, metavar=("DOCUMENTS", "QUESTIONS"))
    options = parser.parse_args()
    records = records_of(options.data)
    asked = asked_of(options.sets, records)
    if options.size:
        records, asked = smaller(records, asked, *options.size)
    result = measure(_peer(options.name, options.data), records, asked)
    sys.stdout.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
