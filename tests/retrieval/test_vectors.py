"""Chroma keeps vectors under their numbers and gives back the nearest by cosine."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import Vectors
from retrieval.errors import IndexUnavailable, PublishingFailed
from retrieval.vectors import Chroma


def corners(count: int) -> Vectors:
    return np.eye(count, dtype=np.float32)


def test_the_nearest_come_first_with_their_cosine(tmp_path: Path) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", corners(4))
    found = chroma.open(tmp_path / "chroma", "mau-1").query(
        np.array([[0, 0.6, 0.8, 0], [1, 0, 0, 0]], dtype=np.float32), 2
    )
    assert found.entries.tolist()[0] == [2, 1]
    assert found.entries[1, 0] == 0
    assert found.similarities[0].tolist() == pytest.approx([0.8, 0.6], abs=1e-4)


def test_more_than_there_are_cannot_be_found(tmp_path: Path) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", corners(3))
    assert chroma.open(tmp_path / "chroma", "mau-1").query(corners(3)[:1], 200).entries.shape == (1, 3)


def test_an_empty_collection_finds_nothing(tmp_path: Path) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", np.zeros((0, 3), dtype=np.float32))
    found = chroma.open(tmp_path / "chroma", "mau-1").query(corners(3)[:2], 5)
    assert found.entries.shape == found.similarities.shape == (2, 0)


def test_more_vectors_than_fit_one_batch_are_all_kept(tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).normal(size=(6000, 2)).astype(np.float32)
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", vectors)
    assert chroma.open(tmp_path / "chroma", "mau-1").query(vectors[-1:], 1).similarities[0, 0] == pytest.approx(1)


def test_a_folder_without_a_collection_is_unavailable_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="mau-1 cannot be opened"):
        Chroma().open(tmp_path / "chroma", "mau-1")


def test_a_collection_is_not_written_twice(tmp_path: Path) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", corners(2))
    with pytest.raises(PublishingFailed, match="refused"):
        chroma.write(tmp_path / "chroma", "mau-1", corners(2))


def test_no_server_at_an_address_is_said_in_words() -> None:
    with pytest.raises(IndexUnavailable, match="no Chroma server at http"):
        Chroma("http://127.0.0.1:9")


def test_embedded_collections_go_with_their_folder(tmp_path: Path) -> None:
    chroma = Chroma()
    assert not chroma.is_server
    chroma.drop("mau-1")
