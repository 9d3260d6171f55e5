"""Word, PDF, web pages, Excel and pictures: formats that are opened in a process of their own."""

from collections.abc import Iterator
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.readers.apart import extract_lines
from corpus.readers.doc import as_docx
from corpus.readers.lines import documents
from corpus.readers.listing import is_listing, listed_records


def read_docx(path: Path) -> Iterator[Document | CorpusError]:
    """The document in a .docx file."""
    yield from documents(extract_lines("docx", path), str(path))


def read_doc(path: Path) -> Iterator[Document | CorpusError]:
    """The document in a .doc, .rtf or .odt file, through LibreOffice."""
    with as_docx(path) as converted:
        lines = extract_lines("docx", converted)
    yield from documents(lines, str(path))


def read_pdf(path: Path) -> Iterator[Document | CorpusError]:
    """The document in a PDF file; pages without text are recognised."""
    yield from documents(extract_lines("pdf", path), str(path))


def read_html(path: Path) -> Iterator[Document | CorpusError]:
    """The document on a saved web page: a procedure of the portal, or a plan."""
    yield from documents(extract_lines("html", path), str(path))


def read_picture(path: Path) -> Iterator[Document | CorpusError]:
    """The document on a scan or photograph."""
    yield from documents(extract_lines("picture", path), str(path))


def read_xlsx(path: Path) -> Iterator[Document | CorpusError]:
    """A list of procedures, one a row, or a plan's task table."""
    lines = extract_lines("xlsx", path)
    if is_listing(lines):
        yield from listed_records(lines, path)
    else:
        yield from documents(lines, str(path))
