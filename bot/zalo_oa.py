"""Zalo Official Account, OpenAPI v3: webhook events in, customer-care messages out."""

import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from typing import Any

import httpx

from bot import replies
from bot.channels import (
    OPTION_SIGN,
    Choice,
    Event,
    EventKind,
    Link,
    Outgoing,
    PersonGone,
    Reply,
    SendAfter,
    SendFailed,
    SendLater,
    SendOnContact,
    SendRefused,
)
from bot.queueing import Clock, now_ms
from bot.quota import Limits, next_hour
from bot.splitting import split, within
from bot.tokens import TokenKeeper, TokensLost
from bot.webhook import BadBody, Forbidden, Unknown, check_age, parsed

logger = logging.getLogger("motcua.channels")
NAME = "zalo_oa"
_ATTACHMENTS = ("image", "file", "sticker", "gif", "audio", "video", "link", "business_card")
_SILENT = {"user_received_message", "user_seen_message", "user_reacted_message", "oa_reacted_message"}
_TOKEN_CODES = (-216, -220)


@dataclass(frozen=True, slots=True)
class ZaloApp:
    """The account and the app whose events are taken, and how its messages look."""

    app_id: str
    oa_secret: str
    oa_id: str | None = None
    api_url: str = "https://openapi.zalo.me"
    replay_ms: int = 7_200_000
    text_limit: int = 2000
    are_buttons_inside: bool = False
    most_buttons: int = 5


