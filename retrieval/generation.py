"""A generation: one published state of one scope, in a folder of its own, never changed once it is written."""

import gzip
import json
import re
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus.chunking import ChunkKind
from retrieval.encoder import Encoder
from retrieval.entries import Entry, Field, Unit
from retrieval.errors import EncoderMismatch, IndexUnavailable
from retrieval.lexical import LexicalIndex
from retrieval.vectors import Chroma, VectorIndex
from retrieval.words import lexical_words

_KEEP_SECONDS = 120
_ARRAYS = ("owners", "fields", "name_words", "name_starts", "has_figure", "has_phrasings")
_FIGURE = re.compile(r"\d+\s*%")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of."""

    scope: str
    generation: str
    revision: int
    encoder: str
    units: int
    entries: int


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation. `owners[n]` is the unit and `fields[n]` the field of entry n.

    `name_words[name_starts[u]:name_starts[u + 1]]` are the BM25 word numbers of unit u's name.
    """

    manifest: Manifest
    units: tuple[Unit, ...]
    owners: npt.NDArray[np.int32]
    fields: npt.NDArray[np.int8]
    name_words: npt.NDArray[np.int32]
    name_starts: npt.NDArray[np.int64]
    has_figure: npt.NDArray[np.bool_]
    has_phrasings: npt.NDArray[np.bool_]
    provinces: frozenset[str]
    by_code: dict[str, int]
    vectors: VectorIndex
    lexical: LexicalIndex


def folder_of(root: Path, scope: str, generation: str) -> Path:
    """Where a generation lies."""
    return root / scope / generation


def write(
    root: Path,
    chroma: Chroma,
    encoder: Encoder,
    scope: str,
    generation: str,
    revision: int,
    units: list[Unit],
    entries: list[Entry],
) -> Path:
    """Write a generation: vectors, BM25, units; the manifest comes last: without it there is no generation."""
    folder = folder_of(root, scope, generation)
    folder.mkdir(parents=True)
    vectors = encoder.encode_passages([entry.text for entry in entries])
    chroma.write(folder / "chroma", f"{scope}-{generation}", vectors)
    lexical = LexicalIndex.build([entry.text for entry in entries])
    lexical.save(folder / "bm25")
    np.savez(folder / "entries.npz", allow_pickle=False, **_arrays(units, entries, lexical))
    with gzip.open(folder / "units.json.gz", "wt", encoding="utf-8", compresslevel=3) as file:
        json.dump([list(asdict(unit).values()) for unit in units], file, ensure_ascii=False)
    manifest = Manifest(scope, generation, revision, encoder.name, len(units), len(entries))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def open_generation(root: Path, chroma: Chroma, encoder: Encoder, scope: str, generation: str) -> Generation:
    """Open a generation for searching. Raises EncoderMismatch or IndexUnavailable."""
    folder = folder_of(root, scope, generation)
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
        with gzip.open(folder / "units.json.gz", "rt", encoding="utf-8") as file:
            units = tuple(_unit(values) for values in json.load(file))
        with (folder / "entries.npz").open("rb") as packed, np.load(packed) as arrays:
            columns = {name: arrays[name] for name in _ARRAYS}
    except (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile) as error:
        raise IndexUnavailable(
            f"{folder}: the index is damaged ({error}); run `motcua publish` to make it again"
        ) from error
    if manifest.encoder != encoder.name:
        raise EncoderMismatch(
            f"{folder} was made with encoder {manifest.encoder}, but {encoder.name} is configured; "
            "run `motcua publish` to make it again, or set MOTCUA_ENCODER back"
        )
    vectors = chroma.open(folder / "chroma", f"{scope}-{generation}")
    provinces = frozenset(unit.province for unit in units if unit.province)
    by_code = {unit.procedure_code: number for number, unit in enumerate(units) if unit.procedure_code}
    return Generation(
        manifest,
        units,
        **columns,
        provinces=provinces,
        by_code=by_code,
        vectors=vectors,
        lexical=LexicalIndex.load(folder / "bm25"),
    )


def _arrays(units: list[Unit], entries: list[Entry], lexical: LexicalIndex) -> dict[str, npt.NDArray[Any]]:
    owners = np.array([entry.unit for entry in entries], dtype=np.int32)
    fields = np.array([entry.field for entry in entries], dtype=np.int8)
    names = [lexical.ids(lexical_words(unit.name)) or [0] for unit in units]
    figures, phrased = np.zeros(len(units), dtype=bool), np.zeros(len(units), dtype=bool)
    figures[[entry.unit for entry in entries if _FIGURE.search(entry.text)]] = True
    phrased[owners[fields == Field.PHRASING]] = True
    return {
        "owners": owners,
        "fields": fields,
        "name_words": np.array([word for name in names for word in name], dtype=np.int32),
        "name_starts": np.cumsum([0, *(len(name) for name in names[:-1])]),
        "has_figure": figures,
        "has_phrasings": phrased,
    }


def _unit(values: list[object]) -> Unit:
    identity, kind, *rest = values
    return Unit(str(identity), ChunkKind(str(kind)), *rest)  # type: ignore[arg-type]


def sweep(root: Path, chroma: Chroma, scope: str, live: str) -> None:
    """Remove generations that nobody can be reading any more: neither the live one nor one replaced just now."""
    for folder in (root / scope).glob("*"):
        if folder.name == live or time.time() - folder.stat().st_mtime < _KEEP_SECONDS:
            continue
        if chroma.is_server:
            chroma.drop(f"{scope}-{folder.name}")
        shutil.rmtree(folder, ignore_errors=True)
