"""The ward's truth for other assistants: three tools after the Model Context Protocol."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field
from sqlalchemy.exc import SQLAlchemyError

from api.catalogue import Catalogue
from api.duties import Asked, Role, chosen
from api.errors import ApiError, UnknownProcedure
from api.finding import Wanted, find_procedures
from api.library import Library
from api.records import procedure_json, procedure_line_json, task_json
from bot.assemble import Parts
from corpus.errors import CorpusError
from retrieval.errors import RetrievalError

_ABOUT = (
    "Thủ tục hành chính và kế hoạch của phường, xã, kèm nguồn. Mức phí, thời hạn chỉ được nói đúng như văn bản; "
    "điều gì văn bản không ghi thì nói là chưa công bố."
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_Commune = Annotated[str | None, Field(description="Mã phường, xã, ví dụ phuong-mau; bỏ trống: cả nước")]
_Limit = Annotated[int, Field(ge=1, le=50, description="Nhiều nhất bao nhiêu mục")]


def tool_server(parts: Parts) -> MCPServer[Any]:
    """A server with `search_procedures`, `get_procedure` and `who_does`."""
    catalogue = Catalogue(parts.store, parts.database)
    library = Library(parts.store, parts.database)
    server: MCPServer[Any] = MCPServer("motcua", title="Một Cửa", instructions=_ABOUT, log_level="WARNING")
    base = parts.settings.public_url.rstrip("/")

    @server.tool(annotations=_READS, description="Tìm thủ tục hành chính theo lời người dân, có dấu hay không dấu.")
    @_telling
    def search_procedures(
        query: Annotated[str, Field(max_length=1000, description="Việc cần làm")],
        commune: _Commune = None,
        limit: _Limit = 5,
    ) -> dict[str, Any]:
        found = find_procedures(parts, catalogue, Wanted(query, commune=commune))[:limit]
        return {"procedures": [_with_base(procedure_line_json(line), base) for line in found]}

    @server.tool(annotations=_READS, description="Toàn bộ một thủ tục theo mã, từng mục kèm nguyên văn và nguồn.")
    @_telling
    def get_procedure(
        code: Annotated[str, Field(max_length=100, description="Mã thủ tục, ví dụ 1.001193")],
        commune: _Commune = None,
    ) -> dict[str, Any]:
        if commune is not None:
            parts.store.commune(commune)
        line = catalogue.procedure(code, commune)
        if line is None:
            raise UnknownProcedure(f"no procedure {code!r}; search_procedures finds codes")
        sheet = _with_base(procedure_json(line, library.newest(line.document_id)), base)
        return {**sheet, "fields": [_with_base(field, base) for field in sheet["fields"]]}

    @server.tool(
        annotations=_READS, description="Phòng, ban nào chủ trì hay phối hợp việc gì, theo kế hoạch của phường, xã."
    )
    @_telling
    def who_does(
        words: Annotated[str | None, Field(max_length=300, description="Chữ trong nhiệm vụ")] = None,
        unit: Annotated[str | None, Field(max_length=200, description="Tên đơn vị")] = None,
        role: Role | None = None,
        commune: _Commune = None,
        limit: _Limit = 10,
    ) -> dict[str, Any]:
        if commune is not None:
            parts.store.commune(commune)
        found = chosen(catalogue.tasks(commune), Asked(unit, role, words))
        return {"total": len(found), "tasks": [_with_base(task_json(line), base) for line in found[:limit]]}

    return server


def _telling(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The tool, its errors turned into those that the other assistant may read."""

    @wraps(tool)
    def told(*values: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the tool takes
        try:
            return tool(*values, **named)
        except (ApiError, CorpusError, RetrievalError) as error:
            raise ToolError(str(error)) from error
        except SQLAlchemyError as error:  # Its text names tables and what was looked for.
            raise ToolError("the store cannot be read now; try again in a few minutes") from error

    return told


def _with_base(record: dict[str, Any], base: str) -> dict[str, Any]:
    """The record with the full address of its page."""
    return {**record, "url": f"{base}{record['url']}"}
