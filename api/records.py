"""Answers and hits as the JSON that the contracts promise (DESIGN: `search` and `ask` results)."""

from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from api.catalogue import Line, TaskLine
from api.errors import UnknownProcedure
from api.library import Edition, Source
from api.standing import Standing
from bot.answer import Answer, Citation
from corpus.procedure import Channel
from retrieval.search import Hit


def hit_json(hit: Hit, rank: int) -> dict[str, Any]:
    """One hit of a `search` result."""
    code = {"procedure_code": hit.unit.procedure_code} if hit.unit.procedure_code else {}
    return {
        "rank": rank,
        "score": round(hit.score, 4),
        "chunk_id": hit.chunk.id,
        "document_id": hit.unit.document_id,
        "kind": hit.unit.kind.value,
        **code,
        "path": hit.chunk.path,
        "text": hit.chunk.text,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """An `ask` result without its id."""
    result: dict[str, Any] = {
        "status": answer.status.value,
        "text": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
    }
    if answer.procedure:
        result["procedure"] = {"code": answer.procedure.code, "name": answer.procedure.name}
    if answer.options:
        result["options"] = [
            {"code": option.code, "label": option.label} if option.code else {"label": option.label}
            for option in answer.options
        ]
    if answer.more:
        result["more"] = answer.more
    result["timings_ms"] = answer.timings_ms
    return result


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation; what is not known is left out."""
    return {
        "n": citation.n,
        "document_id": citation.document_id,
        "title": citation.title,
        **({"number": citation.number} if citation.number else {}),
        **({"issued_on": citation.issued_on.isoformat()} if citation.issued_on else {}),
        **({"as_of": citation.as_of.isoformat()} if citation.as_of else {}),
        "path": citation.path,
        **({"page": citation.page} if citation.page else {}),
        "quote": citation.quote,
        "url": citation.url,
    }


def procedure_line_json(line: Line) -> dict[str, Any]:
    """A procedure in a list."""
    return {
        "code": line.code,
        "name": line.name,
        "sector": line.sector,
        "level": line.level,
        "url": sheet_url(line.code),
    }


def sheet_url(code: str, commune: str | None = None) -> str:
    """The page of a procedure."""
    return f"/thu-tuc/{quote(code, safe='')}" + (f"?xa={quote(commune)}" if commune else "")


def procedure_json(line: Line, edition: Edition) -> dict[str, Any]:
    """A procedure with all its parts and the citation page of each field."""
    procedure = edition.document.procedure
    if procedure is None:
        raise UnknownProcedure(f"{edition.document.id} is no procedure")
    return {
        **procedure_line_json(line),
        "document_id": edition.document.id,
        "decision": procedure.decision,
        "category": procedure.category,
        "online": procedure.online.value,
        "channels": [_channel_json(channel) for channel in procedure.channels],
        "dossier": [{"name": case.name, "items": [asdict(item) for item in case.items]} for case in procedure.dossier],
        "steps": list(procedure.steps),
        "applicants": list(procedure.applicants),
        "agencies": list(procedure.agencies),
        "receiving_place": procedure.receiving_place,
        "result": procedure.result,
        "conditions": procedure.conditions,
        "legal_bases": [basis.name for basis in procedure.legal_bases],
        "fields": [{"name": c.field, "text": c.text, "url": f"/c/{c.id}"} for c in edition.chunks],
    }


def _channel_json(channel: Channel) -> dict[str, Any]:
    fees = [
        {"kind": fee.kind.value, "state": fee.state.value, "amount": fee.amount, "text": fee.text}
        for fee in channel.fees
    ]
    return {"name": channel.name, "time_limit": channel.time_limit.text, "fees": fees, "note": channel.note}


def task_json(line: TaskLine) -> dict[str, Any]:
    """A task row."""
    task = line.task
    return {
        "commune": line.commune,
        "document_id": line.document_id,
        "document": line.document,
        "path": task.path,
        "task": task.task,
        "activity": task.activity,
        "lead": [unit.name for unit in task.lead_units],
        "coordinating": [unit.name for unit in task.coordinating_units],
        "deadline": task.deadline,
        "product": task.product,
        "url": f"/c/{line.chunk_id}",
    }


def source_json(source: Source, state: Standing) -> dict[str, Any]:
    """The frozen text behind a citation."""
    document = source.edition.document
    return {
        "chunk_id": source.chunk.id,
        "document_id": document.id,
        "kind": source.chunk.kind.value,
        "title": document.title,
        "number": document.number,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "issuer": document.issuer,
        "path": source.chunk.path,
        "quote": source.chunk.text,
        "current": source.is_current and state.is_good,
        "validity": state.text,
        "replaced_by": source.replaced_by.id if source.replaced_by else None,
        "source_url": document.source_url,
    }
