"""A document as JSON and back. A procedure is kept as its source fields alone and read again when loaded."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from corpus.chunking import VERSION
from corpus.document import Document
from corpus.portal import read_fields

_DOCUMENT = TypeAdapter(Document)


def to_json(document: Document) -> dict[str, Any]:
    """The document's content as JSON types."""
    fields = dict(document.procedure.fields) if document.procedure else None
    content: dict[str, Any] = _DOCUMENT.dump_python(
        replace(document, procedure=None), mode="json", exclude_defaults=True
    )
    return {**content, "procedure_fields": fields} if fields else content


def from_json(content: dict[str, Any]) -> Document:
    """The document that `to_json` wrote."""
    fields = content.get("procedure_fields")
    document = _DOCUMENT.validate_python({key: value for key, value in content.items() if key != "procedure_fields"})
    return replace(document, procedure=read_fields(fields)) if fields else document


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content; equal content, chunked the same way, means an unchanged document."""
    return hashlib.sha256(json.dumps([VERSION, content], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
