"""Telegram's Bot API, as far as a bot like ours uses it: strict about lengths, buttons and HTML."""

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "123456:telegram-token"
BOT = {"id": 123456, "is_bot": True, "first_name": "Một Cửa", "username": "motcua_bot"}
ALLOWED_TAGS = {"a", "b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"}


@dataclass
class TelegramServer:
    """The state of Telegram. `failures` are answers that the next sends get instead of success."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    failures: deque[tuple[int, dict[str, Any]]] = field(default_factory=deque)
    polling_failures: deque[tuple[int, dict[str, Any]]] = field(default_factory=deque)
    webhook: dict[str, Any] | None = None
    confirmed: int = 0

    @property
    def app(self) -> Starlette:
        """The web application."""
        return Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["GET", "POST"])])

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        self.calls.append(method)
        if request.path_params["token"] != TOKEN:
            return _failure(401, "Unauthorized")
        values = dict(await request.form())
        if method == "getMe":
            return _result(BOT)
        if method == "getUpdates":
            return await self._updates(values)
        if method == "sendMessage":
            return self._send(values)
        if method == "setWebhook":
            self.webhook = values
        if method == "deleteWebhook":
            self.webhook = None
        return _result(True)

    async def _updates(self, values: dict[str, Any]) -> Response:
        if self.polling_failures:
            code, more = self.polling_failures.popleft()
            return _failure(code, "as told", **more)
        if self.webhook is not None:
            return _failure(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(values.get("offset") or 0)
        if offset:
            self.confirmed = offset - 1
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
        for _ in range(100):
            if self.updates:
                break
            await asyncio.sleep(0.02)
        return _result(self.updates[:100])

    def _send(self, values: dict[str, Any]) -> Response:
        if self.failures:
            code, more = self.failures.popleft()
            return _failure(code, "as told", **more)
        shown = _Shown()
        shown.feed(values["text"])
        if not shown.text.strip() or len(shown.text.encode("utf-16-le")) // 2 > 4096:
            return _failure(400, "Bad Request: message is too long or empty")
        if shown.wrong:
            return _failure(400, f"Bad Request: can't parse entities: {shown.wrong}")
        keyboard = json.loads(values.get("reply_markup") or "{}").get("inline_keyboard", [])
        for button in (button for row in keyboard for button in row):
            if len(button.get("callback_data", "").encode()) > 64:
                return _failure(400, "Bad Request: BUTTON_DATA_INVALID")
            if "url" in button and "." not in button["url"].split("/")[2]:
                return _failure(400, "Bad Request: BUTTON_URL_INVALID")
        self.sent.append(
            {"chat_id": int(values["chat_id"]), "text": shown.text, "html": values["text"], "keyboard": keyboard}
        )
        chat = {"id": int(values["chat_id"]), "type": "private"}
        return _result({"message_id": len(self.sent), "date": int(time.time()), "chat": chat, "text": shown.text})


class _Shown(HTMLParser):
    """What a reader sees of Telegram HTML, and the first thing that Telegram would not take."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.wrong = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.wrong = self.wrong or tag


def _result(result: Any) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _failure(code: int, description: str, **parameters: Any) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return JSONResponse(body | ({"parameters": parameters} if parameters else {}), code)


def message(
    number: int, text: str | None = None, *, chat: int = 77, group: bool = False, **more: Any
) -> dict[str, Any]:
    """An update with a message."""
    where = (
        {"id": -chat, "type": "supergroup", "title": "Tổ"}
        if group
        else {"id": chat, "type": "private", "first_name": "A"}
    )
    content: dict[str, Any] = {
        "message_id": number,
        "date": int(time.time()),
        "chat": where,
        "from": {"id": chat, "is_bot": False, "first_name": "A"},
        **({"text": text} if text is not None else {}),
        **more,
    }
    return {"update_id": 1000 + number, "message": content}


def press(number: int, data: str, *, chat: int = 77) -> dict[str, Any]:
    """An update with a pressed button."""
    sent = {
        "message_id": 1,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private"},
        "from": BOT,
        "text": "?",
    }
    query = {"id": f"q{number}", "from": {"id": chat, "is_bot": False, "first_name": "A"}, "message": sent}
    return {"update_id": 1000 + number, "callback_query": {**query, "chat_instance": "1", "data": data}}
