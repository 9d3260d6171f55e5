"""Publishing swaps a whole generation in at once; whatever fails on the way leaves the old one live."""

import errno
import os
from pathlib import Path

import pytest

from corpus.store import DocumentStore
from retrieval.errors import PublishingFailed
from retrieval.generation import folder_of, open_generation
from retrieval.index import LiveIndex
from retrieval.publishing import collect, publish_stale
from retrieval.vectors import Chroma
from tests.retrieval.small_index import COMMUNE, FullDisk, WordEncoder, published, the_scope


def test_publishing_makes_a_generation_live_that_says_what_it_was_made_of(store: DocumentStore, tmp_path: Path) -> None:
    assert the_scope(store).is_stale
    done = published(store, tmp_path)
    scope = the_scope(store)
    assert (scope.generation, scope.is_stale) == (done.generation, False)
    generation = open_generation(tmp_path / "index", Chroma(), WordEncoder(), COMMUNE, done.generation)
    assert (generation.manifest.revision, generation.manifest.encoder) == (scope.revision, "dem-tu")


def test_only_what_changed_is_published_unless_everything_is_asked_for(store: DocumentStore, tmp_path: Path) -> None:
    where = (store, tmp_path / "index", Chroma(), WordEncoder(), ())
    told: list[str] = []
    assert [done.scope for done in publish_stale(*where, before=lambda scope: told.append(scope.id))] == [COMMUNE]
    assert told == [COMMUNE]
    assert publish_stale(*where) == []
    assert [done.scope for done in publish_stale(*where, everything=True)] == [COMMUNE]


def test_two_publications_lie_in_folders_of_their_own(store: DocumentStore, tmp_path: Path) -> None:
    first, second = published(store, tmp_path), published(store, tmp_path)
    assert first.generation != second.generation
    for done in (first, second):
        assert folder_of(tmp_path / "index", COMMUNE, done.generation).is_dir()
    assert the_scope(store).generation == second.generation


def test_a_full_disk_leaves_the_old_generation_live_and_is_told_in_a_line(store: DocumentStore, tmp_path: Path) -> None:
    done = published(store, tmp_path)
    full = FullDisk(OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(PublishingFailed, match="No space left on device") as caught:
        published(store, tmp_path, full)
    assert "\n" not in str(caught.value)
    assert the_scope(store).generation == done.generation
    live = LiveIndex(store, tmp_path / "index", Chroma(), WordEncoder())
    assert live.generations(COMMUNE)[0].manifest.generation == done.generation


@pytest.mark.parametrize("error", [KeyboardInterrupt(), PublishingFailed("Chroma refused the new index: x")])
def test_whatever_stops_the_writing_the_old_generation_stays_live(
    store: DocumentStore, tmp_path: Path, error: BaseException
) -> None:
    done = published(store, tmp_path)
    with pytest.raises(type(error)):
        published(store, tmp_path, FullDisk(error))
    assert the_scope(store).generation == done.generation


def test_after_a_failure_the_next_publication_goes_through(store: DocumentStore, tmp_path: Path) -> None:
    with pytest.raises(PublishingFailed):
        published(store, tmp_path, FullDisk(OSError(errno.EIO, "Input/output error")))
    assert the_scope(store).generation is None
    assert the_scope(store).is_stale
    done = published(store, tmp_path)
    assert the_scope(store).generation == done.generation


def test_publishing_many_scopes_holds_none_of_them_open(store: DocumentStore, tmp_path: Path) -> None:
    published(store, tmp_path)
    before = len(os.listdir("/proc/self/task"))
    for _ in range(4):
        published(store, tmp_path)
    assert len(os.listdir("/proc/self/task")) <= before


def test_an_index_folder_that_cannot_be_made_is_named(store: DocumentStore, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file stands where the folder belongs", encoding="utf-8")
    with pytest.raises(PublishingFailed, match="index"):
        published(store, tmp_path)


def test_the_wards_own_phrasings_are_collected_beside_the_shipped_ones(store: DocumentStore, tmp_path: Path) -> None:
    units, entries = collect(store, COMMUNE, (tmp_path / "missing",))
    assert [unit.name for unit in units][-2:] == ["Gửi xe máy", "Gửi ô tô"]
    assert "để xe máy ở đâu" in [entry.text for entry in entries]
