"""Zalo's side of an Official Account: OAuth with single-use refresh tokens, customer-care messages, signed webhooks."""

import asyncio
import base64
import hashlib
import json
import random
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

APP_ID, APP_SECRET, OA_SECRET, OA_ID = "4100001", "app-secret", "oa-secret", "oa-1"


@dataclass
class Sent:
    """A message that the simulator took."""

    user_id: str
    text: str
    message: dict[str, Any]
    at: float


@dataclass
class ZaloOaServer:
    """The state of Zalo. `codes` are given to the next sends, first in, first out; `fail_share` fails at random."""

    fail_share: float = 0.0
    delay_s: float = 0.0
    seed: int = 7
    enforce_quota: bool = False
    sent: list[Sent] = field(default_factory=list)
    codes: deque[int] = field(default_factory=deque)
    blocked: set[str] = field(default_factory=set)
    refreshes: int = 0
    refused_refreshes: int = 0
    access: str = "access-1"
    refresh: str = "refresh-1"
    expires_in: int = 90_000
    login_codes: dict[str, str] = field(default_factory=dict)
    window: Counter[str] = field(default_factory=Counter)
    refuse_refresh: bool = False
    forbidden_headers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._lock = asyncio.Lock()

    @property
    def app(self) -> Starlette:
        """The web application."""
        return Starlette(
            routes=[
                Route("/v3.0/oa/message/cs", self._send, methods=["POST"]),
                Route("/v4/oa/access_token", self._token, methods=["POST"]),
            ]
        )

    async def _send(self, request: Request) -> Response:
        call = await request.json()
        user = call["recipient"]["user_id"]
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        if request.headers.get("access_token") != self.access:
            return _error(-216, "Access token is invalid")
        if self.codes and (code := self.codes.popleft()):
            return Response("Bad gateway", 502) if code == 502 else _error(code, "as told")
        if self._random.random() < self.fail_share:
            return self._random.choice([Response("oops", 500), Response("", 502), _error(-1, "Unknown")])
        if user in self.blocked:
            return _error(-217, "User blocked")
        message = call["message"]
        text = message.get("text") or message["attachment"]["payload"].get("text", "")
        if len(text.encode("utf-16-le")) // 2 > 2000 or not text:
            return _error(-210, "Parameter exceeds limit")
        if self.enforce_quota and self.window[user] >= 8:
            return _error(-218, "Quota per user")
        self.window[user] += 1
        self.sent.append(Sent(user, text, message, time.time()))
        return JSONResponse({"error": 0, "message": "Success", "data": {"message_id": f"m{len(self.sent)}"}})

    async def _token(self, request: Request) -> Response:
        form = dict(await request.form())
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP_ID:
            return JSONResponse({"error": -14003, "error_name": "Invalid app"})
        async with self._lock:
            await asyncio.sleep(0.05)
            if form.get("grant_type") == "authorization_code":
                challenge = self.login_codes.pop(str(form.get("code")), None)
                if challenge is None or challenge != _challenge(str(form.get("code_verifier"))):
                    return JSONResponse({"error": -14019, "error_name": "Invalid code"})
            elif self.refuse_refresh or form.get("refresh_token") != self.refresh:
                self.refused_refreshes += 1
                return JSONResponse({"error": -14014, "error_name": "Invalid refresh token"})
            self.refreshes += 1
            self.access, self.refresh = f"access-{self.refreshes + 1}", f"refresh-{self.refreshes + 1}"
            pair = {"access_token": self.access, "refresh_token": self.refresh, "expires_in": str(self.expires_in)}
            return JSONResponse(pair)

    def expire(self) -> None:
        """Zalo no longer takes the access token that is out."""
        self.access = f"{self.access}-gone"


def _error(code: int, message: str) -> Response:
    return JSONResponse({"error": code, "message": message})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def webhook(
    name: str, user: str = "u1", text: str = "", *, msg_id: str | None = None, at_ms: int | None = None, **more: Any
) -> dict[str, Any]:
    """The body of a webhook call as Zalo writes it."""
    moment = at_ms or time.time_ns() // 1_000_000
    call: dict[str, Any] = {"event_name": name, "app_id": APP_ID, "timestamp": str(moment)}
    if name in ("follow", "unfollow"):
        call |= {"follower": {"id": user}, "oa_id": OA_ID}
    elif name.startswith("oa_send"):
        call |= {"sender": {"id": OA_ID}, "recipient": {"id": user}}
    else:
        call |= {"sender": {"id": user}, "recipient": {"id": OA_ID}, "user_id_by_app": f"app-{user}"}
    if name not in ("follow", "unfollow"):
        call["message"] = {"msg_id": msg_id or f"in-{moment}-{random.random()}", **({"text": text} if text else {})}
    return call | more


def signed(call: dict[str, Any], secret: str = OA_SECRET, app_id: str = APP_ID) -> tuple[bytes, dict[str, str]]:
    """Raw body and headers of a call, signed over the raw bytes."""
    body = json.dumps(call, ensure_ascii=False).encode()
    mac = hashlib.sha256(app_id.encode() + body + str(call.get("timestamp", "")).encode() + secret.encode())
    return body, {"X-ZEvent-Signature": f"mac={mac.hexdigest()}", "Content-Type": "application/json"}
