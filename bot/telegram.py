"""Telegram, through python-telegram-bot: for staff, tests and people abroad (blocked inside Vietnam since
2025).
"""

import asyncio
import html
import json
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.error import Forbidden as BotForbidden
from telegram.ext import AIORateLimiter, Application, ContextTypes, TypeHandler

from bot import replies
from bot.channels import (
    Choice,
    Event,
    EventKind,
    Link,
    Outgoing,
    PersonGone,
    Reply,
    SendLater,
    SendRefused,
    Store,
)
from bot.errors import BotError
from bot.queueing import Clock, now_ms
from bot.quota import Limits
from bot.splitting import split, within
from bot.webhook import BadBody, check_age, check_secret, parsed

logger = logging.getLogger("motcua.channels")
NAME = "telegram"
LIMIT = 4096
KINDS = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
_POLL_S = 25
_REPLAY_MS = 86_400_000


class PollingImpossible(BotError):
    """Somebody else fetches this bot's events, or its token is refused."""


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """The bot's token and how it is reached."""

    token: str
    webhook_secret: str | None = None
    api_url: str = "https://api.telegram.org"
    retries: int = 2


class Telegram:
    """The channel of a Telegram bot."""

    name = NAME
    limits: Limits | None = None

    def __init__(self, account: TelegramAccount, clock: Clock = now_ms) -> None:
        # Its INFO lines hold the address of every call, and the address holds the token.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._account = account
        self._clock = clock
        self._application = (
            Application.builder()
            .token(account.token)
            .base_url(f"{account.api_url}/bot")
            .rate_limiter(AIORateLimiter(max_retries=account.retries))
            .updater(None)
            .build()
        )
        self._application.add_handler(TypeHandler(Update, _acknowledge))
        self._opening = asyncio.Lock()
        self._is_open = False

    @property
    def secret(self) -> str:
        """The bot's token."""
        return self._account.token

    @property
    def uses_webhook(self) -> bool:
        """Whether events are pushed; else they are polled for."""
        return self._account.webhook_secret is not None

    async def open(self) -> None:
        """Learn the bot's own name and start the handlers of passing things (typing, pressed buttons).
        Raises SendLater.
        """
        async with self._opening:
            if self._is_open:
                return
            try:
                await self._application.initialize()
            except TelegramError as error:
                await self._application.bot.shutdown()
                raise SendLater(
                    f"Telegram: {type(error).__name__} at the first call", 30, whole_channel=True
                ) from error
            await self._application.start()
            self._is_open = True

    async def close(self) -> None:
        """Stop the handlers and close the connections."""
        if self._is_open:
            self._is_open = False
            await self._application.stop()
            await self._application.shutdown()

    # --- in ---

    async def received(self, body: bytes, secret: str | None, store: Store) -> None:
        """Take a webhook call: store its event, then let the handlers see it. Raises BadBody, Forbidden,
        SendLater.
        """
        check_secret(secret, self._account.webhook_secret or "")
        call = parsed(body)
        await self.open()
        try:
            update = Update.de_json(call, self._application.bot)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise BadBody("no Telegram update") from error
        moment = update.effective_message.date if update.effective_message else None
        if moment is not None and update.callback_query is None:
            check_age(int(moment.timestamp() * 1000), self._clock(), _REPLAY_MS)
        await self._take(update, store)

    async def announce(self, url: str) -> None:
        """Tell Telegram where to push events to. Raises SendLater."""
        await self.open()
        try:
            await self._application.bot.set_webhook(
                url,
                allowed_updates=KINDS,
                drop_pending_updates=False,
                secret_token=self._account.webhook_secret,
            )
        except TelegramError as error:
            raise SendLater(f"Telegram does not take the webhook {url}: {error.message}") from error

    async def poll(self, store: Store) -> None:
        """Fetch events until cancelled; an event is confirmed to Telegram after it was stored. Raises
        PollingImpossible.
        """
        await self._open_patiently()
        bot, offset = self._application.bot, None
        await bot.delete_webhook(drop_pending_updates=False)
        while True:
            try:
                updates = await bot.get_updates(offset=offset, timeout=_POLL_S, allowed_updates=KINDS)
            except Conflict as error:
                raise PollingImpossible("another process polls for this Telegram bot; stop it or this one") from error
            except InvalidToken as error:
                raise PollingImpossible("Telegram refuses the token; set MOTCUA_TELEGRAM_TOKEN anew") from error
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
                continue
            except NetworkError as error:
                logger.warning("telegram: fetching failed: %s", type(error).__name__)
                await asyncio.sleep(3)
                continue
            for update in updates:
                await self._take(update, store)
                offset = update.update_id + 1

    async def _open_patiently(self) -> None:
        while True:
            try:
                return await self.open()
            except SendLater as error:
                if isinstance(error.__cause__, InvalidToken):
                    raise PollingImpossible("Telegram refuses the token; set MOTCUA_TELEGRAM_TOKEN anew") from error
                logger.warning("telegram: %s", error)
                await asyncio.sleep(3)

    async def _take(self, update: Update, store: Store) -> None:
        event = event_of(update, self._application.bot, self._clock())
        if event is not None:
            await store([event])
            await self._application.update_queue.put(update)

    # --- out ---

    def render(self, reply: Reply, room: int | None) -> tuple[Outgoing, ...]:
        """A reply as Telegram HTML, its sources linked, choices and ratings as buttons under the last
        message.
        """
        unlinked = [f"[{link.n}] {link.url}" for link in reply.links if not _is_public(link.url)]
        text = "\n".join([reply.text, "", replies.SOURCES, *unlinked]) if unlinked else reply.text
        parts = within(split(text, LIMIT), room, replies.SHORTENED, LIMIT)
        messages = []
        for number, part in enumerate(parts, 1):
            body: dict[str, Any] = {"html": _linked(part, reply.links)}
            rows = _keyboard(reply) if number == len(parts) else []
            messages.append(Outgoing(part, json.dumps(body | ({"keyboard": rows} if rows else {}), ensure_ascii=False)))
        return tuple(messages)

    async def send(self, user_key: str, body: str) -> str:
        """Send one message. Raises SendFailed."""
        message = json.loads(body)
        chat, _, _ = user_key.partition("/")
        rows = [[_inline(*button) for button in row] for row in message.get("keyboard", [])]
        await self.open()
        try:
            sent = await self._application.bot.send_message(
                int(chat),
                message["html"],
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=InlineKeyboardMarkup(rows) if rows else None,
            )
        except RetryAfter as error:
            raise SendLater("Telegram: too fast", _seconds(error), whole_channel=True) from error
        except BotForbidden as error:
            raise PersonGone("Telegram: the person blocked the bot") from error
        except BadRequest as error:
            raise SendRefused("Telegram: the message is not accepted") from error
        except InvalidToken as error:
            raise SendLater("Telegram refuses the token", 300, whole_channel=True) from error
        except TelegramError as error:
            raise SendLater(f"Telegram: {type(error).__name__}") from error
        return str(sent.message_id)


