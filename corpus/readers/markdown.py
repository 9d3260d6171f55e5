"""A ward's own guide in Markdown."""

from collections.abc import Iterator
from pathlib import Path

from corpus.document import Document
from corpus.guide import read_guide
from corpus.readers.files import read_text


def read(path: Path) -> Iterator[Document]:
    """One guide from a Markdown file."""
    yield read_guide(read_text(path), str(path))
