"""`motcua show DOC [PATH]`: a document as a tree, its tasks as a table, a procedure as a sheet, or one part in full."""

import argparse

from bot.assistant import AssistantParts
from bot.settings import load_settings
from corpus.errors import UnknownDocument
from corpus.outline import tree_lines
from corpus.store import DocumentStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("document", metavar="DOC", help="a document's id, its last part, or a procedure's code")
    parser.add_argument("path", nargs="?", metavar="PATH", help="a part's path, such as “Phụ lục, B, dòng 4”")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    store = AssistantParts(load_settings(data=options.data)).store
    document = store.document(_named(store, options.document))
    lines = tree_lines(document, options.path)
    if options.path is None:
        lines = [document.id, *lines, *(f"note: {warning}" for warning in document.warnings)]
    print("\n".join(lines))
    return 0


def _named(store: DocumentStore, name: str) -> str:
    """The id that is meant by an id, its last part or a procedure's code. Raises UnknownDocument when several fit."""
    ids = [identity for identity, _, _, _ in store.listed()]
    if name in ids:
        return name
    fitting = [identity for identity in ids if identity.rsplit("/", 1)[-1] in (name, f"tthc-{name}")]
    if len(fitting) > 1:
        raise UnknownDocument(f"{name!r} fits {len(fitting)} documents; choose one of: {', '.join(fitting)}")
    return fitting[0] if fitting else name