class ZaloOa:
    """The channel of a Zalo Official Account."""

    name = NAME

    def __init__(
        self,
        app: ZaloApp,
        keeper: TokenKeeper,
        http: httpx.AsyncClient,
        limits: Limits,
        clock: Clock = now_ms,
    ) -> None:
        self._app = app
        self._keeper = keeper
        self._http = http
        self._limits = limits
        self._clock = clock

    @property
    def secret(self) -> str:
        """The OA's secret key."""
        return self._app.oa_secret

    @property
    def limits(self) -> Limits | None:
        """Windows, allowance and quiet hours."""
        return self._limits

    # --- in ---

    def events(self, body: bytes, signature: str) -> tuple[Event, ...]:
        """The events of a webhook call, after its signature. Raises BadBody, Forbidden, Unknown."""
        call = parsed(body)
        stamp = call.get("timestamp")
        if not isinstance(stamp, str | int) or not str(stamp).isdigit():
            raise BadBody("no timestamp")
        signed = self._app.app_id.encode() + body + str(stamp).encode() + self._app.oa_secret.encode()
        expected = "mac=" + hashlib.sha256(signed).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.strip().lower().encode()):
            raise Forbidden("wrong signature")
        if str(call.get("app_id", self._app.app_id)) != self._app.app_id:
            raise Forbidden("another app")
        check_age(int(stamp), self._clock(), self._app.replay_ms)
        return self._events(call, int(stamp))

    def _events(self, call: dict[str, Any], at_ms: int) -> tuple[Event, ...]:
        name = str(call.get("event_name", ""))
        if name in _SILENT or (name.startswith("oa_send_") and name.endswith(("_consent", "_request"))):
            return ()
        account = self._account_of(name, call)
        if self._app.oa_id and account and account != self._app.oa_id:
            raise Forbidden("another account")
        message = call.get("message") if isinstance(call.get("message"), dict) else {}
        known = _Call(name, call, message or {}, at_ms)
        if name.startswith("oa_send_"):
            return (known.event(known.key("recipient"), EventKind.SENT, known.text),)
        if name in ("follow", "unfollow"):
            return (known.event(known.key("follower"), EventKind(name)),)
        kind = _kind(name)
        if kind is None:
            raise Unknown("unknown event")
        if kind in (EventKind.TEXT, EventKind.CHOICE):
            payload = known.payload
            if payload.startswith(OPTION_SIGN):
                return (known.event(known.key("sender"), EventKind.CHOICE, "", payload),)
            return (known.event(known.key("sender"), EventKind.TEXT, payload),)
        return (known.event(known.key("sender"), kind),)

    def _account_of(self, name: str, call: dict[str, Any]) -> str | None:
        """The account that an event is about, wherever its kind names it."""
        role = "sender" if name.startswith("oa_send_") else "recipient"
        who = call.get(role)
        found = call.get("oa_id") or (who.get("id") if isinstance(who, dict) else None)
        return str(found) if found else None

    # --- out ---

    def render(self, reply: Reply, room: int | None) -> tuple[Outgoing, ...]:
        """A reply as Zalo messages: the text, the addresses of its sources, buttons under the last one."""
        limit = self._app.text_limit
        buttons = self._buttons(reply)
        text = "\n".join([reply.text, *_beyond(reply.choices, self._app.most_buttons), *_sources(reply.links)])
        parts = within(split(text, limit), room, _ending(reply.links), limit)
        return tuple(
            Outgoing(
                part,
                json.dumps(self._message(part, buttons if number == len(parts) else []), ensure_ascii=False),
            )
            for number, part in enumerate(parts, 1)
        )

    def _buttons(self, reply: Reply) -> list[dict[str, Any]]:
        """Choices first, then the source, then the ratings if both still fit."""
        most = self._app.most_buttons
        buttons = [_button(choice) for choice in reply.choices][:most]
        if reply.links and _is_public(reply.links[0].url) and len(buttons) < most:
            buttons.append({"title": replies.SEE_SOURCE, "type": "oa.open.url", "payload": {"url": reply.links[0].url}})
        if len(buttons) + len(reply.ratings) <= most:
            buttons += [_button(choice) for choice in reply.ratings]
        return buttons

    def _message(self, text: str, buttons: list[dict[str, Any]]) -> dict[str, Any]:
        if not buttons:
            return {"text": text}
        if self._app.are_buttons_inside:
            payload = {"template_type": "button", "text": text, "buttons": buttons}
            return {"attachment": {"type": "template", "payload": payload}}
        return {"text": text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}

    async def send(self, user_key: str, body: str) -> str:
        """Send one message; a token that has run out is renewed once. Raises SendFailed."""
        try:
            token = await self._keeper.token()
            code, answer = await self._post(token.access, user_key, body)
            if code in _TOKEN_CODES:
                token = await self._keeper.renewed(token.generation)
                code, answer = await self._post(token.access, user_key, body)
        except TokensLost as error:
            logger.error("zalo tokens lost: %s", error)
            raise SendLater(str(error), 300, whole_channel=True) from error
        if code != 0:
            raise reaction(code, self._clock(), self._limits)
        data = answer.get("data")
        return str(data.get("message_id", "")) if isinstance(data, dict) else ""

    async def _post(self, access: str, user_key: str, body: str) -> tuple[int, dict[str, Any]]:
        """Error code and answer of one call; Zalo reports failures with HTTP status 200."""
        url = f"{self._app.api_url}/v3.0/oa/message/cs"
        message = {"recipient": {"user_id": user_key}, "message": json.loads(body)}
        try:
            response = await self._http.post(url, json=message, headers={"access_token": access})
            answer = response.json()
            return int(answer["error"]), answer
        except httpx.HTTPError as error:
            raise SendLater(f"Zalo OpenAPI: {type(error).__name__}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise SendLater(f"Zalo OpenAPI: HTTP {response.status_code} without a result") from error

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


_PAUSES = {
    -32: ("too fast", 5),
    -216: ("token refused though just renewed", 60),
    -220: ("token refused though just renewed", 60),
    -240: ("this API has been shut down; update motcua", 3600),
}
_REFUSED = {-201: "a parameter is not accepted", -210: "a parameter is too long"}
_ON_CONTACT = {
    -218: "the person's quota is spent",
    -230: "outside the reply window",
    -232: "outside the reply window",
}
_GONE = {
    -213: "does not follow the account",
    -217: "the person blocked the account",
    -244: "the person blocked the account",
}


def reaction(code: int, now: int, limits: Limits) -> SendFailed:
    """What to do about an error code of the OpenAPI (⚠ collected from third parties)."""
    morning = next_hour(now, limits.quiet[1] if limits.quiet else 6)
    if code in _PAUSES:
        reason, wait_s = _PAUSES[code]
        return SendLater(f"{code}: {reason}", wait_s, whole_channel=True)
    if code in _REFUSED:
        return SendRefused(f"{code}: {_REFUSED[code]}")
    if code in _ON_CONTACT:
        return SendOnContact(f"{code}: {_ON_CONTACT[code]}")
    if code in _GONE:
        return PersonGone(f"{code}: {_GONE[code]}")
    if code == -211:
        return SendLater("-211: the account's quota is spent", (morning - now) / 1000, whole_channel=True)
    if code == -234:
        return SendAfter("-234: quiet hours", morning)
    return SendLater(f"{code}: unknown to this release")


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    call: dict[str, Any]
    message: dict[str, Any]
    at_ms: int

    def key(self, role: str) -> str:
        who = self.call.get(role)
        key = who.get("id") if isinstance(who, dict) else None
        if not isinstance(key, str | int) or not key:
            raise BadBody(f"no {role}")
        return str(key)

    @property
    def text(self) -> str:
        return str(self.message.get("text") or "")

    @property
    def payload(self) -> str:
        """Typed text, or what a button carries, wherever Zalo puts it (⚠ not documented for every kind)."""
        for place in (self.message, self.call.get("button"), self.call):
            if isinstance(place, dict) and isinstance(place.get("payload"), str):
                return str(place["payload"])
        return self.text

    def event(self, user_key: str, kind: EventKind, text: str = "", option: str | None = None) -> Event:
        identity = self.message.get("msg_id") or f"{self.name}:{user_key}:{self.at_ms}"
        return Event(NAME, user_key, str(identity), self.at_ms, kind, text, option)


def _kind(name: str) -> EventKind | None:
    if name in ("user_send_text", "anonymous_send_text"):
        return EventKind.TEXT
    if name == "user_click_button":
        return EventKind.CHOICE
    if name == "user_send_location":
        return EventKind.LOCATION
    if name == "user_submit_info":
        return EventKind.FORM
    is_attachment = name.removeprefix("user_send_") in _ATTACHMENTS and name.startswith("user_send_")
    return EventKind.ATTACHMENT if is_attachment else None


def _button(choice: Choice) -> dict[str, Any]:
    return {"title": choice.label[:100], "type": "oa.query.hide", "payload": choice.payload}


def _beyond(choices: tuple[Choice, ...], most: int) -> list[str]:
    """Choices that got no button are answered by number."""
    if len(choices) <= most:
        return []
    return [f"{number}. {choice.label}" for number, choice in enumerate(choices, 1)] + [replies.CHOOSE_BY_NUMBER]


def _sources(links: tuple[Link, ...]) -> list[str]:
    return ["", replies.SOURCES, *(f"[{link.n}] {link.url}" for link in links)] if links else []


def _ending(links: tuple[Link, ...]) -> str:
    return f"{replies.SHORTENED} {links[0].url}" if links else replies.SHORTENED


def _is_public(url: str) -> bool:
    return url.startswith("https://")
