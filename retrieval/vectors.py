"""Vectors in Chroma, one collection per scope and generation. The only file that knows chromadb.

Embedded, a generation is a folder of its own, opened by one process for writing and never again written to. With a
Chroma server the same is a collection named by scope and generation.
"""

import atexit
import importlib
import logging
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.errors import IndexUnavailable, PublishingFailed
from retrieval.one_at_a_time import waiting

_EMBEDDED_NAME = "entries"
_PLACE = ("default_tenant", "default_database")
_STORED, _COPY = "chroma.sqlite3", "vectors.npy"
# Wide enough that the graph search agrees with exact search on the sizes a country has (eval/RESULTS.md).
_HNSW = {"space": "cosine", "ef_construction": 160, "ef_search": 192, "max_neighbors": 24}
# An open embedded collection costs 5 MB, 7 threads and 50 ms, whatever its size; comparing every vector of a small
# one takes less time than asking Chroma's graph, and a country's 3,321 communes are all small.
SMALL = 4_096

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


class ExactIndex:
    """The vectors of a small collection in memory, every one of them compared."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def query(self, vectors: Vectors, count: int) -> Neighbours:
        """The `count` nearest entries of each vector."""
        # A matrix product of this size would wake BLAS's threads, which fight over the cores with other questions.
        similar = np.einsum("qd,ed->qe", vectors, self._vectors)
        order = np.argsort(-similar, axis=1, kind="stable")[:, :count]
        return Neighbours(order.astype(np.int32), np.take_along_axis(similar, order, axis=1))


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
            with waiting():
                found = self._collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        except _failures() as error:
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
        if self._server is not None:
            _fill(self._server, name, vectors)
            return
        client = _embedded(folder)
        try:
            _fill(client, _EMBEDDED_NAME, vectors)
        finally:
            client.close()
        if len(vectors) <= SMALL:
            np.save(folder / _COPY, vectors, allow_pickle=False)

    def open(self, folder: Path, name: str) -> VectorIndex:
        """A collection written before. Raises IndexUnavailable."""
        try:
            if self._server is not None:
                return ChromaIndex(self._server.get_collection(name, embedding_function=None))
            if (folder / _COPY).exists() and (folder / _STORED).exists():
                return ExactIndex(np.load(folder / _COPY, allow_pickle=False))
            return _opened(folder)
        except _failures(OSError, ValueError, EOFError) as error:
            raise IndexUnavailable(
                f"the index {name} cannot be opened ({error}); publish again with `motcua publish`"
            ) from error

    def drop(self, name: str) -> None:
        """Remove a collection from the server; embedded ones go with their folder."""
        if self._server is not None:
            # A generation made before the server was set lies in its folder alone.
            with suppress(importlib.import_module("chromadb.errors").NotFoundError):
                self._server.delete_collection(name)


def _fill(client: Any, name: str, vectors: Vectors) -> None:  # noqa: ANN401
    try:
        collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": dict(_HNSW)})
        for numbers in _batches(range(len(vectors)), client.get_max_batch_size()):
            collection.add(ids=[str(n) for n in numbers], embeddings=vectors[numbers.start : numbers.stop])
    except _failures() as error:
        raise PublishingFailed(f"Chroma refused the new index: {error}") from error


class _Core:
    """An embedded collection, read by Chroma's Rust core alone, as chromadb's own client would.

    The client takes longer to import than all else that a question asked in a terminal waits for.
    """

    def __init__(self, folder: Path) -> None:
        core = importlib.import_module("chromadb_rust_bindings")
        database = core.SqliteDBConfig(
            hash_type=core.MigrationHash.MD5,
            migration_mode=core.MigrationMode.Validate,
            url=str(folder / _STORED),
        )
        self._core = core.Bindings(
            allow_reset=False, sqlite_db_config=database, persist_path=str(folder), hnsw_cache_size=1
        )
        found = self._core.get_collection(_EMBEDDED_NAME, *_PLACE)
        self._id = str(found.id)
        if self.count():
            self.query(np.zeros((1, found.dimension), dtype=np.float32), 1, ["distances"])

    def count(self) -> int:
        """How many vectors it holds."""
        return int(self._core.count(self._id, *_PLACE))

    def query(self, query_embeddings: Vectors, n_results: int, include: list[str]) -> dict[str, Any]:
        """The nearest of each vector, as the client gives them."""
        found = self._core.query(self._id, None, query_embeddings.tolist(), n_results, None, None, include, *_PLACE)
        return {"ids": found.ids, "distances": found.distances}


def _opened(folder: Path) -> ChromaIndex:
    try:
        return ChromaIndex(_Core(folder))
    except (ImportError, AttributeError, TypeError):  # The core of another release than the one tested with.
        return _opened_by_client(folder)


def _opened_by_client(folder: Path) -> ChromaIndex:
    client = _embedded(folder)
    try:
        index = ChromaIndex(client.get_collection(_EMBEDDED_NAME, embedding_function=None))
    except BaseException:
        client.close()
        raise
    # A generation that was replaced lets go of its memory as soon as the last question to it is answered.
    weakref.finalize(index, client.close).atexit = False
    return index


def _chromadb() -> Any:  # noqa: ANN401
    return importlib.import_module("chromadb")


def _failures(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What Chroma raises, and others; a server that goes away is reported by the HTTP client."""
    return importlib.import_module("chromadb.errors").ChromaError, importlib.import_module("httpx").HTTPError, *others


def _embedded(folder: Path) -> Any:  # noqa: ANN401
    return _chromadb().PersistentClient(path=str(folder), settings=_settings())


def _server(url: str) -> Any:  # noqa: ANN401
    scheme, _, rest = url.partition("://")
    host, _, port = rest.rstrip("/").partition(":")
    try:
        client = _chromadb().HttpClient(host=host, port=int(port or 8000), ssl=scheme == "https", settings=_settings())
    except _failures(ValueError) as error:
        raise IndexUnavailable(f"no Chroma server at {url} ({error}); start it with `chroma run`") from error
    atexit.register(client.close)
    return client


def _settings() -> Any:  # noqa: ANN401
    return importlib.import_module("chromadb.config").Settings(anonymized_telemetry=False)


def _batches(numbers: range, size: int) -> Sequence[range]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]
