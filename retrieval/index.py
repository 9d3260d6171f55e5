"""The live generations: opened when first needed, exchanged within a second of a new one being published."""

import threading
import time
from pathlib import Path

from corpus.store import NATIONAL, DocumentStore
from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailable
from retrieval.generation import Generation, open_generation
from retrieval.vectors import Chroma

_LOOK_AGAIN_SECONDS = 1.0


class LiveIndex:
    """Opened generations by scope. Safe to use from several threads."""

    def __init__(self, store: DocumentStore, root: Path, chroma: Chroma, encoder: Encoder) -> None:
        self._store = store
        self._root = root
        self._chroma = chroma
        self._encoder = encoder
        self._open: dict[str, Generation] = {}
        self._names: dict[str, str] = {}
        self._looked = 0.0
        self._lock = threading.Lock()

    def generations(self, commune: str | None) -> list[Generation]:
        """What is live for a question: the national generation and the commune's own. Raises IndexUnavailable."""
        self._look()
        wanted = [scope for scope in (commune, NATIONAL) if scope is not None and scope in self._names]
        if not wanted:
            raise IndexUnavailable("nothing is published yet; read documents with `motcua ingest PATH`")
        return [self._opened(scope) for scope in wanted]

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked < _LOOK_AGAIN_SECONDS and self._names:
            return
        self._names = {scope.id: scope.generation for scope in self._store.scopes() if scope.generation}
        self._looked = now

    def _opened(self, scope: str) -> Generation:
        name = self._names[scope]
        current = self._open.get(scope)
        if current is not None and current.manifest.generation == name:
            return current
        with self._lock:
            current = self._open.get(scope)
            if current is None or current.manifest.generation != name:
                current = open_generation(self._root, self._chroma, self._encoder, scope, name)
                self._open[scope] = current
        return current
