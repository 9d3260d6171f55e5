"""Tables and engine. SQL that SQLite and PostgreSQL both run; the schema itself is made by the migrations."""

import importlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Engine, ForeignKey, Index, Text, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from corpus.errors import StoreUnavailable

_MIGRATIONS = Path(__file__).parent / "migrations"


class Base(DeclarativeBase):
    """All tables of the program."""


class CommuneRow(Base):
    """A xã, phường or đặc khu that something was ingested for."""

    __tablename__ = "communes"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    province: Mapped[str | None] = mapped_column(Text)


class DocumentRow(Base):
    """A document; its content lives in its versions. `scope` is a commune's id or "national"."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    scope: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    procedure_code: Mapped[str | None] = mapped_column(Text, index=True)
    version: Mapped[int]
    withdrawn_on: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    number: Mapped[str | None] = mapped_column(Text)
    in_force_from: Mapped[date | None] = mapped_column(Date)
    in_force_to: Mapped[date | None] = mapped_column(Date)
    replaced_by: Mapped[str | None] = mapped_column(Text)
    replaces: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class VersionRow(Base):
    """One state of a document as it was published: its whole content, its source and its time in force."""

    __tablename__ = "versions"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    ingested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class ChunkRow(Base):
    """A chunk; `version` is the newest version of its document in which it stands."""

    __tablename__ = "chunks"
    __table_args__ = (Index("ix_chunks_document_version", "document_id", "version"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    version: Mapped[int]
    ordinal: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    field: Mapped[str | None] = mapped_column(Text)
    procedure_code: Mapped[str | None] = mapped_column(Text, index=True)
    text: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str | None] = mapped_column(Text)
    phrasings: Mapped[list[str]] = mapped_column(JSON)


class ScopeRow(Base):
    """What is published of a scope. `revision` counts changes in the store; the generation knows which one it shows."""

    __tablename__ = "scopes"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    generation: Mapped[str | None] = mapped_column(Text)
    published_revision: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def connect(url: str) -> Engine:
    """An engine for the store. SQLite runs in WAL mode so that readers and one writer never wait for each other."""
    # What is stored may be a citizen's words: no error repeats it.
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision. Raises StoreUnavailable."""
    try:
        if _revision(engine) == _newest_revision():
            return
        # Alembic takes as long to import as a question takes to answer; most starts find nothing to do.
        importlib.import_module("corpus.migrations.upgrade").upgrade(engine, _MIGRATIONS)
    except SQLAlchemyError as error:
        raise StoreUnavailable(f"the database at {engine.url!r} cannot be used: {_first_line(error)}") from error


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT max(version_num) FROM alembic_version"))
        return revision


def _newest_revision() -> str:
    """The revisions are numbered in one line; each file's name begins with its own."""
    return max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _first_line(error: Exception) -> str:
    return str(error.__cause__ or error).splitlines()[0]
