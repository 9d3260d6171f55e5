"""Which syllables Vietnamese has and how they follow each other: a 3-gram model in sorted arrays.

Made by `python -m retrieval.training.diacritics`; used by diacritics.py and keyboard.py. Probabilities are
natural logarithms, stored in bytes as multiples of -STEP.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus.vietnamese import new_tone
from retrieval.errors import ModelUnavailable

SHIPPED = Path(__file__).parent / "model" / "diacritics.npz"
STEP = 0.0625
BOUNDARY, UNKNOWN, NUMBER = 0, 1, 2
"""Numbers of what is no syllable: the end of a sentence, a word that is not known, a figure."""

# Mail and web addresses, document numbers (905/QĐ-BNV), codes with figures inside (1.001193.H42), single
# letters joined by a sign (V&A): never touched.
_JOINED = r"\b[^\W\d_](?:[./&][^\W\d_])+\b"
PROTECTED = rf"{_JOINED}|(?<!\S)\S*(?:[@_]|://|\.(?:vn|com|net|org|gov)\b|\d[/.-][^\W\d_]|[^\W\d_][/.-]\d)\S*"

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
Stored = npt.NDArray[Any]
Lattice = list[Floats]
"""For every three columns that follow each other, the log probability of the third syllable after the first two."""


class SyllableModel:
    """The model of one file. Syllables are numbered so that those of one folded form stand together."""

    def __init__(self, path: Path = SHIPPED) -> None:
        try:
            with np.load(path) as stored:
                arrays = {name: stored[name] for name in stored.files}
            self.syllables = arrays["syllables"].tobytes().decode("utf-8").split(" ")
            self._read(arrays)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ModelUnavailable(f"{path}: the syllable model cannot be read ({error}); reinstall motcua") from error
        self.ids = {syllable: number for number, syllable in enumerate(self.syllables)}

    def _read(self, arrays: dict[str, Stored]) -> None:
        size = len(self.syllables)
        folded = arrays["folded"].tobytes().decode("utf-8").split(" ")
        ends = np.cumsum(arrays["class_sizes"], dtype=np.int64)
        starts = ends - arrays["class_sizes"]
        self.classes = dict(zip(folded, zip(starts.tolist(), ends.tolist(), strict=True), strict=True))
        self.unigram = _logs(arrays["unigram"])
        self._unigram_backoff = _logs(arrays["unigram_backoff"])
        self._pairs = _keys(arrays, "pair", size, size)
        # The large tables stay as they are stored: what is looked up lies all over them.
        self._pair, self._pair_backoff = arrays["pair"], arrays["pair_backoff"]
        self._triples = _keys(arrays, "triple", len(self._pairs), size)
        self._triple = arrays["triple"]

    def accented(self, folded: str) -> tuple[int, int]:
        """First number, and one past the last, of the syllables that fold to this; (0, 0) if none does."""
        return self.classes.get(folded, (0, 0))

    def known(self, word: str) -> bool:
        """Whether the word, in lower case and with its accents, is a syllable (or a common foreign word)."""
        return new_tone(word) in self.ids

    def pair_indices(self, first: Ids, second: Ids) -> Ids:
        """Where the pairs (broadcast) stand among those seen, -1 for the others."""
        wanted = (first * len(self.syllables) + second).astype(self._pairs.dtype)
        places = np.minimum(np.searchsorted(self._pairs, wanted), len(self._pairs) - 1)
        return np.where(self._pairs[places] == wanted, places, -1)

    def pair_scores(self, first: Ids, second: Ids, indices: Ids) -> Floats:
        """Log probability of the second after the first, shape as broadcast; `indices` from pair_indices."""
        lower = self._unigram_backoff[first] + self.unigram[second]
        return np.where(indices >= 0, _logs(self._pair[indices]), lower)

    def lattice(self, columns: Sequence[Ids]) -> Lattice:
        """The log probabilities of every way through columns of syllables, at least three, one of each.

        All are looked up at once: a question has a few hundred, and each call of numpy takes as long as ten of them.
        """
        sizes = np.array([len(column) for column in columns])
        ids, of_column = np.concatenate(columns), np.cumsum(sizes) - sizes
        # Every pair of neighbours, row by row: a row is one syllable with each of the next column.
        lengths = np.repeat(sizes[1:], sizes[:-1])
        ends = np.cumsum(lengths)
        rows = ends - lengths
        place = np.arange(ends[-1]) + np.repeat(np.repeat(of_column[1:], sizes[:-1]) - rows, lengths)
        first, second = np.repeat(ids[: len(lengths)], lengths), ids[place]
        seen = self.pair_indices(first, second)
        lower = self.pair_scores(first, second, seen)
        # Every triple: a pair of any column but the last, with each pair that begins where it ends.
        before = int(rows[of_column[-2]])
        follow = lengths[place[:before]]
        starts = np.cumsum(follow) - follow
        pair = np.arange(starts[-1] + follow[-1]) + np.repeat(rows[place[:before]] - starts, follow)
        known = seen[:before] >= 0
        scores = np.repeat(np.where(known, _logs(self._pair_backoff[seen[:before]]), 0), follow) + lower[pair]
        asked = np.nonzero(np.repeat(known, follow))[0]
        wanted = np.repeat(seen[:before], follow)[asked] * len(self.syllables) + second[pair[asked]]
        wanted = wanted.astype(self._triples.dtype)
        at = np.minimum(np.searchsorted(self._triples, wanted), len(self._triples) - 1)
        found = self._triples[at] == wanted
        scores[asked[found]] = _logs(self._triple[at[found]])
        counts = sizes[:-2] * sizes[1:-1] * sizes[2:]
        shapes = zip(sizes[:-2].tolist(), sizes[1:-1].tolist(), sizes[2:].tolist(), strict=True)
        triples = np.split(scores, np.cumsum(counts)[:-1])
        return [one.reshape(shape) for one, shape in zip(triples, shapes, strict=True)]


def _logs(stored: Stored) -> Floats:
    return stored.astype(np.float32) * np.float32(-STEP)


def _keys(arrays: dict[str, Stored], name: str, rows: int, size: int) -> Stored:
    """Sorted keys `row * size + last`, from how many stand in each row and the steps between the lasts."""
    kind: type[np.unsignedinteger[Any]] = np.uint32 if rows * size < 1 << 32 else np.uint64
    counts = arrays[f"{name}_counts"]
    steps = arrays[f"{name}_low"].astype(np.uint16) | (arrays[f"{name}_high"].astype(np.uint16) << 8)
    numbers = np.repeat(np.arange(len(counts), dtype=kind), counts.astype(np.int64))
    return np.asarray(numbers * kind(size) + np.cumsum(steps, dtype=np.uint16))
