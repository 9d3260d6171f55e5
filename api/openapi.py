"""The OpenAPI description: Vietnamese, with examples, every error as problem details."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import Problem

_ABOUT = """Hỏi đáp thủ tục hành chính và kế hoạch của phường, xã, có dẫn nguồn.

* Mọi lỗi có dạng `application/problem+json` (RFC 9457).
* Trang web gọi được khi có trong danh sách cho phép; máy chủ gọi bằng khóa: `Authorization: Bearer mc_…`.
* Số lượt còn lại ở các trường `RateLimit`, `RateLimit-Policy`; mã yêu cầu ở `X-Request-Id`.
"""
_KEY = {"type": "http", "scheme": "bearer", "description": "Khóa API cho máy chủ; không bắt buộc"}


def described(app: FastAPI) -> None:
    """Make `/openapi.json` say what this API really answers."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _schema(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _schema(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
    components = schema.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    found = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(found.pop("$defs", {}))
    schemas["Problem"] = found
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {"key": _KEY}
    refused = {"$ref": "#/components/schemas/Problem"}
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            if path.startswith("/v1/"):
                operation["security"] = [{}, {"key": []}]
                answer = {
                    "description": "Khóa API không hợp lệ",
                    "content": {"application/problem+json": {"schema": refused}},
                }
                operation["responses"].setdefault("401", answer)
    return schema
