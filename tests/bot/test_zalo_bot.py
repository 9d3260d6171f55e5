import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import httpx
import pytest

from bot import replies
from bot.channels import Choice, Event, EventKind, Link, PersonGone, Reply, SendLater, SendRefused
from bot.webhook import BadBody, Forbidden, Unknown
from bot.zalo_bot import ZaloBot, ZaloBotAccount
from tests.simulators.server import Served
from tests.simulators.zalo_bot import TOKEN, ZaloBotServer, update

SECRET = "webhook-secret"


@pytest.fixture
def server() -> ZaloBotServer:
    return ZaloBotServer()


@pytest.fixture
def url(server: ZaloBotServer) -> Iterator[str]:
    with Served(server.app) as served:
        yield served.url


@pytest.fixture
def channel() -> ZaloBot:
    return ZaloBot(ZaloBotAccount(TOKEN, SECRET), httpx.AsyncClient())


def with_channel(url: str, use: Callable[[ZaloBot], Awaitable[Any]], token: str = TOKEN) -> Any:
    async def go() -> Any:
        channel = ZaloBot(ZaloBotAccount(token, SECRET, url), httpx.AsyncClient())
        try:
            return await use(channel)
        finally:
            await channel.close()

    return asyncio.run(go())


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: {"ok": True, "result": one}])
def test_both_shapes_of_an_event_are_taken(channel: ZaloBot, wrap) -> None:
    (event,) = channel.events(json.dumps(wrap(update("khai sinh"))).encode(), SECRET)
    assert (event.user_key, event.message_id, event.text, event.kind) == ("c1", "m1", "khai sinh", EventKind.TEXT)


def test_a_picture_is_an_attachment(channel: ZaloBot) -> None:
    (event,) = channel.events(json.dumps(update("", name="message.image.received")).encode(), SECRET)
    assert event.kind is EventKind.ATTACHMENT


def test_what_another_bot_says_is_not_answered(channel: ZaloBot) -> None:
    call = update("khai sinh")
    call["message"]["from"]["is_bot"] = True
    assert channel.events(json.dumps(call).encode(), SECRET) == ()


@pytest.mark.parametrize("secret", [None, "", "webhook-secret2", "ử"])
def test_a_wrong_secret_is_refused(channel: ZaloBot, secret: str | None) -> None:
    with pytest.raises(Forbidden):
        channel.events(json.dumps(update("a")).encode(), secret)


def test_what_is_no_event_is_refused(channel: ZaloBot) -> None:
    for body in (b"{", b"[]", b"{}", b'{"message": {}}', b'{"result": []}'):
        with pytest.raises(BadBody):
            channel.events(body, SECRET)
    with pytest.raises(Unknown):
        channel.events(json.dumps(update("", name="message.dance.received")).encode(), SECRET)


def test_choices_are_numbered_unless_the_text_numbers_them(channel: ZaloBot) -> None:
    choices = (Choice("Đăng ký lại", "#o:a:1"), Choice("Trích lục", "#o:a:2"))
    (one,) = channel.render(Reply("Khác:", (Link(1, "N", "https://a.vn/1"),), choices), None)
    assert one.text.split("\n") == [
        "Khác:", "1. Đăng ký lại", "2. Trích lục", replies.CHOOSE_BY_NUMBER, "", replies.SOURCES, "[1] https://a.vn/1",
    ]  # fmt: skip
    (one,) = channel.render(Reply("1. Đăng ký lại\n2. Trích lục", (), choices), None)
    assert one.text == "1. Đăng ký lại\n2. Trích lục"


def test_a_message_is_sent_and_a_long_one_split(url: str, server: ZaloBotServer) -> None:
    async def use(channel: ZaloBot) -> None:
        for one in channel.render(Reply("Một câu vừa phải. " * 200), None):
            await channel.send("c1", one.body)

    with_channel(url, use)
    assert len(server.sent) == 2


@pytest.mark.parametrize(
    ("code", "raised"), [(400, SendRefused), (403, PersonGone), (429, SendLater), (500, SendLater)]
)
def test_each_failure_has_its_own_reaction(url: str, server: ZaloBotServer, code: int, raised: type) -> None:
    server.failures.append(code)
    with pytest.raises(raised):
        with_channel(url, lambda channel: channel.send("c1", '{"text": "a"}'))


def test_no_error_repeats_the_token(url: str) -> None:
    for address, token in (("http://127.0.0.1:9", TOKEN), (url, "wrong-token")):
        with pytest.raises(SendLater) as caught:
            with_channel(address, lambda channel: channel.send("c1", '{"text": "a"}'), token)
        assert token not in str(caught.value)


def test_polling_stores_what_comes(url: str, server: ZaloBotServer) -> None:
    server.updates.extend([update("một"), {"event_name": "?"}, update("hai", message_id="m2")])
    stored: list[Event] = []

    class Enough(Exception):
        pass

    async def store(found: Sequence[Event]) -> None:
        stored.extend(found)
        if len(stored) == 2:
            raise Enough

    with pytest.raises(Enough):
        with_channel(url, lambda channel: channel.poll(store))
    assert [event.text for event in stored] == ["một", "hai"]


def test_a_webhook_is_announced_with_its_secret(url: str, server: ZaloBotServer) -> None:
    with_channel(url, lambda channel: channel.announce("https://a.vn/webhooks/zalo-bot"))
    assert server.webhook == {"url": "https://a.vn/webhooks/zalo-bot", "secret_token": SECRET}
