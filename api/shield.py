"""Headers that browsers need to protect citizens, and the largest request that is read."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from bot.settings import Settings

_OTHER = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def security_headers(settings: Settings) -> dict[str, str]:
    """The headers of every response."""
    framing = sorted({origin for origins in settings.web_origins.values() for origin in origins})
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: https:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        " ".join(["frame-ancestors 'self'", *framing]),
    )
    return {"Content-Security-Policy": "; ".join(policy), **_OTHER}


_BODILESS = ("GET", "HEAD", "OPTIONS")
_ELSEWHERE = "/webhooks/"  # The channels have a limit of their own.


class Shield:
    """Puts the headers on every response."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = {name.lower().encode(): value.encode() for name, value in headers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] += [header for header in self._headers.items() if header[0] not in given]
            await send(message)

        await self._app(scope, receive, sending)


class BodyLimit:
    """Refuses bodies that are too large, by their stated and by their real length."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] in _BODILESS or scope["path"].startswith(_ELSEWHERE):
            return await self._app(scope, receive, send)
        stated = Headers(scope=scope).get("content-length", "0")
        if stated.isdigit() and int(stated) > self._limit:
            return await self._refuse(scope, receive, send)
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                return await self._refuse(scope, receive, send)
        await self._app(scope, _once(body, receive), send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await problem(413, f"Tối đa {self._limit} byte.")(scope, receive, send)


def _once(body: bytes, receive: Receive) -> Receive:
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
