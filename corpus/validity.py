"""Versions of a document and its time in force, as the store knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from corpus.database import DocumentRow, VersionRow
from corpus.errors import UnknownDocument


@dataclass(frozen=True, slots=True)
class Validity:
    """When a document holds. `replaced_by` is the id of the one that put it out of force."""

    in_force_from: date | None
    in_force_to: date | None
    replaced_by: str | None
    withdrawn_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the document is in force on a day; both ends count."""
        begun = self.in_force_from is None or self.in_force_from <= day
        ended = self.in_force_to is not None and self.in_force_to < day
        withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= day
        return begun and not ended and not withdrawn


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of a document. `number` counts from 1, `decision` is the act that published it."""

    number: int
    decision: str | None
    as_of: date | None
    source: str
    ingested_at: datetime
    is_current: bool


def today() -> date:
    """The day as the store counts it."""
    return datetime.now(UTC).date()


def in_force(on: date) -> ColumnElement[bool]:
    """The SQL condition for documents that hold on a day. One that begins later is still worth finding."""
    return and_(
        or_(
            DocumentRow.withdrawn_on.is_(None),
            DocumentRow.withdrawn_on > datetime(on.year, on.month, on.day, 23, 59, tzinfo=UTC),
        ),
        or_(DocumentRow.in_force_to.is_(None), DocumentRow.in_force_to >= on),
    )


def validity_of(session: Session, document_id: str) -> Validity:
    """The time in force of one document. Raises UnknownDocument."""
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise UnknownDocument(f"no document {document_id!r}; `motcua documents` lists them")
    withdrawn = row.withdrawn_on.date() if row.withdrawn_on else None
    return Validity(row.in_force_from, row.in_force_to, row.replaced_by, withdrawn)


def versions_of(session: Session, document_id: str) -> list[Version]:
    """Every version of a document, oldest first. Raises UnknownDocument."""
    document = session.get(DocumentRow, document_id)
    if document is None:
        raise UnknownDocument(f"no document {document_id!r}; `motcua documents` lists them")
    rows = session.scalars(select(VersionRow).where(VersionRow.document_id == document_id).order_by(VersionRow.number))
    return [
        Version(
            number=row.number,
            decision=row.content.get("number"),
            as_of=date.fromisoformat(row.content["as_of"]) if row.content.get("as_of") else None,
            source=row.source,
            ingested_at=row.ingested_at,
            is_current=row.number == document.version,
        )
        for row in rows
    ]


def settle_replacements(session: Session, scope: str, on: date) -> None:
    """Within a scope, mark every document that a newer one names as replaced, whichever came in first."""
    rows = session.scalars(select(DocumentRow).where(DocumentRow.scope == scope, DocumentRow.replaces.is_not(None)))
    for row in rows:
        since = row.in_force_from or on
        session.execute(
            update(DocumentRow)
            .where(
                DocumentRow.scope == scope,
                DocumentRow.number.in_(row.replaces or []),
                DocumentRow.id != row.id,
                or_(DocumentRow.in_force_from.is_(None), DocumentRow.in_force_from <= since),
            )
            .values(replaced_by=row.id, in_force_to=since)
        )


def newest_first(session: Session, document_ids: Sequence[str], on: date) -> list[str]:
    """Of documents that contradict each other, those in force before the others, the newest first."""
    rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(document_ids)))
    found = {row.id: row for row in rows}

    def rank(document_id: str) -> tuple[bool, date]:
        row = found[document_id]
        withdrawn = row.withdrawn_on.date() if row.withdrawn_on else None
        validity = Validity(row.in_force_from, row.in_force_to, row.replaced_by, withdrawn)
        return validity.holds_on(on), row.in_force_from or date.min

    return sorted((name for name in document_ids if name in found), key=rank, reverse=True)
