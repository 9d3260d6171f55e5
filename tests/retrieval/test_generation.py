"""A published generation opens as it was written, and a damaged one says so in one line."""

import gc
import gzip
import json
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pytest

from corpus.store import DocumentStore
from retrieval.errors import EncoderMismatch, IndexUnavailable
from retrieval.generation import Generation, folder_of, open_generation, sweep
from retrieval.publishing import collect
from retrieval.vectors import Chroma
from tests.retrieval.small_index import COMMUNE, WordEncoder, published

OLD = 1_600_000_000


@pytest.fixture
def folder(store: DocumentStore, tmp_path: Path) -> Path:
    """The folder of a generation as another process finds it: Chroma keeps what this one wrote in memory."""
    written = folder_of(tmp_path / "index", COMMUNE, published(store, tmp_path).generation)
    return shutil.copytree(written, folder_of(tmp_path / "elsewhere", COMMUNE, written.name))


def opened(folder: Path, encoder: WordEncoder | None = None) -> Generation:
    root, scope, name = folder.parents[1], folder.parent.name, folder.name
    return open_generation(root, Chroma(), encoder or WordEncoder(), scope, name)


def test_what_was_written_is_what_is_opened(store: DocumentStore, folder: Path) -> None:
    units, entries = collect(store, COMMUNE, ())
    generation = opened(folder)
    assert list(generation.units) == units
    assert generation.owners.tolist() == [entry.unit for entry in entries]
    assert generation.fields.tolist() == [entry.field for entry in entries]
    assert (generation.manifest.units, generation.manifest.entries) == (len(units), len(entries))


def test_every_entry_is_nearest_to_itself(store: DocumentStore, folder: Path) -> None:
    _, entries = collect(store, COMMUNE, ())
    vectors = WordEncoder().encode_queries([entry.text for entry in entries])
    found = opened(folder).vectors.query(vectors, 1)
    assert np.allclose(found.similarities[:, 0], 1, atol=1e-4)


def test_an_index_of_another_encoder_is_refused_in_one_line_that_says_what_to_do(folder: Path) -> None:
    with pytest.raises(EncoderMismatch) as caught:
        opened(folder, WordEncoder("bge-m3"))
    message = str(caught.value)
    assert "\n" not in message
    assert "dem-tu" in message
    assert "bge-m3" in message
    assert "motcua publish" in message


@pytest.mark.parametrize("written", [None, 1, "2-00000000", "99-12345678"])
def test_an_index_of_another_format_is_refused_in_one_line_that_says_what_to_do(
    folder: Path, written: int | str | None
) -> None:
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    del content["format"]
    manifest.write_text(json.dumps(content | ({"format": written} if written else {})), encoding="utf-8")
    with pytest.raises(IndexUnavailable, match=f"format {written or 1}, .*`motcua publish` to publish again") as caught:
        opened(folder)
    assert "\n" not in str(caught.value)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _overwritten(path: Path) -> None:
    path.write_bytes(b"\x00" * 200)


def _removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *(("manifest.json", damage) for damage in (_removed, _truncated, _overwritten)),
        *(("units.json.gz", damage) for damage in (_removed, _truncated, _overwritten)),
        *(("entries.npz", damage) for damage in (_removed, _overwritten)),
    ],
)
def test_a_damaged_file_makes_the_index_unavailable(folder: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(folder / name)
    with pytest.raises(IndexUnavailable, match="motcua publish"):
        opened(folder)


def test_an_arrays_file_cut_in_the_middle_makes_the_index_unavailable(folder: Path) -> None:
    _truncated(folder / "entries.npz")
    refusal = ""
    with warnings.catch_warnings():
        # numpy leaves a file open whose zip it cannot read.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            opened(folder)
        except (IndexUnavailable, BadZipFile) as error:
            refusal = f"{type(error).__name__}: {error}"
        gc.collect()
    assert "motcua publish" in refusal


def test_a_units_file_of_another_kind_makes_the_index_unavailable(folder: Path) -> None:
    with gzip.open(folder / "units.json.gz", "wt", encoding="utf-8") as file:
        file.write('{"x": 1}')
    with pytest.raises(IndexUnavailable):
        opened(folder)


def test_missing_bm25_files_make_the_index_unavailable(folder: Path) -> None:
    for path in (folder / "bm25").iterdir():
        path.unlink()
    with pytest.raises(IndexUnavailable, match="bm25"):
        opened(folder)


def test_missing_vectors_make_the_index_unavailable(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").unlink()
    with pytest.raises(IndexUnavailable):
        opened(folder)


def test_a_folder_without_a_manifest_is_no_generation(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    with pytest.raises(IndexUnavailable, match="damaged"):
        opened(folder)


def test_sweeping_removes_what_nobody_reads_any_more(tmp_path: Path) -> None:
    for name in ("live", "just-replaced", "long-replaced"):
        folder_of(tmp_path, COMMUNE, name).mkdir(parents=True)
    for name in ("live", "long-replaced"):
        os.utime(folder_of(tmp_path, COMMUNE, name), (OLD, OLD))
    sweep(tmp_path, Chroma(), COMMUNE, "live")
    assert sorted(path.name for path in (tmp_path / COMMUNE).iterdir()) == ["just-replaced", "live"]


def test_a_generation_written_long_ago_and_replaced_just_now_is_kept_for_who_is_about_to_open_it(
    store: DocumentStore, tmp_path: Path
) -> None:
    first = folder_of(tmp_path / "index", COMMUNE, published(store, tmp_path).generation)
    os.utime(first, (OLD, OLD))
    published(store, tmp_path)
    assert first.is_dir()
