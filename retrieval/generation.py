"""A generation: one published state of one scope, in a folder of its own, never changed once it is written."""

import gzip
import json
import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.chunking import Chunk, ChunkKind
from retrieval.encoder import Encoder
from retrieval.entries import FAMILIES, Entry, Field, Unit, family_of
from retrieval.errors import EncoderMismatch, IndexUnavailable
from retrieval.grams import keyed
from retrieval.lexical import LexicalIndex
from retrieval.vectors import Chroma, VectorIndex
from retrieval.words import lexical_words

_KEEP_SECONDS = 120
_ARRAYS = (
    "owners",
    "fields",
    "entry_starts",
    "name_words",
    "name_starts",
    "has_figure",
    "has_phrasings",
    "grams",
    "gram_owners",
)
_FIGURE = re.compile(r"\d+\s*%")
_VERSION = 5
FORMAT = f"{_VERSION}-{crc32(' '.join((*_ARRAYS, *(column.name for column in fields(Unit)))).encode()):08x}"
"""What the files of a generation hold and how; the version counts what their names do not tell."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of."""

    format: str
    scope: str
    generation: str
    revision: int
    encoder: str
    units: int
    entries: int


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation. `owners[n]` is the unit and `fields[n]` the field of entry n.

    The entries of unit u are `entry_starts[u]` to `entry_starts[u + 1]`, the BM25 word numbers of its name
    `name_words[name_starts[u]:name_starts[u + 1]]`; `grams` are the words and pairs of the parts of plans,
    `gram_owners` their units (grams.py). `families` are places in FAMILIES, `standings` says of each unit in turn: of a
    province, of a ministry, a local decision, struck out. `shown` are the chunks read from the store so far: the same
    come again.
    """

    manifest: Manifest
    units: tuple[Unit, ...]
    owners: npt.NDArray[np.int32]
    fields: npt.NDArray[np.int8]
    entry_starts: npt.NDArray[np.int64]
    name_words: npt.NDArray[np.int32]
    name_starts: npt.NDArray[np.int64]
    has_figure: npt.NDArray[np.bool_]
    has_phrasings: npt.NDArray[np.bool_]
    grams: npt.NDArray[np.uint32]
    gram_owners: npt.NDArray[np.int32]
    families: npt.NDArray[np.int8]
    standings: npt.NDArray[np.bool_]
    is_local: npt.NDArray[np.bool_]
    provinces: frozenset[str]
    title_words: frozenset[str]
    by_code: dict[str, int]
    vectors: VectorIndex
    lexical: LexicalIndex
    shown: dict[str, Chunk] = dataclass_field(default_factory=dict)


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
    owners = np.array([entry.unit for entry in entries], dtype=np.int32)
    lexical = LexicalIndex.build([entry.text for entry in entries], owners)
    lexical.save(folder / "bm25")
    np.savez(folder / "entries.npz", allow_pickle=False, **_arrays(units, entries, owners, lexical))
    with gzip.open(folder / "units.json.gz", "wt", encoding="utf-8", compresslevel=3) as file:
        json.dump([list(asdict(unit).values()) for unit in units], file, ensure_ascii=False)
    manifest = Manifest(FORMAT, scope, generation, revision, encoder.name, len(units), len(entries))
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def open_generation(root: Path, chroma: Chroma, encoder: Encoder, scope: str, generation: str) -> Generation:
    """Open a generation for searching. Raises EncoderMismatch or IndexUnavailable."""
    folder = folder_of(root, scope, generation)
    try:
        manifest = _manifest(folder)
        with gzip.open(folder / "units.json.gz", "rt", encoding="utf-8") as file:
            units = tuple(_unit(values) for values in json.load(file))
        with (folder / "entries.npz").open("rb") as packed, np.load(packed) as arrays:
            columns = {name: arrays[name] for name in _ARRAYS}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, EOFError, BadZipFile) as error:
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
        families=np.array([FAMILIES.index(family_of(unit.kind)) for unit in units], dtype=np.int8),
        standings=np.array([_standing(unit) for unit in units], dtype=bool).reshape(-1, 4),
        is_local=np.array([unit.province is not None for unit in units], dtype=bool),
        provinces=provinces,
        title_words=frozenset(word for title in {unit.title for unit in units} for word in lexical_words(title)),
        by_code=by_code,
        vectors=vectors,
        lexical=LexicalIndex.load(folder / "bm25"),
    )


def _manifest(folder: Path) -> Manifest:
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if content.get("format") != FORMAT:
        raise IndexUnavailable(
            f"{folder} is an index of format {content.get('format', 1)}, this release reads {FORMAT}; "
            "run `motcua publish` to publish again"
        )
    return Manifest(**content)


def _arrays(
    units: list[Unit], entries: list[Entry], owners: npt.NDArray[np.int32], lexical: LexicalIndex
) -> dict[str, npt.NDArray[Any]]:
    fields = np.array([entry.field for entry in entries], dtype=np.int8)
    names = [lexical.ids(lexical_words(unit.name)) or [0] for unit in units]
    figures, phrased = np.zeros(len(units), dtype=bool), np.zeros(len(units), dtype=bool)
    figures[[entry.unit for entry in entries if _FIGURE.search(entry.text)]] = True
    phrased[owners[fields == Field.PHRASING]] = True
    texts: list[list[list[str]]] = [[] for _ in units]
    for entry in entries:
        if entry.field is not Field.PHRASING and units[entry.unit].kind is not ChunkKind.PROCEDURE:
            texts[entry.unit].append(lexical_words(entry.text))
    for unit, own in zip(units, texts, strict=True):
        if own:  # Who names the plan names every part of it.
            own.append(lexical_words(unit.title))
    grams, gram_owners = keyed(texts)
    return {
        "owners": owners,
        "fields": fields,
        "entry_starts": np.searchsorted(owners, np.arange(len(units) + 1)),
        "name_words": np.array([word for name in names for word in name], dtype=np.int32),
        "name_starts": np.cumsum([0, *(len(name) for name in names)]),
        "has_figure": figures,
        "has_phrasings": phrased,
        "grams": grams,
        "gram_owners": gram_owners,
    }


def _standing(unit: Unit) -> tuple[bool, bool, bool, bool]:
    return unit.level == 1, unit.level == 2, unit.standing == 1, unit.standing >= 2


def _unit(values: list[object]) -> Unit:
    identity, kind, *rest = values
    return Unit(str(identity), ChunkKind(str(kind)), *rest)  # type: ignore[arg-type]


def retire(root: Path, scope: str, generation: str) -> None:
    """A generation has been replaced just now: who is about to open it still can."""
    with suppress(FileNotFoundError):
        os.utime(folder_of(root, scope, generation))


def sweep(root: Path, chroma: Chroma, scope: str, live: str) -> None:
    """Remove generations that nobody can be reading any more: neither the live one nor one replaced just now."""
    for folder in (root / scope).glob("*"):
        if folder.name == live or time.time() - folder.stat().st_mtime < _KEEP_SECONDS:
            continue
        if chroma.is_server:
            chroma.drop(f"{scope}-{folder.name}")
        shutil.rmtree(folder, ignore_errors=True)
