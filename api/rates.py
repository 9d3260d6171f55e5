"""How many requests an address, a conversation or an API key may make, counted by `limits` in memory or in Redis."""

import logging
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from time import time

from limits import RateLimitItem, parse
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError, StorageError
from limits.storage import storage_from_string
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooManyRequests, UnknownKey
from api.keys import Key, Keys
from api.problems import problem
from bot.errors import WrongSetting
from bot.settings import Settings

_SUBSCRIBER = 64
_MAPPED = "::ffff:"  # An IPv4 address on a socket that takes both kinds.
_log = logging.getLogger("motcua.web")
_FREE = ("/webhooks/", "/static/", "/widget.js", "/healthz", "/readyz", "/metrics", "/openapi.json")


@dataclass(frozen=True, slots=True)
class Share:
    """What is left to one client under one rule."""

    rule: str
    allowed: int
    window: int
    left: int
    resets_in: int
    is_used_up: bool

    @property
    def headers(self) -> dict[str, str]:
        """The fields of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"{self.rule}";q={self.allowed};w={self.window}',
            "RateLimit": f'"{self.rule}";r={self.left};t={self.resets_in}',
        }


class Rates:
    """Counts requests."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(_storage(settings.web_rate_store))  # type: ignore[arg-type]
        self._address = _rate("MOTCUA_WEB_RATE", settings.web_rate)
        self._conversation = _rate("MOTCUA_WEB_CONVERSATION_RATE", settings.web_conversation_rate)
        self._key = _rate("MOTCUA_WEB_KEY_RATE", settings.web_key_rate)
        self._exempt = frozenset(name.strip() for name in settings.web_rate_exempt.split(",") if name.strip())

    def counts(self, address: str) -> bool:
        """Whether requests from an address are counted."""
        return address.removeprefix(_MAPPED) not in self._exempt

    async def address(self, address: str) -> Share | None:
        """Count a request of an address."""
        return await self._share("address", self._address, subscriber(address))

    async def key(self, key: Key) -> Share | None:
        """Count a request made with an API key."""
        return await self._share("key", parse(key.rate) if key.rate else self._key, key.name)

    async def conversation(self, name: str) -> None:
        """Count a question of a conversation. Raises TooManyRequests."""
        share = await self._share("conversation", self._conversation, name)
        if share is not None and share.is_used_up:
            raise TooManyRequests(too_many(share), share.resets_in, share.headers)

    async def _share(self, rule: str, rate: RateLimitItem, who: str) -> Share | None:
        try:
            allowed = await self._limiter.hit(rate, rule, who)
            stats = await self._limiter.get_window_stats(rate, rule, who)
        except StorageError as error:  # Citizens are answered even while nobody counts.
            _log.warning("requests cannot be counted", extra={"reason": str(error.storage_error)})
            return None
        resets_in = max(1, round(stats.reset_time - time()))
        return Share(rule, rate.amount, rate.get_expiry(), max(0, stats.remaining), resets_in, not allowed)


class RateLimit:
    """Refuses requests beyond the limit and tells every client what is left to it."""

    def __init__(self, app: ASGIApp, rates: Rates, keys: Keys) -> None:
        self._app = app
        self._rates = rates
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] == "OPTIONS" or scope["path"].startswith(_FREE):
            return await self._app(scope, receive, send)
        request = Request(scope)
        address = request.client.host if request.client else "?"
        app, key = self._app, None
        try:
            key = await run_in_threadpool(_key, request, self._keys) if _has_key(request) else None
        except UnknownKey as error:  # Counted like any other request: keys are not guessed at leisure.
            app = problem(401, str(error), headers={"WWW-Authenticate": "Bearer"})
        except SQLAlchemyError:
            app = problem(503)
        request.state.key = key
        if key is None and not self._rates.counts(address):
            return await app(scope, receive, send)
        share = await (self._rates.key(key) if key else self._rates.address(address))
        if share is None:
            return await app(scope, receive, send)
        if share.is_used_up:
            headers = {**share.headers, "Retry-After": str(share.resets_in)}
            return await problem(429, too_many(share), headers=headers)(scope, receive, send)
        await app(scope, receive, _with_headers(send, share.headers))


def subscriber(address: str) -> str:
    """Who has an address; in IPv6 the network of 64 bits, all of whose addresses are one subscriber's."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> _SUBSCRIBER << _SUBSCRIBER))


def too_many(share: Share) -> str:
    """What to tell a client that asked too often."""
    return f"Quá {share.allowed} lượt trong {share.window} giây; thử lại sau {share.resets_in} giây."


def _has_key(request: Request) -> bool:
    return request.headers.get("authorization", "").lower().startswith("bearer ")


def _key(request: Request, keys: Keys) -> Key:
    return keys.check(request.headers["authorization"].split(" ", 1)[1].strip())


def _with_headers(send: Send, headers: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            found = MutableHeaders(scope=message)
            for name, value in headers.items():
                found.setdefault(name, value)
        await send(message)

    return sending


def _rate(name: str, text: str) -> RateLimitItem:
    try:
        return parse(text)
    except ValueError as error:
        raise WrongSetting(f"{name}={text!r} is no rate; write it as 60/minute") from error


def _storage(url: str) -> object:
    options = {"implementation": "redispy"} if url.startswith(("redis", "rediss")) else {}
    try:
        return storage_from_string(f"async+{url}", wrap_exceptions=True, **options)
    except ConfigurationError as error:
        raise WrongSetting(f"MOTCUA_WEB_RATE_STORE={url!r}: {error}; use memory:// or redis://host:port") from error
