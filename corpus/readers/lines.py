"""Lines of any format -> the document they hold: the portal's text export, a province's procedure file, or a plan."""

from collections.abc import Iterator

from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.process import is_process, read_process
from corpus.readers.export import export_fields, is_export
from corpus.record import procedure_document
from corpus.structure import read_plan
from corpus.vietnamese import nfc


def documents(lines: list[str], name: str) -> Iterator[Document]:
    """The document in these lines. `name` is used in messages. Raises UnreadableFile or BrokenRecord."""
    lines = [nfc(line) for line in lines]
    if not any(line.strip() for line in lines):
        raise UnreadableFile(f"{name}: no text in it; if it is a scan, ingest the PDF or image itself")
    if is_export(lines):
        yield procedure_document(export_fields(lines))
    elif is_process(lines):
        yield read_process(lines, name)
    else:
        yield read_plan("\n".join(lines), name)
