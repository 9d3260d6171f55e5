"""Errors as RFC 9457 problem details, in Vietnamese for who reads them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.exceptions import HTTPException

from api.errors import AnswerTooSlow, OriginRefused, TooManyRequests, UnknownKey, UnknownProcedure
from bot import replies
from corpus.errors import StoreUnavailable, UnknownCommune, UnknownDocument
from retrieval.errors import RetrievalError

MEDIA = "application/problem+json"
_TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Khóa API không hợp lệ",
    403: "Trang web này chưa được phép hỏi thay cho phường, xã đó",
    404: "Không tìm thấy",
    405: "Không có cách gọi này",
    413: "Nội dung gửi lên quá lớn",
    422: "Dữ liệu gửi lên chưa đúng",
    429: "Gửi quá nhiều câu hỏi; xin chờ một lát",
    500: "Hệ thống gặp trục trặc",
    503: "Hệ thống chưa sẵn sàng; xin thử lại sau ít phút",
}
_KNOWN: tuple[tuple[type[Exception], int], ...] = (
    (UnknownCommune, 404),
    (UnknownDocument, 404),
    (UnknownProcedure, 404),
    (UnknownKey, 401),
    (OriginRefused, 403),
    (AnswerTooSlow, 503),
    (RetrievalError, 503),
    (StoreUnavailable, 503),
    (SQLAlchemyError, 503),
    (DataError, 422),  # What no database column can hold, such as NUL in PostgreSQL.
)


class FieldProblem(BaseModel):
    """One value that does not fit."""

    pointer: str = Field(description="Chỗ sai, kiểu JSON pointer", examples=["/question"])
    detail: str = Field(description="Sai thế nào", examples=["Field required"])


class Problem(BaseModel):
    """RFC 9457."""

    type: str = Field("about:blank", description="Loại lỗi")
    title: str = Field(description="Lỗi gì, cho người đọc", examples=["Không tìm thấy"])
    status: int = Field(description="Mã HTTP", examples=[404])
    detail: str | None = Field(None, description="Chi tiết", examples=["unknown commune 'abc'; known: phuong-mau"])
    errors: list[FieldProblem] | None = Field(None, description="Các giá trị chưa đúng (mã 422)")


def problem(
    status: int,
    detail: str | None = None,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error as a response."""
    content: dict[str, Any] = {"type": "about:blank", "title": _title(status), "status": status}
    if detail:
        content["detail"] = detail
    if errors:
        content["errors"] = errors
    retry = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return JSONResponse(
        content, status, media_type=MEDIA, headers={**retry, "Cache-Control": "no-store", **(headers or {})}
    )


def handle_problems(app: FastAPI) -> None:
    """Every error that leaves this program leaves it as problem details."""
    for kind, status in _KNOWN:
        app.add_exception_handler(kind, _handler(status))
    app.add_exception_handler(TooManyRequests, _too_many)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What FastAPI's `responses` says of these statuses."""
    schema = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _title(status), "content": schema} for status in statuses}


def _title(status: int) -> str:
    return _TITLES.get(status) or HTTPStatus(status).phrase


def _handler(status: int) -> Any:  # noqa: ANN401 - FastAPI's handler type is wider than any one function
    async def handle(request: Request, error: Exception) -> Response:
        # Texts of other libraries may name addresses and paths of the machine.
        own = not isinstance(error, StoreUnavailable | SQLAlchemyError)
        return _told(request, status, str(error) if own else None)

    return handle


async def _too_many(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TooManyRequests)
    return problem(429, str(error), headers={**error.headers, "Retry-After": str(error.retry_after)})


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if _reads_pages(request):
        return _told(request, 422, None)
    found = [{"pointer": _pointer(one["loc"]), "detail": str(one["msg"])} for one in error.errors()]
    return problem(422, "; ".join(f"{one['pointer']}: {one['detail']}" for one in found[:3]), found)


def _pointer(location: tuple[str | int, ...]) -> str:
    """Where in the body, or which parameter."""
    names = location[1:] if location and location[0] in ("body", "query", "path", "header") else location
    return "/" + "/".join(str(name).encode("utf-8", "replace").decode() for name in names)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = None if error.detail == _phrase(error.status_code) else str(error.detail)
    return _told(request, error.status_code, detail, error.headers)


def _told(request: Request, status: int, detail: str | None, headers: Mapping[str, str] | None = None) -> Response:
    """The error as a page for somebody with a browser, else as problem details."""
    if _reads_pages(request):
        page: Response = request.app.state.pages.failure(request, status)
        return page
    return problem(status, detail, headers=headers)


def _reads_pages(request: Request) -> bool:
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get("accept", "")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    # This response is made outside all other layers: what they add is added here.
    identity = getattr(request.state, "request_id", "")
    return problem(500, replies.ERROR, headers={**request.app.state.security_headers, "X-Request-Id": identity})
