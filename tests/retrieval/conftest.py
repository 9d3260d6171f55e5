"""A small published index that a test may change and break."""

from pathlib import Path

import pytest

from corpus.store import DocumentStore
from tests.retrieval.small_index import small_store


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    """A store that holds one short guide, not yet published."""
    return small_store(tmp_path)
