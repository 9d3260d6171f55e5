"""What a citation page shows: a chunk in the version of its document in which it stands, and if that holds."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import Engine, select

from corpus.chunking import Chunk, chunks
from corpus.content import from_json
from corpus.database import ChunkRow, DocumentRow, VersionRow
from corpus.document import Document
from corpus.errors import UnknownDocument
from corpus.store import DocumentStore
from corpus.validity import Validity

_KEPT = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """A document in one of its versions, with the chunks of that version."""

    document: Document
    number: int
    read_on: date
    chunks: tuple[Chunk, ...]

    def at(self, path: str) -> Chunk | None:
        """The chunk that stands in a place."""
        return next((chunk for chunk in self.chunks if chunk.path == path), None)


@dataclass(frozen=True, slots=True)
class Successor:
    """The document that replaced another one, and the chunk it opens with."""

    title: str
    chunk_id: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A cited chunk. `replaced_by` stands in its place in the newest version; `successor` replaced the document."""

    chunk: Chunk
    edition: Edition
    is_current: bool
    validity: Validity
    replaced_by: Chunk | None
    successor: Successor | None


class Library:
    """Reads sources from the store. Safe to use from several threads."""

    def __init__(self, store: DocumentStore, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._open: OrderedDict[tuple[str, int], Edition] = OrderedDict()
        self._lock = Lock()

    def source(self, chunk_id: str) -> Source:
        """The source behind a citation. Raises UnknownDocument."""
        chunk, is_current = self._store.chunk(chunk_id)
        with self._engine.connect() as connection:
            query = (
                select(ChunkRow.version, DocumentRow.version.label("newest"))
                .join(DocumentRow, DocumentRow.id == ChunkRow.document_id)
                .where(ChunkRow.id == chunk_id)
            )
            row = connection.execute(query).one()
        edition = self.edition(chunk.document_id, row.version)
        newer = None if is_current else self.edition(chunk.document_id, row.newest).at(chunk.path)
        known = self._store.validity(chunk.document_id)
        return Source(chunk, edition, is_current, known, newer, self._successor(known))

    def _successor(self, known: Validity) -> Successor | None:
        if known.replaced_by is None:
            return None
        edition = self.newest(known.replaced_by)
        document = edition.document
        title = f"{document.title} ({document.number})" if document.number else document.title
        return Successor(title, edition.chunks[0].id if edition.chunks else None)

    def edition(self, document_id: str, number: int) -> Edition:
        """A document as it stood in one version. Raises UnknownDocument."""
        known = self._open.get((document_id, number))
        if known is not None:
            return known
        with self._engine.connect() as connection:
            query = select(VersionRow.content, VersionRow.ingested_at).where(
                VersionRow.document_id == document_id, VersionRow.number == number
            )
            row = connection.execute(query).first()
            citable = set(connection.scalars(select(ChunkRow.id).where(ChunkRow.document_id == document_id)))
        if row is None:
            raise UnknownDocument(f"no document {document_id!r} in version {number}")
        document = from_json(row.content)
        own = tuple(chunk for chunk in chunks(document) if chunk.id in citable)
        edition = Edition(document, number, row.ingested_at.date(), own)
        with self._lock:
            self._open[(document_id, number)] = edition
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)
        return edition

    def newest(self, document_id: str) -> Edition:
        """A document as it stands now. Raises UnknownDocument."""
        with self._engine.connect() as connection:
            number = connection.scalar(select(DocumentRow.version).where(DocumentRow.id == document_id))
        if number is None:
            raise UnknownDocument(f"no document {document_id!r}")
        return self.edition(document_id, number)
