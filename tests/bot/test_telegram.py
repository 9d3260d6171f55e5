"""python-telegram-bot talks HTTP to a simulated Telegram; the exchange behind it is the real one."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot import replies
from bot.channels import Choice, Event, EventKind, Link, PersonGone, Reply, SendLater, SendRefused
from bot.exchange import Exchange, House
from bot.queueing import Pace
from bot.telegram import PollingImpossible, Telegram, TelegramAccount
from bot.webhook import BadBody, Forbidden
from tests.bot.channel_world import FakeAssistant, sqlite
from tests.simulators.server import Served
from tests.simulators.telegram import TOKEN, TelegramServer, message, press

# The library warns of its own future whenever Telegram asks it to slow down.
pytestmark = pytest.mark.filterwarnings("ignore:.*`retry_after` will be of type:DeprecationWarning")


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer()


@pytest.fixture
def url(server: TelegramServer) -> Iterator[str]:
    with Served(server.app) as served:
        yield served.url


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with sqlite(tmp_path) as made:
        yield made


def with_channel(url: str, use: Callable[[Telegram], Awaitable[Any]], **account: Any) -> Any:
    async def go() -> Any:
        channel = Telegram(TelegramAccount(**{"token": TOKEN, "api_url": url, **account}))
        try:
            return await use(channel)
        finally:
            await channel.close()

    return asyncio.run(go())


def events(url: str, *updates: dict[str, Any]) -> list[Event]:
    """The events that webhook calls become."""
    stored: list[Event] = []

    async def store(found: Sequence[Event]) -> None:
        stored.extend(found)

    async def use(channel: Telegram) -> None:
        for update in updates:
            await channel.received(json.dumps(update).encode(), "s3cret-s3cret", store)

    with_channel(url, use, webhook_secret="s3cret-s3cret")
    return stored


# --- in ---


def test_a_message_a_button_and_a_block_become_events(url: str) -> None:
    blocked = {
        "update_id": 1003,
        "my_chat_member": {
            "chat": {"id": 77, "type": "private"},
            "from": {"id": 77, "is_bot": False, "first_name": "A"},
            "date": 1_795_575_600,
            "old_chat_member": {"user": {"id": 123456, "is_bot": True, "first_name": "M"}, "status": "member"},
            "new_chat_member": {
                "user": {"id": 123456, "is_bot": True, "first_name": "M"},
                "status": "kicked",
                "until_date": 0,
            },
        },
    }
    found = events(url, message(1, "khai sinh"), press(2, "#o:ab:1"), blocked)
    assert [(one.kind, one.user_key, one.text, one.option) for one in found] == [
        (EventKind.TEXT, "77", "khai sinh", None),
        (EventKind.CHOICE, "77", "", "#o:ab:1"),
        (EventKind.UNFOLLOW, "77", "", None),
    ]
    assert [one.message_id for one in found] == ["1001", "1002", "1003"]


def test_pictures_and_places_are_known_and_not_downloaded(url: str, server: TelegramServer) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    place = {"longitude": 105.8, "latitude": 21.0}
    found = events(url, message(1, photo=photo), message(2, location=place))
    assert [one.kind for one in found] == [EventKind.ATTACHMENT, EventKind.LOCATION]
    assert "getFile" not in server.calls


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("khai sinh cần gì", None),
        ("@motcua_bot khai sinh cần gì", "khai sinh cần gì"),
        ("khai sinh @motcua_bot", "khai sinh"),
        ("@other_bot khai sinh", None),
        ("/thutuc khai sinh", None),
        ("/thutuc@motcua_bot khai sinh", "/thutuc khai sinh"),
        ("/thutuc@other_bot khai sinh", None),
        ("/tra K7M2 mời đến", "/tra K7M2 mời đến"),
    ],
)
def test_in_a_group_the_bot_hears_only_what_is_said_to_it(url: str, text: str, heard: str | None) -> None:
    found = events(url, message(1, text, group=True))
    assert [(one.text, one.user_key) for one in found] == ([(heard, "-77/77")] if heard else [])


def test_an_answer_to_the_bots_own_message_is_said_to_it(url: str) -> None:
    bot = {"id": 123456, "is_bot": True, "first_name": "M", "username": "motcua_bot"}
    before = {"message_id": 9, "date": 1, "chat": {"id": -77, "type": "supergroup", "title": "T"}, "from": bot}
    assert events(url, message(1, "còn lệ phí?", group=True, reply_to_message=before))[0].text == "còn lệ phí?"


def test_webhook_calls_without_the_secret_or_of_another_shape_are_refused(url: str) -> None:
    async def store(found: Sequence[Event]) -> None:
        raise AssertionError(found)

    async def use(channel: Telegram) -> None:
        good = json.dumps(message(1, "a")).encode()
        for secret in (None, "", "wrong"):
            with pytest.raises(Forbidden):
                await channel.received(good, secret, store)
        for body in (b"{", b"[]", b'{"message": 5}', b'{"update_id": 1, "message": {"chat": 1}}'):
            with pytest.raises(BadBody):
                await channel.received(body, "s3cret-s3cret", store)

    with_channel(url, use, webhook_secret="s3cret-s3cret")


# --- out ---


def test_an_answer_is_escaped_its_marks_are_links_and_its_choices_buttons(url: str, server: TelegramServer) -> None:
    links = (Link(1, "Lệ phí", "https://phuongmau.gov.vn/c/1?a=1&b=2"),)
    reply = Reply("Phí < 5.000 & > 0. [1]", links, (Choice("Đăng ký lại", "#o:a:1"),), (Choice("👍", "#r:a:+"),))

    async def use(channel: Telegram) -> str:
        (one,) = channel.render(reply, None)
        return await channel.send("77", one.body)

    assert with_channel(url, use) == "1"
    (sent,) = server.sent
    assert sent["text"] == "Phí < 5.000 & > 0. [1]"
    assert '<a href="https://phuongmau.gov.vn/c/1?a=1&amp;b=2">[1]</a>' in sent["html"]
    assert [[button["text"] for button in row] for row in sent["keyboard"]] == [["Đăng ký lại"], ["[1] Lệ phí"], ["👍"]]


def test_an_address_that_telegram_does_not_link_stands_in_the_text(url: str, server: TelegramServer) -> None:
    async def use(channel: Telegram) -> None:
        for one in channel.render(Reply("Miễn. [1]", (Link(1, "Lệ phí", "http://localhost:8000/c/1"),)), None):
            await channel.send("77", one.body)

    with_channel(url, use)
    assert server.sent[0]["text"].endswith("[1] http://localhost:8000/c/1")


def test_a_long_answer_is_split_below_4096(url: str, server: TelegramServer) -> None:
    reply = Reply("Câu có 👍 & <dấu> đặc biệt. [1] " * 400, (Link(1, "Nguồn", "https://a.vn/c/1"),))

    async def use(channel: Telegram) -> None:
        for one in channel.render(reply, None):
            await channel.send("-77/5", one.body)

    with_channel(url, use)
    assert len(server.sent) > 2
    assert {sent["chat_id"] for sent in server.sent} == {-77}


@pytest.mark.parametrize(
    ("code", "raised"), [(403, PersonGone), (400, SendRefused), (500, SendLater), (502, SendLater), (401, SendLater)]
)
def test_each_failure_has_its_own_reaction(url: str, server: TelegramServer, code: int, raised: type) -> None:
    async def use(channel: Telegram) -> None:
        await channel.open()
        server.failures.append((code, {}))
        with pytest.raises(raised):
            await channel.send("77", '{"html": "a"}')

    with_channel(url, use)


def test_when_telegram_asks_to_slow_down_the_message_waits_and_is_sent(url: str, server: TelegramServer) -> None:
    server.failures.append((429, {"retry_after": 1}))

    async def use(channel: Telegram) -> str:
        return await channel.send("77", '{"html": "a"}')

    assert with_channel(url, use, retries=1) == "1"


def test_when_telegram_keeps_asking_the_channel_pauses(url: str, server: TelegramServer) -> None:
    server.failures.extend([(429, {"retry_after": 7})])

    async def use(channel: Telegram) -> None:
        with pytest.raises(SendLater) as caught:
            await channel.send("77", '{"html": "a"}')
        assert caught.value.wait_s == 7
        assert caught.value.whole_channel

    with_channel(url, use, retries=0)


def test_a_webhook_is_announced_with_its_secret_and_keeps_pending_updates(url: str, server: TelegramServer) -> None:
    with_channel(url, lambda channel: channel.announce("https://a.vn/webhooks/telegram"), webhook_secret="s3cret-1")
    assert server.webhook is not None
    assert server.webhook["secret_token"] == "s3cret-1"
    assert server.webhook.get("drop_pending_updates", "false") == "false"
    assert json.loads(server.webhook["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]


# --- polling, with everything behind it ---


def test_polling_answers_with_typing_shown_and_buttons_released(
    url: str, server: TelegramServer, engine: Engine
) -> None:
    server.webhook = {"url": "https://old"}
    server.updates += [message(1, "/start"), message(2, "khai sinh")]

    async def use(channel: Telegram) -> None:
        house = House(pace=Pace(settle_ms=0))
        exchange = Exchange(engine, [channel], FakeAssistant, house)
        worker = exchange.worker()
        tasks = [asyncio.create_task(worker.run()), asyncio.create_task(channel.poll(exchange.store))]
        await _until(lambda: len(server.sent) == 2)
        payload = server.sent[0]["keyboard"][1][0]["callback_data"]
        server.updates.append(press(3, payload))
        await _until(lambda: len(server.sent) == 3 and "answerCallbackQuery" in server.calls)
        worker.stop()
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    with_channel(url, use)
    assert replies.AI_NOTICE in server.sent[0]["text"]
    assert server.sent[1]["text"].startswith("Về: khai sinh")
    assert "sendChatAction" in server.calls
    assert server.confirmed == 1003


def test_an_update_is_confirmed_only_after_it_was_stored(url: str, server: TelegramServer) -> None:
    server.updates.append(message(1, "khai sinh"))

    class StoreDown(Exception):
        pass

    async def store(found: Sequence[Event]) -> None:
        raise StoreDown

    async def use(channel: Telegram) -> None:
        with pytest.raises(StoreDown):
            await channel.poll(store)

    with_channel(url, use)
    assert server.confirmed == 0
    assert len(server.updates) == 1


def test_two_pollers_and_a_wrong_token_end_with_a_clear_word(url: str, server: TelegramServer) -> None:
    async def store(found: Sequence[Event]) -> None:
        return

    server.polling_failures.append((409, {}))
    with pytest.raises(PollingImpossible, match="another process"):
        with_channel(url, lambda channel: channel.poll(store))
    with pytest.raises(PollingImpossible, match="MOTCUA_TELEGRAM_TOKEN"):
        with_channel(url, lambda channel: channel.poll(store), token="1:wrong")


async def _until(is_so: Callable[[], bool]) -> None:
    for _ in range(1500):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError
