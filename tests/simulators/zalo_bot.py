"""The Zalo Bot Platform: plain messages, long polling, errors with a code."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "987:zalo-bot-token"


@dataclass
class ZaloBotServer:
    """The state of the platform. `failures` are codes that the next sends get instead of success."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    failures: deque[int] = field(default_factory=deque)
    webhook: dict[str, Any] | None = None

    @property
    def app(self) -> Starlette:
        """The web application."""
        return Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["POST"])])

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        values = await request.json()
        if request.path_params["token"] != TOKEN:
            return _failure(401)
        if method == "getUpdates":
            for _ in range(50):
                if self.updates:
                    return JSONResponse({"ok": True, "result": self.updates.popleft()})
                await asyncio.sleep(0.02)
            return _failure(408)
        if method == "setWebhook":
            self.webhook = values
            return JSONResponse({"ok": True, "result": True})
        if self.failures:
            return _failure(self.failures.popleft())
        if not 0 < len(values["text"].encode("utf-16-le")) // 2 <= 2000:
            return _failure(400)
        self.sent.append((values["chat_id"], values["text"]))
        return JSONResponse({"ok": True, "result": {"message_id": f"z{len(self.sent)}", "date": _now()}})


def _failure(code: int) -> Response:
    # The platform answers some failures with HTTP status 200.
    return JSONResponse(
        {"ok": False, "error_code": code, "description": "as told"}, 200 if code in (400, 429) else code
    )


def _now() -> int:
    return time.time_ns() // 1_000_000


def update(
    text: str, *, chat: str = "c1", message_id: str = "m1", name: str = "message.text.received"
) -> dict[str, Any]:
    """An event as the platform writes it."""
    sender = {"id": chat, "display_name": "A", "is_bot": False}
    content = {"from": sender, "chat": {"id": chat, "chat_type": "PRIVATE"}, "message_id": message_id, "date": _now()}
    return {"event_name": name, "message": content | ({"text": text} if text else {})}
