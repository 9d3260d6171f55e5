"""BM25 over folded words. bm25s weighs every word of every text when an index is built; asking is adding weights up."""

import importlib
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnavailable
from retrieval.words import lexical_words

logging.getLogger("bm25s").setLevel(logging.ERROR)

# The weight of a word that stands in a tenth of all entries.
_COMMON = float(np.log(1 + 9))
_HIGH = 0.4
_POSTINGS, _HOLDERS, _WORDS = "postings.npz", "holders.npz", "words.json"

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Word n stands in the entries `entries[starts[n]:starts[n + 1]]` of `size`, each with its weight there."""

    entries: npt.NDArray[np.int32]
    weights: Scores
    starts: npt.NDArray[np.int64]
    size: int


@dataclass(frozen=True, slots=True)
class Holders:
    """Word n stands in some text of the units `units[starts[n]:starts[n + 1]]` of `size`."""

    units: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    size: int


class LexicalIndex:
    """BM25 scores of all entries for a question, and how much of it each unit holds in all its entries together."""

    def __init__(self, numbers: dict[str, int], postings: Postings, held: Holders) -> None:
        self._numbers = numbers
        self._postings = postings
        self._held = held
        size, found = postings.size, np.diff(postings.starts.astype(np.float64))
        self.weights: Scores = np.log1p((size - found + 0.5) / (found + 0.5)).astype(np.float32)
        self._rarest = float(np.log(1 + (size - 0.5) / 1.5))

    @classmethod
    def build(cls, texts: list[str], owners: npt.NDArray[np.int32] | None = None) -> "LexicalIndex":
        """An index over texts; a text without a word matches nothing. `owners[n]` is the unit of text n, else n."""
        # Imported here: with scipy it takes a tenth of a second, and who asks a question never builds an index.
        index = importlib.import_module("bm25s").BM25(k1=1.2, b=0.6)
        index.index([lexical_words(text) or ["\x00"] for text in texts], show_progress=False)
        scores = index.scores
        postings = Postings(
            np.asarray(scores["indices"], dtype=np.int32),
            np.asarray(scores["data"], dtype=np.float32),
            np.asarray(scores["indptr"], dtype=np.int64),
            len(texts),
        )
        numbers = {word: int(number) for word, number in index.vocab_dict.items()}
        return cls(numbers, postings, holders_of(postings, np.arange(len(texts)) if owners is None else owners))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        held = self._postings
        np.savez(folder / _POSTINGS, allow_pickle=False, **asdict(held))
        np.savez(folder / _HOLDERS, allow_pickle=False, **asdict(self._held))
        (folder / _WORDS).write_text(json.dumps(self._numbers, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open what `save` wrote. Raises IndexUnavailable."""
        try:
            with (folder / _POSTINGS).open("rb") as packed, np.load(packed) as arrays:
                postings = Postings(arrays["entries"], arrays["weights"], arrays["starts"], int(arrays["size"]))
            with (folder / _HOLDERS).open("rb") as packed, np.load(packed) as arrays:
                held = Holders(arrays["units"], arrays["starts"], int(arrays["size"]))
            numbers = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise IndexUnavailable(f"{folder}: the BM25 files cannot be opened ({error}); publish again") from error
        return cls(numbers, postings, held)

    @property
    def vocabulary(self) -> int:
        """How many words the index knows."""
        return len(self.weights)

    def ids(self, words: Sequence[str]) -> list[int]:
        """Numbers of the words that the index knows, each once."""
        return [self._numbers[word] for word in dict.fromkeys(words) if word in self._numbers]

    def weight(self, word: str) -> float:
        """How much a word tells texts apart (its inverse document frequency); an unknown word as much as the rarest."""
        known = self._numbers.get(word)
        return self._rarest if known is None else float(self.weights[known])

    def distinctive(self, words: list[str]) -> list[str]:
        """The words that tell entries apart: those that stand in at most a tenth of them, and unknown ones."""
        return [word for word in words if self.weight(word) > _COMMON]

    def covered(self, words: Sequence[str]) -> Scores:
        """The share of the words, by weight, that each unit has in any of its texts."""
        held, starts = self._held, self._held.starts
        share = np.zeros(held.size, dtype=np.float32)
        for number in self.ids(words):
            np.add.at(share, held.units[starts[number] : starts[number + 1]], self.weights[number])
        return share / np.float32(sum(self.weight(word) for word in dict.fromkeys(words)) or 1)

    def scores(self, words: list[str]) -> Scores:
        """One score per entry, 1 for an entry that is the question word for word, 0 without a common word."""
        known = self.ids(words)
        scores = np.zeros(self._postings.size, dtype=np.float32)
        if not known:
            return scores
        held, starts = self._postings, self._postings.starts
        for number in known:
            of_word = slice(starts[number], starts[number + 1])
            np.add.at(scores, held.entries[of_word], held.weights[of_word])
        ceiling = float(self.weights[known].sum()) + (len(set(words)) - len(known)) * self._rarest * 0.5
        return scores / np.float32(ceiling)


def holders_of(postings: Postings, owners: npt.NDArray[np.integer]) -> Holders:
    """The units that hold each word; `owners[n]` is the unit of entry n."""
    size, words = int(owners.max(initial=-1)) + 1, len(postings.starts) - 1
    numbers = np.repeat(np.arange(words), np.diff(postings.starts))
    pairs = np.unique(numbers * max(size, 1) + owners[postings.entries])
    starts = np.searchsorted(pairs, np.arange(words + 1) * max(size, 1))
    return Holders((pairs % max(size, 1)).astype(np.int32), starts, size)


def best_of(scores: Scores, count: int) -> npt.NDArray[np.int64]:
    """The numbers of the `count` highest scores above zero, in no order."""
    # Most entries share but a common word with a question: they need not be ordered.
    chosen = np.flatnonzero(scores > scores.max(initial=0) * _HIGH)
    if len(chosen) < count:
        chosen = np.flatnonzero(scores > 0)
    if len(chosen) <= count:
        return chosen
    return chosen[np.argpartition(-scores[chosen], count)[:count]]
