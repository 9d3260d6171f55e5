"""Plain text: a plan or decision, or the portal's own text export of one procedure."""

from collections.abc import Iterator
from pathlib import Path

from corpus.document import Document
from corpus.readers.files import read_text
from corpus.readers.lines import documents


def read(path: Path) -> Iterator[Document]:
    """One document from a text file."""
    yield from documents(read_text(path).split("\n"), str(path))
