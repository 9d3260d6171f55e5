"""What the tests of the evaluation share: an assistant that says what a test tells it to, and small sets."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def write_set(tmp_path: Path) -> Callable[..., Path]:
    """Writes questions, given as dictionaries, as a set."""

    def write(*questions: dict[str, object], name: str = "nho") -> Path:
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(q, ensure_ascii=False) + "\n" for q in questions), encoding="utf-8")
        return path

    return write


@pytest.fixture
def shown() -> Callable[[Iterable[object], int], Iterable[object]]:
    """A progress bar that shows nothing."""
    return lambda items, done: items
