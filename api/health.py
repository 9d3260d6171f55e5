"""`/healthz`, `/readyz`, `/metrics`: for whoever watches the server."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.metrics import Metrics
from api.models import Health, Readiness
from api.problems import documented
from bot.assemble import Parts
from corpus.errors import CorpusError
from corpus.store import NATIONAL
from retrieval.errors import RetrievalError

router = APIRouter(tags=["Vận hành"])


@router.head("/healthz", include_in_schema=False)
@router.get(
    "/healthz",
    summary="Tiến trình còn chạy",
    description="Luôn là `ok` khi tiến trình còn chạy.",
    response_model=Health,
)
async def healthz() -> dict[str, str]:
    """Whether the process is alive."""
    return {"status": "ok"}


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    summary="Sẵn sàng trả lời",
    description="Kho văn bản, chỉ mục và bộ mã hóa; mã 503 khi chưa trả lời được câu hỏi.",
    response_model=None,
    responses={
        200: {"model": Readiness, "description": "Sẵn sàng"},
        503: {"model": Readiness, "description": "Chưa sẵn sàng"},
    },
)
async def readyz(request: Request) -> JSONResponse:
    """Whether questions can be answered, part by part."""
    state = await run_in_threadpool(_state, request.app.state.parts)
    ready = all(not text.startswith("không") for text in state.values())
    return JSONResponse({"status": "ready" if ready else "not_ready", "parts": state}, 200 if ready else 503)


@router.get(
    "/metrics",
    summary="Số đo cho Prometheus",
    description="Số câu trả lời theo kết cục, thời gian từng bước, yêu cầu HTTP; không có dữ liệu cá nhân.",
    response_class=Response,
    responses={
        200: {"description": "Số đo", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **documented(503),
    },
)
async def metrics(request: Request) -> Response:
    """Counts and times."""
    measures: Metrics = request.app.state.metrics
    return Response(await run_in_threadpool(measures.text), media_type=CONTENT_TYPE_LATEST)


def _state(parts: Parts) -> dict[str, str]:
    """What each part says of itself; a text that begins with "không" means that it does not work."""
    state: dict[str, str] = {}
    try:
        scopes = parts.store.scopes()
        state["store"] = "ok"
    except (CorpusError, SQLAlchemyError):
        return {"store": "không mở được"}
    try:
        state["encoder"] = parts.encoder.name
        communes = [scope.id for scope in scopes if scope.generation and scope.id != NATIONAL]
        parts.index.generations(communes[0] if communes else None)
        state["index"] = ", ".join(f"{scope.id} {scope.generation}" for scope in scopes if scope.generation)
    except RetrievalError as error:
        state["index"] = f"không: {error}"
    return state
