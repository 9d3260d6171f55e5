"""The commands of the channels, as somebody types them; Zalo and Telegram are simulated."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.simulators import telegram
from tests.simulators.server import Served
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaServer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def zalo() -> ZaloOaServer:
    return ZaloOaServer()


@pytest.fixture
def settings(zalo: ZaloOaServer, tmp_path: Path) -> Iterator[dict[str, str]]:
    with Served(zalo.app) as served:
        yield {
            "MOTCUA_DATA": str(tmp_path),
            "MOTCUA_ZALO_APP_ID": APP_ID,
            "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
            "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
            "MOTCUA_ZALO_OAUTH_URL": served.url,
            "MOTCUA_ZALO_API_URL": served.url,
            "MOTCUA_ZALO_REDIRECT_URL": "https://phuongmau.gov.vn/zalo",
        }


def started(settings: dict[str, str], *words: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    return subprocess.Popen(
        [sys.executable, "-m", "api.cli", *words],
        cwd=ROOT,
        env={**kept, **settings, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ran(settings: dict[str, str], *words: str) -> tuple[int, str]:
    process = started(settings, *words)
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


def test_a_login_leads_through_the_browser_and_stores_the_first_pair(
    zalo: ZaloOaServer, settings: dict[str, str]
) -> None:
    process = started(settings, "zalo", "login")
    assert process.stdout is not None
    address = next(line.strip() for line in process.stdout if line.startswith("http"))
    query = parse_qs(urlsplit(address).query)
    zalo.login_codes["code-1"] = query["code_challenge"][0]
    out, err = process.communicate(f"https://phuongmau.gov.vn/zalo?code=code-1&state={query['state'][0]}\n", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "Đã lưu" in out
    assert zalo.access not in out + address
    code, said = ran(settings, "zalo", "status")
    assert (code, said) == (0, "Zalo OA: quyền gửi tin còn hiệu lực\n")


def test_an_answer_to_another_login_is_refused(zalo: ZaloOaServer, settings: dict[str, str]) -> None:
    process = started(settings, "zalo", "login")
    _, err = process.communicate("https://phuongmau.gov.vn/zalo?code=code-1&state=forged\n", timeout=60)
    assert process.returncode == 1
    assert err == "motcua zalo: that address is not the answer to this login; run `motcua zalo login` again\n"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("zalo", "login"), "MOTCUA_ZALO_APP_ID"),
        (("zalo", "webhook"), "MOTCUA_ZALO_BOT_TOKEN"),
        (("telegram",), "MOTCUA_TELEGRAM_TOKEN"),
        (("worker",), "no channel is configured"),
    ],
)
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, words: tuple[str, ...], missing: str) -> None:
    code, said = ran({"MOTCUA_DATA": str(tmp_path)}, *words)
    assert code == 1
    assert missing in said
    assert said.count("\n") == 1


def test_the_telegram_command_answers_until_it_is_told_to_stop(tmp_path: Path) -> None:
    server = telegram.TelegramServer()
    server.updates.append(telegram.message(1, "/start"))
    with Served(server.app) as served:
        chosen = {"MOTCUA_TELEGRAM_TOKEN": telegram.TOKEN, "MOTCUA_TELEGRAM_API_URL": served.url}
        process = started({"MOTCUA_DATA": str(tmp_path), **chosen}, "telegram")
        for _ in range(3000):
            if server.sent or process.poll() is not None:
                break
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert len(server.sent) == 1
    assert (process.returncode, err) == (0, "")
