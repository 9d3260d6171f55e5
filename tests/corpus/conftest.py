"""What the tests of the corpus share: a store in a temporary folder, and one small file of every format."""

import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from formats import sample_files

from corpus.database import connect, migrate
from corpus.store import DocumentStore

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    engine = connect(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    yield DocumentStore(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file of every format by its ending."""
    folder = tmp_path_factory.mktemp("samples")
    return {"".join(path.suffixes): path for path in sample_files(folder)}


@pytest.fixture(scope="session")
def programs() -> None:
    """Skips where LibreOffice or Tesseract is missing, never in CI."""
    missing = [name for name in ("soffice", "tesseract") if shutil.which(name) is None]
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; skips where it is missing, never in CI."""
    if not SHARED.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("the real documents are not on this machine")
    return SHARED
