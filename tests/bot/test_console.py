"""The smallest channel, and with it the real assistant over the sample documents: from a typed line to its answer."""

import asyncio
import io
from pathlib import Path

import pytest

from bot import replies
from bot.assemble import Parts
from bot.console import Console
from bot.exchange import Exchange, House
from bot.queueing import Pace
from bot.reception import Assistant
from bot.settings import Settings
from corpus.ingest import files_under, ingest_file
from retrieval.publishing import publish_stale
from tests.bot.channel_world import FakeAssistant, sqlite, work

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def talked(typed: str, assistant: Assistant, folder: Path) -> str:
    """What the terminal shows after these lines."""
    shown = io.StringIO()

    async def go() -> None:
        with sqlite(folder) as engine:
            console = Console(io.StringIO(typed), shown)
            exchange = Exchange(
                engine, [console], lambda: assistant, House(pace=Pace(settle_ms=0), commune="phuong-mau")
            )
            await console.poll(exchange.store)
            await work(exchange.worker(), exchange)  # type: ignore[arg-type]

    asyncio.run(go())
    return shown.getvalue()


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The real parts with the sample documents published."""
    parts = Parts(Settings(data=tmp_path_factory.mktemp("ward"), _env_file=None))  # type: ignore[call-arg]
    for path in files_under([SAMPLES]):
        assert isinstance(path, Path)
        for _ in ingest_file(parts.store, path, "phuong-mau" if path.suffix != ".jsonl" else None):
            continue
    publish_stale(parts.store, parts.settings.index_folder, parts.chroma, parts.encoder, parts.phrasings)
    return parts


def test_a_new_channel_takes_sixty_lines() -> None:
    source = (Path(__file__).parents[2] / "bot" / "console.py").read_text("utf-8")
    assert len(source.splitlines()) <= 60


def test_what_is_typed_is_answered_in_order(tmp_path: Path) -> None:
    shown = talked("khai sinh\nlệ phí?\n", FakeAssistant(), tmp_path)
    assert shown.index("Về: khai sinh") < shown.index("Về: lệ phí?")


def test_a_citizens_question_is_answered_from_the_documents_with_its_source(ward: Parts, tmp_path: Path) -> None:
    shown = talked("dang ky khai sinh can giay to gi\ncòn lệ phí?\n", ward.chatbot, tmp_path)
    assert replies.AI_NOTICE in shown
    assert "1.001193" in shown
    assert "[1] Đăng ký khai sinh" in shown or "/c/" in shown
