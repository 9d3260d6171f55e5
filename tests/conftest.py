"""What many tests share: the sample corpus, published once, and the `motcua` command in this process."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli import main
from bot.assemble import Parts
from bot.settings import Settings
from corpus.ingest import files_under, ingest_file
from retrieval.publishing import publish_stale

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
COMMUNE = "phuong-mau"
_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def _stay_at_home(event: str, arguments: tuple[object, ...]) -> None:
    """No test may reach beyond this machine."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith(_LOOPBACK):
            raise PermissionError(f"a test tried to reach {host}; only loopback is allowed")


sys.addaudithook(_stay_at_home)


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """Lines on standard error, those that only tell of progress left out."""
        return [line for line in self.err.splitlines() if not line.startswith("publishing ")]


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the developer's settings nor a model hub have a say in tests."""
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("MOTCUA_")]:
        del os.environ[name]
    os.environ["HF_HUB_OFFLINE"] = "1"
    yield
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The program over the sample corpus of phường Mẫu, ingested and published once. For reading only."""
    settings = Settings(_env_file=None, data=tmp_path_factory.mktemp("samples"))
    parts = Parts(settings)
    for path in files_under([SAMPLES]):
        assert isinstance(path, Path), path
        *_, report = ingest_file(parts.store, path, COMMUNE)
        assert report.refusals == ()
    publish_stale(parts.store, settings.index_folder, parts.chroma, parts.encoder, parts.phrasings)
    return parts


@pytest.fixture
def motcua(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `motcua ...` in an empty folder, its data under ./data."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run
