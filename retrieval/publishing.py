"""Store -> a new generation of a scope, then an atomic swap. A crash on the way leaves the old one serving."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.chunking import Chunk, ChunkKind
from corpus.store import DocumentStore, Scope
from retrieval import generation as generations
from retrieval.encoder import Encoder
from retrieval.entries import Entry, Field, Unit, procedure_units, section_units
from retrieval.errors import PublishingFailed
from retrieval.phrasings import SHIPPED, load_phrasings
from retrieval.vectors import Chroma


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of a scope."""

    scope: str
    generation: str
    units: int
    entries: int


def publish(
    store: DocumentStore,
    root: Path,
    chroma: Chroma,
    encoder: Encoder,
    phrasings: tuple[Path, ...],
    scope: Scope,
) -> Published:
    """Make the scope's new generation and swap it in. Raises PublishingFailed; the live one is never touched."""
    units, entries = collect(store, scope.id, (SHIPPED, *phrasings))
    name = f"{scope.revision:06d}-{secrets.token_hex(3)}"
    try:
        folder = generations.write(root, chroma, encoder, scope.id, name, scope.revision, units, entries)
    except OSError as error:
        raise PublishingFailed(
            f"{root}: the index cannot be written ({error.strerror or error}); check space and rights"
        ) from error
    _to_disk(folder)
    store.mark_published(scope.id, name, scope.revision)
    if scope.generation is not None:
        generations.retire(root, scope.id, scope.generation)
    generations.sweep(root, chroma, scope.id, name)
    return Published(scope.id, name, len(units), len(entries))


def publish_stale(
    store: DocumentStore,
    root: Path,
    chroma: Chroma,
    encoder: Encoder,
    phrasings: tuple[Path, ...],
    *,
    everything: bool = False,
    before: Callable[[Scope], None] = lambda scope: None,
) -> list[Published]:
    """Publish every scope whose store is ahead of its live generation; `everything` publishes all of them."""
    done = []
    for scope in store.scopes():
        if everything or scope.is_stale:
            before(scope)
            done.append(publish(store, root, chroma, encoder, phrasings, scope))
    return done


def collect(store: DocumentStore, scope: str, phrasings: tuple[Path, ...]) -> tuple[list[Unit], list[Entry]]:
    """The units of a scope and the entries they are found by."""
    chunks = store.chunks(scope)
    by_document: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        if chunk.kind is ChunkKind.PROCEDURE:
            by_document.setdefault(chunk.document_id, []).append(chunk)
    units: list[Unit] = []
    entries: list[Entry] = []

    def add(unit: Unit, texts: list[tuple[Field, str]]) -> None:
        entries.extend(Entry(len(units), field, text) for field, text in texts if text.strip())
        units.append(unit)

    documents = list(store.documents(scope))
    if by_document:
        for unit, texts in procedure_units(documents, by_document, load_phrasings(*phrasings)):
            add(unit, texts)
    tasks = {(document.id, task.path): task for document in documents for task in document.tasks}
    titles = {document.id: document.title for document in documents}
    for unit, texts in section_units(chunks, tasks, titles):
        add(unit, texts)
    return units, entries


def _to_disk(folder: Path) -> None:
    """Everything written is on the disk before the pointer moves."""
    for path in [*folder.rglob("*"), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
