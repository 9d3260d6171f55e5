"""The canonical copy of every document and version. Chroma and BM25 are caches that can be rebuilt from here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from corpus.chunking import Chunk, ChunkKind, chunks
from corpus.content import digest, from_json, to_json
from corpus.database import ChunkRow, CommuneRow, DocumentRow, ScopeRow, VersionRow
from corpus.document import Document
from corpus.errors import UnknownCommune, UnknownDocument
from corpus.validity import (
    Validity,
    Version,
    in_force,
    newest_first,
    settle_replacements,
    today,
    validity_of,
    versions_of,
)

NATIONAL = "national"
_VERSIONS_KEPT = 512
# Put together once: composing a statement takes longer than running it.
_LIVE = select(ScopeRow.id, ScopeRow.generation).where(ScopeRow.id.in_(bindparam("scopes", expanding=True)))
_TWO_COMMUNES = select(ScopeRow.id).where(ScopeRow.id != NATIONAL).limit(2)
_COMMUNE = select(*CommuneRow.__table__.c).where(CommuneRow.id == bindparam("commune"))
_NUMBER = select(DocumentRow.version).where(DocumentRow.id == bindparam("document"))
_CONTENT = select(VersionRow.content).where(
    VersionRow.document_id == bindparam("document"), VersionRow.number == bindparam("number")
)
_INGESTED = (
    select(VersionRow.ingested_at)
    .join(DocumentRow, (DocumentRow.id == VersionRow.document_id) & (DocumentRow.version == VersionRow.number))
    .where(DocumentRow.id == bindparam("document"))
)
_CHUNKS = select(*ChunkRow.__table__.c).where(ChunkRow.id.in_(bindparam("chunks", expanding=True)))
_CHUNKS_OF = (
    select(*ChunkRow.__table__.c)
    .where(ChunkRow.document_id == bindparam("document"), ChunkRow.version == bindparam("number"))
    .order_by(ChunkRow.ordinal)
)


@dataclass(frozen=True, slots=True)
class Saved:
    """How many documents of a batch were new, changed or the same as before."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Saved") -> "Saved":
        return Saved(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class Commune:
    """A xã, phường or đặc khu. `name` and `province` as its documents give them."""

    id: str
    name: str | None
    province: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What is published of "national" or of one commune."""

    id: str
    revision: int
    generation: str | None
    published_revision: int

    @property
    def is_stale(self) -> bool:
        """Whether the store holds changes that the live generation does not show."""
        return self.published_revision < self.revision


class DocumentStore:
    """Documents, versions and chunks in SQL. Every `save` is one transaction: a crash keeps the batches before it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # A version is never written again, so that what was read of it stays true.
        self._document = lru_cache(_VERSIONS_KEPT)(self._read_document)
        self._chunks_of = lru_cache(_VERSIONS_KEPT)(self._read_chunks_of)

    # --- writing -----------------------------------------------------------------------------------------------

    def save(self, documents: Sequence[Document], source: str) -> Saved:
        """Store a batch; an unchanged document is left alone, a changed one becomes a new version."""
        contents = {document.id: to_json(document) for document in documents}
        digests = {name: digest(content) for name, content in contents.items()}
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            known = _known_versions(session, list(contents))
            fresh = [d for d in documents if digests[d.id] not in _digests(known, d)]
            current = [d for d in fresh if not _is_older(d, known)]
            numbers = {d.id: max(known.get(d.id, {0: ("", None, False)})) + 1 for d in fresh}
            for document in current:
                _write_document(session, document, numbers[document.id])
            versions = [
                {
                    "document_id": document.id,
                    "number": numbers[document.id],
                    "digest": digests[document.id],
                    "source": source,
                    "ingested_at": now,
                    "content": contents[document.id],
                }
                for document in fresh
            ]
            session.flush()
            if versions:
                session.execute(insert(VersionRow), versions)
                _write_chunks(session, current, numbers)
            for scope in {document.commune or NATIONAL for document in current}:
                settle_replacements(session, scope, now.date())
                _touch(session, scope)
            for document in documents:
                _know_commune(session, document)
        changed = sum(1 for document in fresh if document.id in known)
        return Saved(len(fresh) - changed, changed, len(documents) - len(fresh))

    def withdraw(self, document_id: str, on: date) -> None:
        """Take a document out of force from a day on; its text stays to be asked for. Raises UnknownDocument."""
        with Session(self._engine) as session, session.begin():
            row = session.get(DocumentRow, document_id)
            if row is None:
                raise UnknownDocument(f"no document {document_id!r}; `motcua documents` lists them")
            row.withdrawn_on = datetime(on.year, on.month, on.day, tzinfo=UTC)
            _touch(session, row.scope)

    def mark_published(self, scope: str, generation: str, revision: int) -> None:
        """Swap the live generation of a scope, in one statement."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(ScopeRow)
                .where(ScopeRow.id == scope)
                .values(generation=generation, published_revision=revision, published_at=datetime.now(UTC))
            )

    # --- reading -----------------------------------------------------------------------------------------------

    def scopes(self) -> list[Scope]:
        """Every scope that anything was stored for."""
        with Session(self._engine) as session:
            rows = session.scalars(select(ScopeRow).order_by(ScopeRow.id))
            return [Scope(row.id, row.revision, row.generation, row.published_revision) for row in rows]

    def communes(self) -> list[Commune]:
        """Every commune that anything was stored for."""
        with Session(self._engine) as session:
            return [
                Commune(row.id, row.name, row.province)
                for row in session.scalars(select(CommuneRow).order_by(CommuneRow.id))
            ]

    def live(self, scopes: Sequence[str]) -> dict[str, str]:
        """The live generation of each of some scopes; one without any is left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(_LIVE, {"scopes": scopes})
            return {row.id: row.generation for row in rows if row.generation}

    def only_commune(self) -> str | None:
        """The commune of a store that holds documents of just one."""
        with self._engine.connect() as connection:
            found = connection.scalars(_TWO_COMMUNES).all()
        return found[0] if len(found) == 1 else None

    def commune(self, commune_id: str) -> Commune:
        """One commune. Raises UnknownCommune, naming those that are known."""
        with self._engine.connect() as connection:
            row = connection.execute(_COMMUNE, {"commune": commune_id}).first()
        if row is None:
            names = ", ".join(commune.id for commune in self.communes())
            known = names or "none yet; ingest its documents with --commune first"
            raise UnknownCommune(f"unknown commune {commune_id!r}; known: {known}")
        return Commune(row.id, row.name, row.province)

    def chunks(
        self, scope: str, *, kind: ChunkKind | None = None, on: date | None = None, expired: bool = False
    ) -> list[Chunk]:
        """The chunks of everything in force in a scope on a day (today), in a fixed order.

        `kind` asks for chunks of one kind; `expired` adds those no longer in force.
        """
        query = (
            select(*ChunkRow.__table__.c)
            .join(DocumentRow, DocumentRow.id == ChunkRow.document_id)
            .where(DocumentRow.scope == scope)
            .order_by(ChunkRow.document_id, ChunkRow.version.desc(), ChunkRow.ordinal)
        )
        if kind is not None:
            query = query.where(ChunkRow.kind == kind.value)
        if not expired:
            query = query.where(DocumentRow.version == ChunkRow.version, in_force(on or today()))
        with Session(self._engine) as session:
            return [_chunk(row) for row in session.execute(query)]

    def validity(self, document_id: str) -> Validity:
        """When a document holds and what replaced it. Raises UnknownDocument."""
        with Session(self._engine) as session:
            return validity_of(session, document_id)

    def versions(self, document_id: str) -> list[Version]:
        """Every version of a document, oldest first. Raises UnknownDocument."""
        with Session(self._engine) as session:
            return versions_of(session, document_id)

    def newest_first(self, document_ids: Sequence[str], on: date | None = None) -> list[str]:
        """Documents that contradict each other: those in force first, the newest of them before the others."""
        with Session(self._engine) as session:
            return newest_first(session, document_ids, on or today())

    def documents(self, scope: str) -> Iterator[Document]:
        """The current version of every document of a scope."""
        with Session(self._engine) as session:
            query = (
                select(VersionRow.content)
                .join(
                    DocumentRow,
                    (DocumentRow.id == VersionRow.document_id) & (DocumentRow.version == VersionRow.number),
                )
                .where(DocumentRow.scope == scope, in_force(today()))
                .order_by(DocumentRow.id)
            )
            for content in session.scalars(query.execution_options(yield_per=500)):
                yield from_json(content)

    def document(self, document_id: str) -> Document:
        """The current version of one document. Raises UnknownDocument."""
        return self._document(document_id, self._known(document_id))

    def document_with_chunks(self, document_id: str) -> tuple[Document, list[Chunk]]:
        """The current version of one document and its chunks in reading order. Raises UnknownDocument."""
        number = self._known(document_id)
        return self._document(document_id, number), list(self._chunks_of(document_id, number))

    def _known(self, document_id: str) -> int:
        number = self._current(document_id)
        if number is None:
            raise UnknownDocument(f"no document {document_id!r}; `motcua documents` lists them")
        return number

    def _current(self, document_id: str) -> int | None:
        with self._engine.connect() as connection:
            number: int | None = connection.scalar(_NUMBER, {"document": document_id})
            return number

    def _read_document(self, document_id: str, number: int) -> Document:
        with self._engine.connect() as connection:
            content: Any = connection.scalar(_CONTENT, {"document": document_id, "number": number})
        return from_json(content)

    def chunk(self, chunk_id: str) -> tuple[Chunk, bool]:
        """A chunk and whether it still stands in the current version of its document. Raises UnknownDocument."""
        with Session(self._engine) as session:
            row = session.execute(
                select(*ChunkRow.__table__.c, (DocumentRow.version == ChunkRow.version).label("current"))
                .join(DocumentRow, DocumentRow.id == ChunkRow.document_id)
                .where(ChunkRow.id == chunk_id)
            ).first()
        if row is None:
            raise UnknownDocument(f"no source {chunk_id!r}")
        return _chunk(row), bool(row.current)

    def chunks_by_id(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Several chunks in one query; unknown ids are left out."""
        with self._engine.connect() as connection:
            return {row.id: _chunk(row) for row in connection.execute(_CHUNKS, {"chunks": chunk_ids})}

    def chunks_of(self, document_id: str) -> list[Chunk]:
        """The chunks of one document's current version, in reading order."""
        number = self._current(document_id)
        return [] if number is None else list(self._chunks_of(document_id, number))

    def _read_chunks_of(self, document_id: str, number: int) -> tuple[Chunk, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_CHUNKS_OF, {"document": document_id, "number": number})
            return tuple(_chunk(row) for row in rows)

    def ingested_on(self, document_id: str) -> date | None:
        """The day on which a document's current version was read in."""
        with self._engine.connect() as connection:
            moment: datetime | None = connection.scalar(_INGESTED, {"document": document_id})
        return moment.date() if moment else None

    def counts(self) -> dict[tuple[str, str], int]:
        """Documents in force by (scope, kind)."""
        with Session(self._engine) as session:
            rows = session.execute(
                select(DocumentRow.scope, DocumentRow.kind, func.count())
                .where(in_force(today()))
                .group_by(DocumentRow.scope, DocumentRow.kind)
            )
            return {(scope, kind): count for scope, kind, count in rows}

    def listed(self, scope: str | None = None) -> list[tuple[str, str, str, int]]:
        """(id, kind, title, version) of every document in force, of one scope or of all."""
        query = select(DocumentRow.id, DocumentRow.kind, DocumentRow.title, DocumentRow.version).where(
            in_force(today())
        )
        if scope is not None:
            query = query.where(DocumentRow.scope == scope)
        with Session(self._engine) as session:
            return [(row[0], row[1], row[2], row[3]) for row in session.execute(query.order_by(DocumentRow.id))]


_Known = dict[str, dict[int, tuple[str, date | None, bool]]]
"""By document: number of a version -> its digest, its date of data, whether it is the current one."""


def _known_versions(session: Session, names: list[str]) -> _Known:
    rows = session.execute(
        select(
            VersionRow.document_id,
            VersionRow.number,
            VersionRow.digest,
            VersionRow.content["as_of"].as_string(),
            DocumentRow.version,
        )
        .join(DocumentRow, VersionRow.document_id == DocumentRow.id)
        .where(DocumentRow.id.in_(names))
    )
    known: _Known = {}
    for document_id, number, version_digest, as_of, current in rows:
        day = date.fromisoformat(as_of) if as_of else None
        known.setdefault(document_id, {})[number] = (version_digest, day, number == current)
    return known


def _digests(known: _Known, document: Document) -> set[str]:
    """Digests that mean "nothing new": that of the current version, and those of states older than it."""
    versions = known.get(document.id, {}).values()
    older = _is_older(document, known)
    return {version_digest for version_digest, _, current in versions if current or older}


def _is_older(document: Document, known: _Known) -> bool:
    """Whether a document is an earlier state of what the store already holds."""
    days = [day for _, day, current in known.get(document.id, {}).values() if current and day]
    return bool(days and document.as_of and document.as_of < days[0])


def _write_document(session: Session, document: Document, number: int) -> None:
    session.merge(
        DocumentRow(
            id=document.id,
            scope=document.commune or NATIONAL,
            kind=document.kind.value,
            title=document.title,
            procedure_code=document.procedure.code if document.procedure else None,
            version=number,
            withdrawn_on=None,
            number=document.number,
            in_force_from=document.in_force_from,
            in_force_to=document.in_force_to,
            replaced_by=None,
            replaces=[r.number for r in document.replaces if r.number] or None,
        )
    )


def _write_chunks(session: Session, documents: Iterable[Document], versions: dict[str, int]) -> None:
    """New chunks are added; those that stand unchanged in the new version are carried along with it."""
    rows = {chunk.id: _row(chunk, versions[chunk.document_id]) for document in documents for chunk in chunks(document)}
    names = list(rows)
    for start in range(0, len(names), 5000):
        known = session.execute(select(ChunkRow.id).where(ChunkRow.id.in_(names[start : start + 5000])))
        for (name,) in known:
            row = rows.pop(name)
            changes = {key: row[key] for key in ("version", "ordinal", "search_text", "phrasings", "field")}
            session.execute(update(ChunkRow).where(ChunkRow.id == name).values(changes))
    if rows:
        session.execute(insert(ChunkRow), list(rows.values()))


def _row(chunk: Chunk, version: int) -> dict[str, Any]:
    return {
        "id": chunk.id,
        "document_id": chunk.document_id,
        "version": version,
        "ordinal": chunk.ordinal,
        "kind": chunk.kind.value,
        "path": chunk.path,
        "field": chunk.field,
        "procedure_code": chunk.procedure_code,
        "text": chunk.text,
        "search_text": None if chunk.search_text == chunk.text else chunk.search_text,
        "phrasings": list(chunk.phrasings),
    }


def _chunk(row: Any) -> Chunk:  # noqa: ANN401 - a row with more columns or fewer
    return Chunk(
        id=row.id,
        document_id=row.document_id,
        kind=ChunkKind(row.kind),
        path=row.path,
        text=row.text,
        search_text=row.search_text if row.search_text is not None else row.text,
        ordinal=row.ordinal,
        procedure_code=row.procedure_code,
        field=row.field,
        phrasings=tuple(row.phrasings),
    )


def _touch(session: Session, scope: str) -> None:
    row = session.get(ScopeRow, scope)
    if row is None:
        session.add(ScopeRow(id=scope, revision=1, published_revision=0))
    else:
        row.revision += 1


def _know_commune(session: Session, document: Document) -> None:
    """Name and province of a commune as the first document that gives them has it."""
    if document.commune is None:
        return
    row = session.get(CommuneRow, document.commune)
    if row is None:
        row = CommuneRow(id=document.commune, name=None, province=None)
        session.add(row)
    row.name = row.name or document.place
    row.province = row.province or document.province
