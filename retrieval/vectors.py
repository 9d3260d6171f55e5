"""Vectors in Chroma. The only file that knows chromadb.

Embedded, a generation is a folder of its own, opened by one process for writing and never again written to. With a
Chroma server the same is a collection named by scope and generation.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import chromadb
import httpx
import numpy as np
import numpy.typing as npt
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from retrieval.encoder import Vectors
from retrieval.errors import IndexUnavailable, PublishingFailed

_EMBEDDED_NAME = "entries"
# Wide enough that the graph search agrees with exact search on the sizes a country has (eval/RESULTS.md).
_HNSW = {"space": "cosine", "ef_construction": 160, "ef_search": 240, "max_neighbors": 24}

# A server that goes away is reported by the HTTP client, not by Chroma.
_FAILURES = (ChromaError, httpx.HTTPError)

logging.getLogger("chromadb").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries nearest to each query vector: numbers and cosine similarities, both of shape (queries, found)."""

    entries: npt.NDArray[np.int32]
    similarities: npt.NDArray[np.float32]


class VectorIndex(Protocol):
    """Nearest entries by cosine."""

    def query(self, vectors: Vectors, count: int) -> Neighbours:
        """The `count` nearest entries of each vector."""
        ...


class ChromaIndex:
    """One collection, opened for reading."""

    def __init__(self, collection: Any) -> None:  # noqa: ANN401 - chromadb's own class has no stable name
        self._collection = collection
        self._count = int(collection.count())

    def query(self, vectors: Vectors, count: int) -> Neighbours:
        """The `count` nearest entries of each vector. Raises IndexUnavailable when Chroma fails."""
        count = min(count, self._count)
        if count == 0:
            empty = np.zeros((len(vectors), 0))
            return Neighbours(empty.astype(np.int32), empty.astype(np.float32))
        try:
            found = self._collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        except _FAILURES as error:
            raise IndexUnavailable(f"Chroma cannot answer: {error}") from error
        return Neighbours(
            np.array(found["ids"], dtype=np.int32),
            1 - np.array(found["distances"], dtype=np.float32),
        )


class Chroma:
    """Where collections live: a folder per generation, or a Chroma server when `url` is given."""

    def __init__(self, url: str | None = None) -> None:
        self._server = _server(url) if url else None

    @property
    def is_server(self) -> bool:
        """Whether collections live on a server and not in folders."""
        return self._server is not None

    def write(self, folder: Path, name: str, vectors: Vectors) -> None:
        """Fill a new collection; entry n gets id "n". Raises PublishingFailed."""
        client = self._server or _embedded(folder)
        try:
            collection = client.create_collection(
                name if self._server else _EMBEDDED_NAME,
                embedding_function=None,
                configuration={"hnsw": dict(_HNSW)},
            )
            for numbers in _batches(range(len(vectors)), client.get_max_batch_size()):
                collection.add(ids=[str(n) for n in numbers], embeddings=vectors[numbers.start : numbers.stop])
        except _FAILURES as error:
            raise PublishingFailed(f"Chroma refused the new index: {error}") from error

    def open(self, folder: Path, name: str) -> ChromaIndex:
        """A collection written before. Raises IndexUnavailable."""
        try:
            client = self._server or _embedded(folder)
            collection = client.get_collection(name if self._server else _EMBEDDED_NAME, embedding_function=None)
            return ChromaIndex(collection)
        except (*_FAILURES, ValueError) as error:
            raise IndexUnavailable(
                f"the index {name} cannot be opened ({error}); publish again with `motcua ingest`"
            ) from error

    def drop(self, name: str) -> None:
        """Remove a collection from the server; embedded ones go with their folder."""
        if self._server is not None:
            # A generation made before the server was set lies in its folder alone.
            with suppress(NotFoundError):
                self._server.delete_collection(name)


def _embedded(folder: Path) -> Any:  # noqa: ANN401
    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _server(url: str) -> Any:  # noqa: ANN401
    scheme, _, rest = url.partition("://")
    host, _, port = rest.rstrip("/").partition(":")
    try:
        return chromadb.HttpClient(
            host=host,
            port=int(port or 8000),
            ssl=scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )
    except (*_FAILURES, ValueError) as error:
        raise IndexUnavailable(f"no Chroma server at {url} ({error}); start it with `chroma run`") from error


def _batches(numbers: range, size: int) -> Sequence[range]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]
