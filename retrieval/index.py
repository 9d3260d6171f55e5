"""The live generations: opened when first needed, exchanged within a second of a new one being published."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from corpus.store import NATIONAL, DocumentStore
from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailable
from retrieval.generation import Generation, open_generation
from retrieval.vectors import Chroma

_LOOK_AGAIN_SECONDS = 1.0
# A commune takes half a megabyte and opens in two milliseconds: a country needs no more of them open than this.
_KEPT_OPEN = 256


@dataclass(frozen=True, slots=True)
class _Seen:
    """The name of a live generation and when it was read from the store."""

    name: str
    moment: float


class LiveIndex:
    """Opened generations by scope, those asked last. Safe to use from several threads."""

    def __init__(
        self, store: DocumentStore, root: Path, chroma: Chroma, encoder: Encoder, kept_open: int = _KEPT_OPEN
    ) -> None:
        self._store = store
        self._root = root
        self._chroma = chroma
        self._encoder = encoder
        self._kept_open = kept_open
        self._open: OrderedDict[str, Generation] = OrderedDict()
        self._seen: dict[str, _Seen] = {}
        self._lock = threading.Lock()
        self._opening = threading.Lock()

    def generations(self, commune: str | None) -> list[Generation]:
        """What is live for a question: the commune's own generation and the national one. Raises IndexUnavailable."""
        wanted = [scope for scope in (commune, NATIONAL) if scope is not None]
        names = self._names(wanted)
        if not names:
            raise IndexUnavailable("nothing is published yet; read documents with `motcua ingest PATH`")
        return [self._opened(scope, names[scope]) for scope in wanted if scope in names]

    def _names(self, scopes: list[str]) -> dict[str, str]:
        now = time.monotonic()
        seen = {scope: self._seen[scope] for scope in scopes if scope in self._seen}
        fresh = {scope: one.name for scope, one in seen.items() if now - one.moment < _LOOK_AGAIN_SECONDS}
        missing = [scope for scope in scopes if scope not in fresh]
        if missing:
            found = self._store.live(missing)
            self._seen.update({scope: _Seen(name, now) for scope, name in found.items()})
            fresh |= found
        return fresh

    def _opened(self, scope: str, name: str) -> Generation:
        current = self._kept(scope, name)
        if current is not None:
            return current
        with self._opening:
            current = self._kept(scope, name)
            if current is None:
                current = open_generation(self._root, self._chroma, self._encoder, scope, name)
                with self._lock:
                    self._open[scope] = current
                    while len(self._open) > self._kept_open:
                        self._open.popitem(last=False)
        return current

    def _kept(self, scope: str, name: str) -> Generation | None:
        with self._lock:
            current = self._open.get(scope)
            if current is None or current.manifest.generation != name:
                return None
            self._open.move_to_end(scope)
            return current
