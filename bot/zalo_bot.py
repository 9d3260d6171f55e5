"""Zalo Bot Platform: a bot without an Official Account. Plain text, no buttons, so choices are answered by
number.
"""

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import Any

import httpx

from bot import replies
from bot.channels import Event, EventKind, Outgoing, PersonGone, Reply, SendLater, SendRefused, Store
from bot.queueing import Clock, now_ms
from bot.quota import Limits
from bot.splitting import split, within
from bot.webhook import BadBody, Unknown, check_secret, parsed

logger = logging.getLogger("motcua.channels")
NAME = "zalo_bot"
_POLL_S = 30
_KINDS = {
    "message.text.received": EventKind.TEXT,
    "message.image.received": EventKind.ATTACHMENT,
    "message.sticker.received": EventKind.ATTACHMENT,
    "message.voice.received": EventKind.ATTACHMENT,
    "message.unsupported.received": EventKind.ATTACHMENT,
}


@dataclass(frozen=True, slots=True)
class ZaloBotAccount:
    """The bot's token and how it is reached."""

    token: str
    webhook_secret: str | None = None
    api_url: str = "https://bot-api.zaloplatforms.com"
    text_limit: int = 2000


class ZaloBot:
    """The channel of a bot on the Zalo Bot Platform."""

    name = NAME
    limits: Limits | None = None

    def __init__(self, account: ZaloBotAccount, http: httpx.AsyncClient, clock: Clock = now_ms) -> None:
        # Its INFO lines hold the address of every call, and the address holds the token.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._account = account
        self._http = http
        self._clock = clock

    @property
    def secret(self) -> str:
        """The bot's token."""
        return self._account.token

    @property
    def uses_webhook(self) -> bool:
        """Whether events are pushed; else they are polled for."""
        return self._account.webhook_secret is not None

    def events(self, body: bytes, secret: str | None) -> tuple[Event, ...]:
        """The events of a webhook call. Raises BadBody, Forbidden, Unknown."""
        check_secret(secret, self._account.webhook_secret or "")
        return self._events(parsed(body))

    def _events(self, call: dict[str, Any]) -> tuple[Event, ...]:
        """Both shapes are seen: the event itself, and {"ok": true, "result": event}."""
        inner = call.get("result", call)
        message = inner.get("message") if isinstance(inner, dict) else None
        if not isinstance(message, dict):
            raise BadBody("no message")
        sender, chat = message.get("from"), message.get("chat")
        if not isinstance(chat, dict) or not chat.get("id") or not message.get("message_id"):
            raise BadBody("no chat or message id")
        if isinstance(sender, dict) and sender.get("is_bot"):
            return ()
        text = message.get("text")
        kind = _KINDS.get(str(inner.get("event_name", "")), EventKind.TEXT if text else None)
        if kind is None:
            raise Unknown("unknown event")
        at_ms = message.get("date")
        moment = at_ms if isinstance(at_ms, int) and at_ms > 0 else self._clock()
        words = str(text or "") if kind is EventKind.TEXT else ""
        return (Event(NAME, str(chat["id"]), str(message["message_id"]), moment, kind, words),)

    def render(self, reply: Reply, room: int | None) -> tuple[Outgoing, ...]:
        """A reply as plain text: choices numbered, sources by address."""
        lines = [reply.text]
        if reply.choices and not all(choice.label in reply.text for choice in reply.choices):
            lines += [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
            lines.append(replies.CHOOSE_BY_NUMBER)
        if reply.links:
            lines += ["", replies.SOURCES, *(f"[{link.n}] {link.url}" for link in reply.links)]
        if reply.ratings:
            lines += ["", replies.RATE_BY_TEXT]
        limit = self._account.text_limit
        parts = within(split("\n".join(lines), limit), room, replies.SHORTENED, limit)
        return tuple(Outgoing(part, json.dumps({"text": part}, ensure_ascii=False)) for part in parts)

    async def send(self, user_key: str, body: str) -> str:
        """Send one message. Raises SendFailed."""
        answer = await self._call("sendMessage", {"chat_id": user_key, **json.loads(body)})
        return str(answer.get("message_id", ""))

    async def announce(self, url: str) -> None:
        """Tell the platform where to push events to. Raises SendFailed."""
        await self._call("setWebhook", {"url": url, "secret_token": self._account.webhook_secret or ""})

    async def poll(self, store: Store) -> None:
        """Fetch events and store them, one long call after the other, until cancelled."""
        while True:
            try:
                answer = await self._call("getUpdates", {"timeout": str(_POLL_S)}, timeout=_POLL_S + 10)
            except (SendLater, SendRefused, PersonGone) as error:
                logger.warning("zalo_bot: fetching failed: %s", error)
                await asyncio.sleep(5)
                continue
            for update in answer if isinstance(answer, list) else [answer]:
                try:
                    events = self._events(update)
                except (BadBody, Unknown) as error:
                    logger.info("zalo_bot: event left alone: %s", error)
                    continue
                await store(events)

    async def _call(self, method: str, values: dict[str, str], timeout: float | None = None) -> Any:  # noqa: ANN401
        """The result of one call. The address holds the token, so no error repeats it."""
        url = f"{self._account.api_url}/bot{self._account.token}/{method}"
        try:
            response = await self._http.post(url, json=values, timeout=timeout or self._http.timeout)
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise SendLater(f"Zalo Bot Platform: {type(error).__name__}") from error
        if isinstance(answer, dict) and answer.get("ok"):
            return answer.get("result") or {}
        code = answer.get("error_code") if isinstance(answer, dict) else None
        match code or response.status_code:
            case 400:
                raise SendRefused("400: the message is not accepted")
            case 403:
                raise PersonGone("403: the person blocked the bot")
            case 401 | 404:
                raise SendLater(f"{code}: the token is refused; set another one", 300, whole_channel=True)
            case 408 if method == "getUpdates":
                return []
            case 429:
                raise SendLater("429: too fast", 30, whole_channel=True)
            case other:
                raise SendLater(f"{other}: no result")

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
