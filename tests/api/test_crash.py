"""What is published survives kill -9 in the middle of an ingest, and a running server sees what is new."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.conftest import COMMUNE, ROOT, SAMPLES, Ran

PATIENCE_S = 60
"""When a test gives up waiting; far above what it takes, so that a slow machine never fails."""
RECORDS = 1500


def command(data: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "api.cli", *(str(word) for word in words), "--data", str(data)]


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    given_up = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < given_up, f"waited in vain: {what}"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of procedures that takes seconds to ingest: the samples again and again under other codes."""
    lines = (SAMPLES / "thu-tuc.jsonl").read_text(encoding="utf-8").splitlines()
    code = re.compile(r"\b\d\.\d{6}\b")
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(RECORDS):
            file.write(code.sub(f"7.{number:06d}", lines[number % len(lines)]) + "\n")
    return path


@pytest.fixture
def data(motcua: Callable[..., Ran], tmp_path: Path) -> Path:
    """A data folder with one document published."""
    guide = tmp_path / "gui-xe.md"
    guide.write_text("# Gửi xe ở chợ Mẫu\n\n## Giá gửi xe đạp\nGửi xe đạp mất hai nghìn đồng.\n", encoding="utf-8")
    folder = tmp_path / "data"
    assert motcua("ingest", guide, "--commune", COMMUNE, "--data", folder).code == 0
    return folder


def stored(data: Path) -> int:
    with closing(sqlite3.connect(data / "motcua.db", timeout=15)) as connection:
        return int(connection.execute("select count(*) from documents").fetchone()[0])


def generations(data: Path) -> set[str]:
    return {path.name for path in (data / "index" / COMMUNE).iterdir()}


@pytest.mark.parametrize("moment", ["reading", "publishing"])
def test_an_ingest_that_is_killed_loses_nothing_and_can_be_repeated(
    moment: str, data: Path, many: Path, motcua: Callable[..., Ran]
) -> None:
    before = generations(data)
    ingest = command(data, "ingest", many, "--commune", COMMUNE)
    process = subprocess.Popen(ingest, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if moment == "reading":
        until(lambda: stored(data) > 1, "the first batch is stored")
    else:
        until(lambda: generations(data) > before, "a new generation is begun")
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    if moment == "reading":
        assert 1 < stored(data) < RECORDS + 1

    answer = motcua("ask", "giá gửi xe đạp ở chợ", "--commune", COMMUNE, "--data", data)
    assert answer.code == 0, answer.err
    assert "hai nghìn đồng" in answer.out

    again = motcua("ingest", many, "--commune", COMMUNE, "--data", data)
    assert again.code == 0, again.err
    assert stored(data) == RECORDS + 1
    assert "published" in again.out
    assert "7.000001" in motcua("search", "7.000001", "--commune", COMMUNE, "--data", data).out


@pytest.fixture
def server(data: Path) -> Iterator[httpx.Client]:
    """`motcua serve` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "NO_PROXY": "*"}
    serve = command(data, "serve", "--port", port)
    with (
        subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S, trust_env=False) as client,
    ):

        def answers() -> bool:
            assert process.poll() is None, "the server ended"
            try:
                return client.get("/healthz").status_code == 200
            except httpx.TransportError:
                return False

        try:
            until(answers, "the server is up")
            yield client
        finally:
            process.terminate()


def test_a_running_server_answers_from_a_new_document_without_a_restart(server: httpx.Client, data: Path) -> None:
    def told() -> str:
        response = server.post("/v1/chat", json={"question": "thư viện phường mở cửa mấy giờ", "commune": COMMUNE})
        assert response.status_code == 200, response.text
        return json.dumps(response.json(), ensure_ascii=False)

    assert "tám giờ rưỡi" not in told()
    guide = data.parent / "thu-vien.md"
    text = "# Thư viện phường Mẫu\n\n## Giờ mở cửa thư viện\nThư viện phường mở cửa lúc tám giờ rưỡi sáng.\n"
    guide.write_text(text, encoding="utf-8")
    ingest = command(data, "ingest", guide, "--commune", COMMUNE)
    with subprocess.Popen(ingest, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            told()
        assert process.returncode == 0
    until(lambda: "tám giờ rưỡi" in told(), "the new document is answered from")
