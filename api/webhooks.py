"""Webhooks: a call is verified, its events are stored, 200 is answered; the work is done afterwards."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from fastapi import APIRouter, FastAPI, Request, Response

from api.problems import problem
from bot.assemble import Parts
from bot.channels import Event
from bot.exchange import Exchange
from bot.telegram import Telegram
from bot.webhook import TooLarge, Unknown, WebhookRefused
from bot.zalo_bot import ZaloBot
from bot.zalo_oa import ZaloOa

logger = logging.getLogger("motcua.channels")
Kind = TypeVar("Kind")


@asynccontextmanager
async def working(app: FastAPI) -> AsyncIterator[None]:
    """One worker beside the web server, when any channel is configured."""
    parts: Parts = app.state.parts
    if not parts.channels:
        yield
        return
    worker = parts.exchange.worker()
    running = asyncio.create_task(worker.run())
    running.add_done_callback(_say_when_dead)
    yield
    worker.stop()
    await asyncio.gather(running, return_exceptions=True)
    for channel in parts.channels:
        await channel.close()


def _say_when_dead(running: asyncio.Task[None]) -> None:
    if not running.cancelled() and (error := running.exception()) is not None:
        logger.critical("the worker died: %s; events are stored and wait for another one", type(error).__name__)


router = APIRouter(prefix="/webhooks", tags=["webhooks"], lifespan=working)


@router.post("/zalo-oa", include_in_schema=False)
async def zalo_oa(request: Request) -> Response:
    """Events of the Zalo Official Account."""
    channel = _channel(request, ZaloOa)
    if channel is None:
        return problem(404)
    try:
        body = await _body(request)
        events = channel.events(body, request.headers.get("X-ZEvent-Signature", ""))
    except WebhookRefused as error:
        return _refused(channel.name, error)
    return await _stored(request, events)


@router.post("/zalo-bot", include_in_schema=False)
async def zalo_bot(request: Request) -> Response:
    """Events of the Zalo Bot Platform."""
    channel = _channel(request, ZaloBot)
    if channel is None or not channel.uses_webhook:
        return problem(404)
    try:
        body = await _body(request)
        events = channel.events(body, request.headers.get("X-Bot-Api-Secret-Token"))
    except WebhookRefused as error:
        return _refused(channel.name, error)
    return await _stored(request, events)


@router.post("/telegram", include_in_schema=False)
async def telegram(request: Request) -> Response:
    """Updates of the Telegram bot."""
    channel = _channel(request, Telegram)
    if channel is None or not channel.uses_webhook:
        return problem(404)
    exchange: Exchange = request.app.state.parts.exchange
    secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
    try:
        await channel.received(await _body(request), secret, exchange.store)
    except WebhookRefused as error:
        return _refused(channel.name, error)
    return Response(status_code=200)


def _channel(request: Request, kind: type[Kind]) -> Kind | None:
    parts: Parts = request.app.state.parts
    return next((channel for channel in parts.channels if isinstance(channel, kind)), None)


async def _body(request: Request) -> bytes:
    """The body, read no further than the largest event could be. Raises TooLarge."""
    limit = request.app.state.parts.settings.webhook_limit_bytes
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise TooLarge(f"more than {limit} bytes")
    return bytes(body)


async def _stored(request: Request, events: Sequence[Event]) -> Response:
    exchange: Exchange = request.app.state.parts.exchange
    await exchange.store(events)
    return Response(status_code=200)


def _refused(channel: str, error: WebhookRefused) -> Response:
    level = logging.INFO if isinstance(error, Unknown) else logging.WARNING
    logger.log(level, "%s webhook: %d, %s", channel, error.status, error)
    return problem(error.status)
