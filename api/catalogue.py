"""Procedures and tasks as lists to look things up in, held in memory and read again when the store has changed."""

import threading
import time
from dataclasses import dataclass, field

from sqlalchemy import Engine, select

from corpus.chunking import ChunkKind
from corpus.database import DocumentRow, VersionRow
from corpus.document import Task
from corpus.portal import LEVEL
from corpus.store import NATIONAL, DocumentStore
from corpus.validity import in_force, today
from corpus.vietnamese import folded_syllables

_LOOK_AGAIN_SECONDS = 2.0
_SECTOR = "Lĩnh vực"


@dataclass(frozen=True, slots=True)
class Line:
    """A procedure in a list. `folded` are the syllables of its name and code, for search as one types."""

    code: str
    name: str
    sector: str | None
    level: str | None
    document_id: str
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task row with the plan it stands in and the chunk that cites it."""

    commune: str
    document_id: str
    document: str
    chunk_id: str
    task: Task


@dataclass
class _Shelf:
    revision: int = -1
    procedures: dict[str, Line] = field(default_factory=dict)
    tasks: list[TaskLine] = field(default_factory=list)


class Catalogue:
    """All procedures and tasks. Safe to use from several threads."""

    def __init__(self, store: DocumentStore, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._shelves: dict[str, _Shelf] = {}
        self._looked = 0.0
        self._lock = threading.Lock()

    def procedures(self, commune: str | None = None) -> list[Line]:
        """Every procedure by name; a commune's own record stands for the national one of the same code."""
        shelves = self._current()
        own = shelves[commune].procedures if commune in shelves else {}
        national = shelves[NATIONAL].procedures if NATIONAL in shelves else {}
        return sorted({**national, **own}.values(), key=lambda line: (line.folded, line.code))

    def procedure(self, code: str, commune: str | None = None) -> Line | None:
        """One procedure: the commune's own record, else the national one, else that of any commune."""
        shelves = self._current()
        wanted = [commune or NATIONAL, NATIONAL, *shelves]
        return next(
            (shelves[s].procedures[code] for s in wanted if s in shelves and code in shelves[s].procedures),
            None,
        )

    def tasks(self, commune: str | None = None) -> list[TaskLine]:
        """Every task row of one commune's plans, or of all."""
        shelves = self._current()
        return [task for scope in sorted(shelves) if commune in (None, scope) for task in shelves[scope].tasks]

    def _current(self) -> dict[str, _Shelf]:
        if time.monotonic() - self._looked < _LOOK_AGAIN_SECONDS and self._shelves:
            return self._shelves
        with self._lock:
            for scope in self._store.scopes():
                if self._shelves.get(scope.id, _Shelf()).revision != scope.revision:
                    shelf = _Shelf(scope.revision, self._read_procedures(scope.id), self._read_tasks(scope.id))
                    self._shelves = {**self._shelves, scope.id: shelf}
            self._looked = time.monotonic()
        return self._shelves

    def _read_procedures(self, scope: str) -> dict[str, Line]:
        lines: dict[str, Line] = {}
        with self._engine.connect() as connection:
            query = (
                select(DocumentRow.id, DocumentRow.title, DocumentRow.procedure_code, VersionRow.content)
                .join(
                    VersionRow,
                    (VersionRow.document_id == DocumentRow.id) & (VersionRow.number == DocumentRow.version),
                )
                .where(
                    DocumentRow.scope == scope,
                    DocumentRow.kind == "procedure",
                    in_force(today()),
                )
            )
            for row in connection.execution_options(yield_per=200).execute(query):
                fields = row.content.get("procedure_fields", {})
                folded = (*folded_syllables(row.title), *folded_syllables(row.procedure_code))
                line = Line(row.procedure_code, row.title, fields.get(_SECTOR), fields.get(LEVEL), row.id, folded)
                lines[line.code] = line
        return lines

    def _read_tasks(self, scope: str) -> list[TaskLine]:
        if scope == NATIONAL:
            return []
        found = []
        for name, kind, _title, _version in self._store.listed(scope):
            if kind != "plan":
                continue
            document = self._store.document(name)
            cited = {c.path: c.id for c in self._store.chunks_of(name) if c.kind is ChunkKind.TASK}
            found += [
                TaskLine(scope, name, document.title, cited[t.path], t) for t in document.tasks if t.path in cited
            ]
        return found


def matching(lines: list[Line], typed: str) -> list[Line]:
    """Lines whose names hold every syllable typed, the last one perhaps unfinished; in order of name length."""
    words = folded_syllables(typed)
    if not words:
        return lines
    *whole, last = words
    found = [
        line
        for line in lines
        if all(word in line.folded for word in whole) and any(word.startswith(last) for word in line.folded)
    ]
    return sorted(found, key=lambda line: len(line.folded))
