"""Every request gets an id, a line in the log and a count; none of them holds what was asked or who asked."""

import logging
import re
import secrets
import sys
import time
import traceback

from pythonjsonlogger.json import JsonFormatter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
log = logging.getLogger("motcua.web")


class Trace:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        given = Headers(scope=scope).get("x-request-id", "")
        identity = given if _ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = identity
        started = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = identity
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._note(scope, identity, status, time.perf_counter() - started)

    def _note(self, scope: Scope, identity: str, status: int, seconds: float) -> None:
        route = _route(scope)
        # A client may send any word as its method.
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.request(method, route, status, seconds)
        if route in _QUIET:
            return
        said = {"request_id": identity, "method": method, "route": route, "status": status}
        log.info("request", extra={**said, "ms": round(seconds * 1000, 1)})


def log_as_json(level: int = logging.INFO) -> None:
    """Log lines of the web as one JSON object each, on stderr; what breaks is told without its words."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter("{asctime}{levelname}{name}{message}", style="{", rename_fields=_NAMES))
    root = logging.getLogger("motcua")
    root.handlers = [handler]
    root.setLevel(level)
    root.propagate = False
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(_wordless)


def _wordless(record: logging.LogRecord) -> bool:
    """A traceback without the message of its error: that may hold what a citizen typed."""
    if record.exc_info and record.exc_info[0] is not None:
        kind, _, trace = record.exc_info
        record.exc_info, record.exc_text = None, "".join([*traceback.format_tb(trace), kind.__name__])
    return True


_NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "message": "event"}


def _route(scope: Scope) -> str:
    """The route's pattern: an address itself may hold what a citizen typed."""
    route = scope.get("route")
    return str(getattr(route, "path", "")) or ("/static" if scope["path"].startswith("/static/") else "unknown")
