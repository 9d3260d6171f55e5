"""A document as published: its header, its sections and its tasks."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from corpus.procedure import Procedure


class DocumentKind(StrEnum):
    """What sort of document it is; decides how it is chunked and cited."""

    PLAN = "plan"
    GUIDE = "guide"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A document named in another one: kind "Quyết định", number "110/QĐ-UBND", date, issuer."""

    kind: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document.

    `path` is what a person recognises ("Phần IV, mục 2, gạch đầu dòng 3"), `text` the source's own letters,
    `level` 1 for Phần/Chương/roman numbers down to 7 for "+"; 0 for header, legal bases and signature.
    `headings` are the headings it stands under, outermost first. `in_table` marks a group heading among a table's rows.
    """

    path: str
    level: int
    label: str
    text: str
    headings: tuple[str, ...] = ()
    is_heading: bool = False
    phrasings: tuple[str, ...] = ()
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """An office of the commune: its one name, and the letters of the source."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a plan's task table.

    `text` is the row as it stands in the source, cells in column order, one a line. `doubts` say what
    could not be read with certainty (empty when the row is clean).
    """

    path: str
    task: str
    lead_units: tuple[Unit, ...]
    coordinating_units: tuple[Unit, ...]
    deadline: str | None
    product: str | None
    text: str
    activity: str | None = None
    goal: str | None = None
    budget: str | None = None
    headings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A plan, decision, guide or procedure as published, with everything that was read from it."""

    id: str
    kind: DocumentKind
    title: str
    commune: str | None
    number: str | None = None
    issued_on: date | None = None
    issued_text: str | None = None
    place: str | None = None
    issuer: str | None = None
    province: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    as_of: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaces: tuple[LegalReference, ...] = ()
    legal_bases: tuple[LegalReference, ...] = ()
    recipients: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    procedure: Procedure | None = None
    phrasings: tuple[str, ...] = ()
    source_url: str | None = None
    warnings: tuple[str, ...] = field(default=())

    def for_commune(self, commune: str | None) -> "Document":
        """The same document, belonging to `commune`; its id carries the commune so that two wards never collide."""
        name = self.id.rsplit("/", 1)[-1]
        return replace(self, commune=commune, id=f"{commune}/{name}" if commune else name)