async def _acknowledge(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Passing things that need no store: the pressed button is released, "typing…" is shown."""
    try:
        if update.callback_query is not None:
            await update.callback_query.answer()
        if update.effective_chat is not None:
            await context.bot.send_chat_action(update.effective_chat.id, ChatAction.TYPING)
    except TelegramError as error:
        logger.info("telegram: not acknowledged: %s", type(error).__name__)


def event_of(update: Update, bot: Bot, now: int) -> Event | None:
    """The event of an update; None when it is not for the bot. In groups only what mentions the bot is."""
    identity = str(update.update_id)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        has_left = member.new_chat_member.status in ("kicked", "left")
        at_ms = int(member.date.timestamp() * 1000)
        return Event(NAME, str(member.chat.id), identity, at_ms, EventKind.UNFOLLOW) if has_left else None
    query = update.callback_query
    if query is not None:
        if query.message is None or not query.data:
            return None
        key = _address(query.message.chat, query.from_user.id)
        return Event(NAME, key, identity, now, EventKind.CHOICE, option=query.data)
    message = update.message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    key, at_ms = _address(message.chat, message.from_user.id), int(message.date.timestamp() * 1000)
    text = _addressed(message, bot)
    if text is None:
        return None
    if message.text is not None:
        return Event(NAME, key, identity, at_ms, EventKind.TEXT, text)
    kind = EventKind.LOCATION if message.location else EventKind.ATTACHMENT
    return Event(NAME, key, identity, at_ms, kind)


def _address(chat: Any, user_id: int) -> str:  # noqa: ANN401 - telegram.Chat, or what is left of an old one
    return str(chat.id) if chat.type == "private" else f"{chat.id}/{user_id}"


def _addressed(message: Message, bot: Bot) -> str | None:
    """What a message says to the bot: all of it in private; in a group what mentions or answers the bot,
    else None.
    """
    text = message.text or ""
    name = f"@{bot.username}"
    said = text.replace(name, " ", 1).strip() if name.lower() in text.lower() else text
    command, _, rest = text.partition(" ")
    if command.startswith("/"):
        command, _, addressee = command.partition("@")
        if addressee and addressee.lower() != bot.username.lower():
            return None
        if message.chat.type == "private" or addressee or command == "/tra":
            return f"{command} {rest}".strip()
        return None
    if message.chat.type == "private":
        return text
    answered = message.reply_to_message
    is_answer = answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    if not message.text:
        return None
    return said if is_answer or said != text else None


def _keyboard(reply: Reply) -> list[list[tuple[str, str, str]]]:
    """Rows of (label, "url" or "data", target): a row per choice and source, one for the ratings."""
    rows = [[_data(choice)] for choice in reply.choices]
    rows += [[(f"[{link.n}] {link.label}"[:60], "url", link.url)] for link in reply.links if _is_public(link.url)]
    if reply.ratings:
        rows.append([_data(choice) for choice in reply.ratings])
    return rows


def _data(choice: Choice) -> tuple[str, str, str]:
    return choice.label, "data", choice.payload


def _inline(label: str, kind: str, target: str) -> InlineKeyboardButton:
    if kind == "url":
        return InlineKeyboardButton(label, url=target)
    return InlineKeyboardButton(label, callback_data=target)


def _linked(text: str, links: tuple[Link, ...]) -> str:
    """Escaped text in which each mark [n] leads to its source."""
    shown = html.escape(text, quote=False)
    for link in links:
        if _is_public(link.url):
            shown = shown.replace(f"[{link.n}]", f'<a href="{html.escape(link.url)}">[{link.n}]</a>')
    return shown


def _is_public(url: str) -> bool:
    """Whether Telegram takes an address as a link: it refuses names without a dot, such as localhost."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
