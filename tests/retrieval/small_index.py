"""What the tests of the index share: an encoder without weights, a Chroma that refuses, a small store."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from corpus.database import connect, migrate
from corpus.document import Document
from corpus.readers import read_file
from corpus.store import DocumentStore, Scope
from retrieval.encoder import Vectors
from retrieval.publishing import Published, publish
from retrieval.vectors import Chroma
from retrieval.words import lexical_words

COMMUNE = "phuong-mau"
GUIDE = """---
Tiêu đề: Hướng dẫn gửi xe
Loại: hướng dẫn
Cơ quan: UBND phường Mẫu
Ngày: 2026-07-01
---
# Hướng dẫn gửi xe

## Gửi xe máy
<!-- Cách hỏi: để xe máy ở đâu; có mất tiền gửi xe không -->
- Xe máy để trong sân, không thu tiền.

## Gửi ô tô
- Ô tô để ngoài cổng, bên trái.
"""


class WordEncoder:
    """Counts folded words into 32 places; two texts with the same words have the same vector."""

    dimensions = 32

    def __init__(self, name: str = "dem-tu") -> None:
        self.name = name

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in lexical_words(text):
                vectors[row, crc32(word.encode()) % self.dimensions] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)


class FullDisk(Chroma):
    """A Chroma on a disk without room."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    def write(self, folder: Path, name: str, vectors: Vectors) -> None:
        folder.mkdir()
        (folder / "half").write_bytes(b"a beginning")
        raise self._error


def guide(folder: Path, text: str = GUIDE) -> Document:
    """The guide as the corpus reads it from a file."""
    path = folder / "huong-dan-gui-xe.md"
    path.write_text(text, encoding="utf-8")
    (document,) = read_file(path)
    assert isinstance(document, Document)
    return document.for_commune(COMMUNE)


def small_store(folder: Path) -> DocumentStore:
    """A store that holds the guide."""
    engine = connect(f"sqlite:///{folder / 'motcua.db'}")
    migrate(engine)
    store = DocumentStore(engine)
    store.save([guide(folder)], "huong-dan-gui-xe.md")
    return store


def the_scope(store: DocumentStore) -> Scope:
    """What the store says of the guide's commune."""
    return next(scope for scope in store.scopes() if scope.id == COMMUNE)


def published(store: DocumentStore, folder: Path, chroma: Chroma | None = None) -> Published:
    """The guide's commune published once more."""
    return publish(store, folder / "index", chroma or Chroma(), WordEncoder(), (), the_scope(store))
