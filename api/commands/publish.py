"""`motcua publish`: every index again from the store."""

import argparse
import sys

from bot.assistant import AssistantParts
from bot.settings import load_settings
from retrieval.publishing import publish_stale


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Publish everything; a running server goes over to the new index by itself."""
    parts = AssistantParts(load_settings(data=options.data))
    published = publish_stale(
        parts.store,
        parts.settings.index_folder,
        parts.chroma,
        parts.encoder,
        parts.phrasings,
        everything=True,
        before=lambda scope: print(f"publishing {scope.id} …", file=sys.stderr),
    )
    for one in published:
        print(f"published {one.scope}: {one.units} parts found by {one.entries} texts")
    if not published:
        print("motcua publish: nothing is stored yet; read documents with `motcua ingest PATH`", file=sys.stderr)
    return 0 if published else 1
