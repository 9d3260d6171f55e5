"""The API to look things up without a chat: procedures, tasks, communes, sources."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.catalogue import Catalogue
from api.duties import Asked, Role, chosen
from api.errors import UnknownProcedure
from api.finding import Wanted, find_procedures
from api.library import Library
from api.models import CommunesModel, ProcedureList, ProcedureSheet, SourceModel, TaskList
from api.problems import documented
from api.records import procedure_json, procedure_line_json, source_json, task_json
from api.standing import standing, today
from bot.assemble import Parts

Typed = Annotated[
    str | None,
    Query(max_length=300, description="Chữ cần tìm, có dấu hay không dấu đều được", examples=["khai sinh"]),
]
Commune = Annotated[str | None, Query(max_length=80, description="Mã phường, xã", examples=["phuong-mau"])]
Limit = Annotated[int, Query(ge=1, le=200, description="Nhiều nhất bao nhiêu mục")]
Offset = Annotated[int, Query(ge=0, le=100_000, description="Bỏ qua bao nhiêu mục đầu")]
_COMMON = documented(404, 422, 429, 503)

router = APIRouter(tags=["Tra cứu"])


@router.get(
    "/v1/procedures",
    summary="Danh sách thủ tục hành chính",
    description="Tìm theo tên (gõ dở cũng được) rồi theo nghĩa; lọc theo lĩnh vực và cấp thực hiện.",
    response_model=None,
    responses={200: {"model": ProcedureList, "description": "Các thủ tục"}, **_COMMON},
)
async def procedures(
    request: Request,
    q: Typed = None,
    sector: Annotated[str | None, Query(max_length=200, description="Lĩnh vực", examples=["Hộ tịch"])] = None,
    level: Annotated[str | None, Query(max_length=80, description="Cấp thực hiện", examples=["Cấp Xã"])] = None,
    commune: Commune = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> JSONResponse:
    """Procedures that fit."""
    parts, catalogue = _parts(request), _catalogue(request)
    wanted = Wanted(q, sector, level, commune)
    found = await run_in_threadpool(find_procedures, parts, catalogue, wanted)
    lines = [procedure_line_json(line) for line in found[offset : offset + limit]]
    return JSONResponse({"total": len(found), "procedures": lines})


@router.get(
    "/v1/procedures/{code:path}",
    summary="Một thủ tục",
    description="Toàn bộ một thủ tục; mỗi mục kèm nguyên văn và trang trích dẫn.",
    response_model=None,
    responses={200: {"model": ProcedureSheet, "description": "Thủ tục"}, **_COMMON},
)
async def procedure(
    request: Request,
    code: Annotated[str, Path(max_length=100, description="Mã thủ tục", examples=["1.001193"])],
    commune: Commune = None,
) -> JSONResponse:
    """One procedure. A commune's own record stands for the national one."""
    return JSONResponse(await run_in_threadpool(_sheet, request, code, commune))


@router.get(
    "/v1/tasks",
    summary="Phòng nào làm gì",
    description="Các dòng trong bảng nhiệm vụ của kế hoạch; lọc theo phường, xã, đơn vị, vai trò, chữ trong nhiệm vụ.",
    response_model=None,
    responses={200: {"model": TaskList, "description": "Các nhiệm vụ"}, **_COMMON},
)
async def tasks(
    request: Request,
    commune: Commune = None,
    unit: Annotated[str | None, Query(max_length=200, description="Tên đơn vị", examples=["Văn phòng"])] = None,
    role: Annotated[Role | None, Query(description="Chủ trì (lead) hay phối hợp (coordinating)")] = None,
    q: Typed = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> JSONResponse:
    """Task rows that fit."""
    parts, catalogue = _parts(request), _catalogue(request)

    def find() -> dict[str, Any]:
        if commune is not None:
            parts.store.commune(commune)
        found = chosen(catalogue.tasks(commune), Asked(unit, role, q))
        return {"total": len(found), "tasks": [task_json(line) for line in found[offset : offset + limit]]}

    return JSONResponse(await run_in_threadpool(find))


@router.get(
    "/v1/sources/{chunk_id}",
    summary="Nguyên văn của một trích dẫn",
    description="Đoạn văn bản đứng sau một trích dẫn, từng chữ một, và văn bản chứa nó. Bản cũ vẫn mở được.",
    response_model=None,
    responses={200: {"model": SourceModel, "description": "Nguyên văn"}, **_COMMON},
)
async def source(
    request: Request,
    chunk_id: Annotated[str, Path(max_length=64, description="Mã đoạn", examples=["0f3a9c2d4b5e6f70"])],
) -> JSONResponse:
    """The text behind a citation, letter for letter, and the document it stands in."""
    library: Library = request.app.state.library
    found = await run_in_threadpool(library.source, chunk_id)
    return JSONResponse(source_json(found, standing(found, today())))


@router.get(
    "/v1/communes",
    summary="Các phường, xã có văn bản",
    description="Những phường, xã mà hệ thống có văn bản để hỏi.",
    response_model=None,
    responses={200: {"model": CommunesModel, "description": "Các phường, xã"}, **documented(429, 503)},
)
async def communes(request: Request) -> JSONResponse:
    """The communes whose documents can be asked for."""
    known = await run_in_threadpool(_parts(request).store.communes)
    listed = [{"id": one.id, "name": one.name, "province": one.province} for one in known]
    return JSONResponse({"communes": listed})


def _sheet(request: Request, code: str, commune: str | None) -> dict[str, Any]:
    if commune is not None:
        _parts(request).store.commune(commune)
    library: Library = request.app.state.library
    line = _catalogue(request).procedure(code, commune)
    if line is None:
        raise UnknownProcedure(f"no procedure {code!r}; GET /v1/procedures lists them")
    return procedure_json(line, library.newest(line.document_id))


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _catalogue(request: Request) -> Catalogue:
    catalogue: Catalogue = request.app.state.catalogue
    return catalogue
