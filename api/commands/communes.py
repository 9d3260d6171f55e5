"""`motcua communes`: who may be named in --commune."""

import argparse
from collections import Counter

from bot.assistant import AssistantParts
from bot.settings import load_settings


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """One line per commune: id, name, province, documents in force."""
    parts = AssistantParts(load_settings(data=options.data))
    documents: Counter[str] = Counter()
    for (scope, _kind), count in parts.store.counts().items():
        documents[scope] += count
    communes = parts.store.communes()
    for commune in communes:
        named = ", ".join(name for name in (commune.name, commune.province) if name)
        print(f"{commune.id:<24} {documents[commune.id]:>6} documents  {named}".rstrip())
    if not communes:
        print("no commune yet; ingest its documents with --commune")
    return 0
