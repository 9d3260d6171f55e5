"""`motcua search "q" [--commune ID] [--limit 10] [--json]`, or a batch with --input and --output."""

import argparse
import json
from pathlib import Path
from typing import Any

from api.batch import InputLine, run_batch
from api.records import hit_json
from bot.assistant import AssistantParts
from bot.settings import load_settings
from retrieval.question import read_question
from retrieval.search import Found


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("question", nargs="?", help="what to look for")
    parser.add_argument("--commune", help="id of the commune whose documents are searched too")
    parser.add_argument("--limit", type=int, default=10, help="how many hits (default 10)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    parser.add_argument("--input", type=Path, metavar="FILE", help="questions, one JSON object a line")
    parser.add_argument("--output", type=Path, metavar="FILE", help="results, one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Search once, or for every line of a file."""
    batch = options.input is not None
    if batch == (options.question is not None) or batch != (options.output is not None) or options.limit < 1:
        print("motcua search: give a question, or --input with --output; --limit from 1")
        return 2
    parts = AssistantParts(load_settings(data=options.data))

    def look(line: InputLine) -> dict[str, Any]:
        found = _found(parts, line.question, line.commune or options.commune, options.limit)
        return {"hits": [hit_json(hit, rank) for rank, hit in enumerate(found.hits, 1)]}

    if batch:
        return run_batch(options.input, options.output, look)
    if options.json:
        result = look(InputLine(question=options.question))
        print(json.dumps({"id": None, **result}, ensure_ascii=False))
        return 0
    found = _found(parts, options.question, options.commune, options.limit)
    for rank, hit in enumerate(found.hits, 1):
        print(f"{rank:2}. {hit.score:.3f}  {hit.unit.procedure_code or hit.chunk.path}  {hit.unit.name[:110]}")
    if not found.hits:
        print("nothing found")
    return 0


def _found(parts: AssistantParts, question: str, commune: str | None, limit: int) -> Found:
    commune = parts.commune(commune)
    if commune is not None:
        parts.store.commune(commune)
    return parts.searcher.search(read_question(question, parts.restorer), commune, limit)
