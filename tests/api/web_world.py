"""A ward for the tests of the web: the sample corpus under phường Mẫu, its procedures also for the whole country."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from bot.assemble import Parts
from bot.settings import Settings
from corpus.ingest import files_under, ingest_file
from retrieval.publishing import publish_stale

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
COMMUNE = "phuong-mau"
BIRTH = "1.001193"
BIRTH_QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"


def make_ward(folder: Path) -> Parts:
    """Ingest and publish."""
    parts = Parts(Settings(_env_file=None, data=folder))
    for path in files_under([SAMPLES]):
        assert isinstance(path, Path), path
        for _ in ingest_file(parts.store, path, COMMUNE):
            pass
    for _ in ingest_file(parts.store, SAMPLES / "thu-tuc.jsonl", None):
        pass
    publish(parts)
    return parts


def publish(parts: Parts) -> None:
    """Show what is stored."""
    publish_stale(parts.store, parts.settings.index_folder, parts.chroma, parts.encoder, parts.phrasings)


def with_settings(parts: Parts, **settings: Any) -> Parts:
    """The same ward under other settings."""
    return Parts(parts.settings.model_copy(update=settings))


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[str]:
    """The application behind a real socket on loopback; gives its address."""
    quiet = {"log_level": "error", "access_log": False, "timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, **quiet))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.05)
    else:
        raise TimeoutError("the server did not start within half a minute")
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()
