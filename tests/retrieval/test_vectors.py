"""Chroma keeps vectors under their numbers and gives back the nearest by cosine."""

import os
import subprocess
import sys
import time
from pathlib import Path

import chromadb
import numpy as np
import pytest

from retrieval.encoder import Vectors
from retrieval.errors import IndexUnavailable, PublishingFailed
from retrieval.vectors import Chroma, ChromaIndex, ExactIndex
from tests.conftest import ROOT


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


def test_a_small_collection_is_searched_without_opening_chroma_and_finds_the_same(tmp_path: Path) -> None:
    vectors = np.random.default_rng(2).normal(size=(300, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", vectors)
    small = chroma.open(tmp_path / "chroma", "mau-1")
    (tmp_path / "chroma" / "vectors.npy").unlink()
    whole = chroma.open(tmp_path / "chroma", "mau-1")
    assert (type(small), type(whole)) == (ExactIndex, ChromaIndex)
    exact, found = small.query(vectors[:5], 20), whole.query(vectors[:5], 20)
    assert exact.entries.tolist() == found.entries.tolist()
    assert np.allclose(exact.similarities, found.similarities, atol=1e-5)


def test_chromas_client_and_its_core_alone_find_the_same(tmp_path: Path) -> None:
    vectors = np.random.default_rng(2).normal(size=(5000, 8)).astype(np.float32)
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", vectors)
    found = chroma.open(tmp_path / "chroma", "mau-1").query(vectors[:5], 20)
    client = chromadb.PersistentClient(str(tmp_path / "chroma"))
    expected = client.get_collection("entries").query(query_embeddings=list(vectors[:5]), n_results=20)
    assert found.entries.tolist() == [[int(name) for name in names] for names in expected["ids"]]
    client.close()


def test_answering_does_not_wait_for_chromas_client_to_be_imported(tmp_path: Path) -> None:
    Chroma().write(tmp_path / "chroma", "mau-1", np.random.default_rng(2).normal(size=(5000, 2)).astype(np.float32))
    program = (
        "import sys; from pathlib import Path; import numpy; from retrieval.vectors import Chroma\n"
        "found = Chroma().open(Path(sys.argv[1]), 'mau-1').query(numpy.ones((1, 2), numpy.float32), 3)\n"
        "print(found.entries.shape, 'chromadb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "chroma")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["(1,", "3)", "False"]


def test_a_large_collection_is_left_to_chroma(tmp_path: Path) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", np.random.default_rng(1).normal(size=(5000, 2)).astype(np.float32))
    assert isinstance(chroma.open(tmp_path / "chroma", "mau-1"), ChromaIndex)


@pytest.mark.parametrize("content", [b"", b"no array", b"\x93NUMPY\x01\x00"])
def test_damaged_vectors_are_unavailable(tmp_path: Path, content: bytes) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", corners(2))
    (tmp_path / "chroma" / "vectors.npy").write_bytes(content)
    with pytest.raises(IndexUnavailable, match="motcua publish"):
        chroma.open(tmp_path / "chroma", "mau-1")


def test_a_collection_that_nobody_holds_any_more_lets_go_of_its_threads(tmp_path: Path) -> None:
    chroma = Chroma()
    chroma.write(tmp_path / "chroma", "mau-1", np.random.default_rng(1).normal(size=(5000, 2)).astype(np.float32))
    opened = [chroma.open(tmp_path / "chroma", "mau-1")]
    held = threads()
    opened.clear()
    for _ in range(100):
        if threads() < held:
            return
        time.sleep(0.05)
    pytest.fail("Chroma's threads go on")


def threads() -> int:
    """How many threads this process has, those of foreign libraries counted."""
    return len(os.listdir("/proc/self/task"))
