"""Webhook calls over HTTP: what is taken is stored before 200, what is not taken leaves one line and nothing else."""

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api import webhooks
from bot.assemble import Parts
from bot.settings import Settings
from tests.simulators import telegram, zalo_bot
from tests.simulators.server import Served
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaServer, signed, webhook

WORDS = "câu hỏi riêng tư 0912345678"


@pytest.fixture
def telegram_server() -> telegram.TelegramServer:
    return telegram.TelegramServer()


@pytest.fixture
def parts(tmp_path: Path, telegram_server: telegram.TelegramServer) -> Iterator[Parts]:
    with Served(ZaloOaServer().app) as zalo, Served(telegram_server.app) as tele:
        settings = Settings(
            data=tmp_path,
            zalo_app_id=APP_ID,
            zalo_app_secret=SecretStr(APP_SECRET),
            zalo_oa_secret=SecretStr(OA_SECRET),
            zalo_api_url=zalo.url,
            zalo_oauth_url=zalo.url,
            telegram_token=telegram.TOKEN,
            telegram_webhook_secret=SecretStr("telegram-secret"),
            telegram_api_url=tele.url,
            zalo_bot_token=SecretStr(zalo_bot.TOKEN),
            zalo_bot_webhook_secret=SecretStr("zalo-bot-secret"),
            _env_file=None,  # type: ignore[call-arg]
        )
        yield Parts(settings)


@pytest.fixture
def web(parts: Parts) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.parts = parts
    app.include_router(webhooks.router)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def idle(parts: Parts) -> TestClient:
    """The same without a worker."""
    app = FastAPI()
    app.state.parts = parts
    app.include_router(webhooks.router)
    return TestClient(app)


def post(client: TestClient, call: dict[str, Any], **signing: str) -> int:
    body, headers = signed(call, **signing)
    return client.post("/webhooks/zalo-oa", content=body, headers=headers).status_code


def test_an_event_is_stored_before_200_and_a_repetition_changes_nothing(idle: TestClient, parts: Parts) -> None:
    call = webhook("user_send_text", text=WORDS, msg_id="m1")
    assert [post(idle, call), post(idle, call)] == [200, 200]
    assert parts.exchange.inbox.counts() == {"waiting": 1}


@pytest.mark.parametrize(
    ("call", "signing", "status"),
    [
        (webhook("user_send_text", text=WORDS), {"secret": "wrong"}, 403),
        (webhook("user_send_text", text=WORDS, app_id="999"), {}, 403),
        (webhook("user_send_text", text=WORDS), {"app_id": "999"}, 403),
        (webhook("user_send_text", text=WORDS, at_ms=1_600_000_000_000), {}, 403),
        (webhook("user_send_text", text=WORDS, at_ms=99_000_000_000_000), {}, 403),
        (webhook("user_send_text", text=WORDS, timestamp=None), {}, 400),
        (webhook("user_send_text", text=WORDS, sender=WORDS), {}, 400),
        (webhook("user_send_text", text=WORDS * 20_000), {}, 413),
        (webhook("user_writes_poems", text=WORDS), {}, 200),
    ],
)
def test_a_call_that_is_not_taken_gets_its_status_and_leaves_one_line_without_personal_data(
    idle: TestClient,
    parts: Parts,
    caplog: pytest.LogCaptureFixture,
    call: dict[str, Any],
    signing: dict[str, str],
    status: int,
) -> None:
    with caplog.at_level(logging.INFO, "motcua.channels"):
        assert post(idle, call, **signing) == status
    (line,) = [record.getMessage() for record in caplog.records if record.name == "motcua.channels"]
    assert line.startswith(f"zalo_oa webhook: {status}, ")
    assert "riêng tư" not in line
    assert "u1" not in line
    assert parts.exchange.inbox.counts() == {}


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
@pytest.mark.parametrize("path", ["zalo-oa", "zalo-bot", "telegram"])
def test_what_is_no_json_object_is_refused_everywhere(idle: TestClient, parts: Parts, path: str, body: bytes) -> None:
    headers = {
        "X-Bot-Api-Secret-Token": "zalo-bot-secret",
        "X-Telegram-Bot-Api-Secret-Token": "telegram-secret",
    }
    assert idle.post(f"/webhooks/{path}", content=body, headers=headers).status_code == 400
    assert parts.exchange.inbox.counts() == {}


def test_a_body_without_end_is_not_read_to_its_end(idle: TestClient) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 65_536
            yield b"x" * 65_536

    assert idle.post("/webhooks/zalo-oa", content=endless()).status_code == 413


def test_the_other_channels_check_their_secrets(idle: TestClient, parts: Parts) -> None:
    zalo_call, telegram_call = zalo_bot.update("a"), telegram.message(1, "a")
    for path, header, call in (
        ("zalo-bot", "X-Bot-Api-Secret-Token", zalo_call),
        ("telegram", "X-Telegram-Bot-Api-Secret-Token", telegram_call),
    ):
        assert idle.post(f"/webhooks/{path}", json=call).status_code == 403
        assert idle.post(f"/webhooks/{path}", json=call, headers={header: "wrong"}).status_code == 403
    assert parts.exchange.inbox.counts() == {}
    assert idle.post(
        "/webhooks/zalo-bot", json=zalo_call, headers={"X-Bot-Api-Secret-Token": "zalo-bot-secret"}
    ).is_success
    assert parts.exchange.inbox.counts() == {"waiting": 1}


def test_a_channel_that_is_not_configured_has_no_webhook(tmp_path: Path) -> None:
    app = FastAPI()
    app.state.parts = Parts(Settings(data=tmp_path, _env_file=None))  # type: ignore[call-arg]
    app.include_router(webhooks.router)
    with TestClient(app) as client:
        for path in ("zalo-oa", "zalo-bot", "telegram"):
            assert client.post(f"/webhooks/{path}", json={}).status_code == 404
    assert list(tmp_path.iterdir()) == []


def test_a_telegram_update_is_stored_answered_and_typing_shown_in_the_same_process(
    web: TestClient, parts: Parts, telegram_server: telegram.TelegramServer
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"}
    call = json.dumps(telegram.message(1, "/start"))
    assert web.post("/webhooks/telegram", content=call, headers=headers).status_code == 200
    for _ in range(1000):
        if telegram_server.sent and "sendChatAction" in telegram_server.calls:
            break
        time.sleep(0.02)
    assert len(telegram_server.sent) == 1
    assert "sendChatAction" in telegram_server.calls
