"""One procedure record, whatever file it came from -> its document."""

from collections.abc import Mapping
from datetime import date

from corpus.document import Document, DocumentKind
from corpus.errors import BrokenRecord
from corpus.header import date_in
from corpus.portal import is_national_code, read_record
from corpus.vietnamese import slug

_AS_OF = "Ngày dữ liệu"


def procedure_document(record: Mapping[str, object]) -> Document:
    """The document of one procedure record. Raises BrokenRecord."""
    procedure = read_record(record)
    fields = dict(procedure.fields)
    # A department's own codes repeat from one field of work to the next; the name tells them apart.
    own = f"quy-trinh-{slug(procedure.code)}-{slug(procedure.name, 48)}"
    return Document(
        id=f"tthc-{procedure.code}" if is_national_code(procedure.code) else own,
        kind=DocumentKind.PROCEDURE,
        title=procedure.name,
        commune=None,
        number=procedure.decision,
        issued_on=date_in(f"ngày {fields['Ngày ban hành']}") if "Ngày ban hành" in fields else None,
        as_of=_as_of(fields.get(_AS_OF)),
        procedure=procedure,
        source_url=fields.get("Địa chỉ gốc"),
        warnings=procedure.doubts,
    )


def _as_of(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BrokenRecord(f"“{_AS_OF}: {text}” is no date; write it as 2026-07-31") from error
