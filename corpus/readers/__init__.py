"""Files of every kind -> documents. One file per format; what a format cannot say is refused in one line."""

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError, UnreadableFile
from corpus.readers import markdown, office, records, text

Read = Document | CorpusError
"""A document, or the reason why a part of the file was refused; the rest of the file goes on."""

_READERS: dict[str, Callable[[Path], Iterator[Read]]] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".jsonl": records.read_lines,
    ".jsonl.gz": records.read_lines,
    ".json": records.read_json,
    ".docx": office.read_docx,
    ".doc": office.read_doc,
    ".rtf": office.read_doc,
    ".odt": office.read_doc,
    ".pdf": office.read_pdf,
    ".html": office.read_html,
    ".htm": office.read_html,
    ".xlsx": office.read_xlsx,
    ".png": office.read_picture,
    ".jpg": office.read_picture,
    ".jpeg": office.read_picture,
    ".tif": office.read_picture,
    ".tiff": office.read_picture,
}


def suffix(path: Path) -> str:
    """The file's format by its name: ".jsonl.gz" counts as one."""
    name = path.name.lower()
    return next((ending for ending in (".jsonl.gz",) if name.endswith(ending)), path.suffix.lower())


def is_readable(path: Path) -> bool:
    """Whether there is a reader for a file found in a folder. A README is for people, not for the store."""
    return suffix(path) in _READERS and not path.name.lower().startswith(("readme", ".", "~$"))


def read_file(path: Path) -> Iterator[Read]:
    """The documents in a file. Raises UnreadableFile when nothing can be read from it."""
    reader = _READERS.get(suffix(path))
    if reader is None:
        raise UnreadableFile(
            f"{path}: no reader for {suffix(path) or 'a file without an ending'}; known: {', '.join(_READERS)}"
        )
    yield from reader(path)
