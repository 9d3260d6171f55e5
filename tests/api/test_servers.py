"""The same program with its store in PostgreSQL and its index on a Chroma server, as larger wards run it."""

import os
import secrets
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.assemble import Parts
from bot.settings import Settings
from retrieval.errors import IndexUnavailable
from tests.conftest import COMMUNE, ROOT, SAMPLES, Ran

ADMIN = "postgresql://postgres@127.0.0.1:5432/postgres"
PATIENCE_S = 60
QUESTION = "lệ phí đăng ký kết hôn bao nhiêu"


@pytest.fixture
def database_url() -> Iterator[str]:
    """An empty PostgreSQL database, dropped afterwards."""
    name = f"motcua_{secrets.token_hex(4)}"
    try:
        admin = psycopg.connect(ADMIN, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no PostgreSQL at 127.0.0.1:5432 that lets the user postgres in")
    with admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield f"postgresql+psycopg://postgres@127.0.0.1:5432/{name}"
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """`chroma run` on a free port: its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sysconfig.get_path("scripts")) / "chroma"
    command = [sys.executable, str(program), "run", "--path", str(tmp_path / "chroma"), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        given_up = time.monotonic() + PATIENCE_S
        while not _listens(port):
            assert process.poll() is None, "the Chroma server ended"
            assert time.monotonic() < given_up, "waited in vain for the Chroma server"
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_everything_works_on_postgresql_and_a_chroma_server(
    database_url: str, chroma: tuple[str, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    servers = {"MOTCUA_DATABASE_URL": database_url, "MOTCUA_CHROMA_URL": chroma[0]}

    def motcua(*words: str) -> str:
        command = [sys.executable, "-m", "api.cli", *words, "--data", str(tmp_path / "data")]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | servers, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    motcua("ingest", str(SAMPLES), "--commune", COMMUNE)
    assert not (tmp_path / "data" / "motcua.db").exists()
    first = motcua("ask", QUESTION, "--commune", COMMUNE)
    assert "1.000894" in first
    motcua("publish")
    assert motcua("ask", QUESTION, "--commune", COMMUNE) == first
    found = motcua("doctor")
    assert "postgresql" in found
    assert chroma[0] in found


def test_a_chroma_server_that_goes_away_is_an_index_that_is_unavailable(
    chroma: tuple[str, "subprocess.Popen[bytes]"], motcua: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, process = chroma
    monkeypatch.setenv("MOTCUA_CHROMA_URL", address)
    assert motcua("ingest", SAMPLES, "--commune", COMMUNE).code == 0
    parts = Parts(Settings(_env_file=None, chroma_url=address))
    assert parts.chatbot.ask(QUESTION, COMMUNE).procedure is not None
    process.kill()
    process.wait()
    with pytest.raises(IndexUnavailable):
        parts.chatbot.ask("đăng ký khai tử cần giấy tờ gì", COMMUNE)
