"""`motcua documents [--commune ID]`: what is stored and in force."""

import argparse

from bot.assistant import AssistantParts
from bot.settings import load_settings
from corpus.outline import document_lines
from corpus.store import NATIONAL


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--commune", help=f"only this commune's, or {NATIONAL}")


def run(options: argparse.Namespace) -> int:
    """Counts by scope, then plans and guides with their counts and warnings."""
    parts = AssistantParts(load_settings(data=options.data))
    if options.commune not in (None, NATIONAL):
        parts.store.commune(options.commune)
    lines = document_lines(parts.store, options.commune)
    print("\n".join(lines or ["nothing is stored yet; read documents with `motcua ingest PATH`"]))
    return 0
