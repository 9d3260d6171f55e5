"""BM25 over folded words. bm25s weighs every word of every text when an index is built; asking is adding weights up."""

import importlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnavailable
from retrieval.words import lexical_words

logging.getLogger("bm25s").setLevel(logging.ERROR)

# The weight of a word that stands in a tenth of all entries.
_COMMON = float(np.log(1 + 9))
_POSTINGS, _WORDS = "postings.npz", "words.json"

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Word n stands in the entries `entries[starts[n]:starts[n + 1]]` of `size`, each with its weight there."""

    entries: npt.NDArray[np.int32]
    weights: Scores
    starts: npt.NDArray[np.int64]
    size: int


class LexicalIndex:
    """BM25 scores of all entries for a question."""

    def __init__(self, numbers: dict[str, int], postings: Postings) -> None:
        self._numbers = numbers
        self._postings = postings
        size, found = postings.size, np.diff(postings.starts.astype(np.float64))
        self.weights: Scores = np.log1p((size - found + 0.5) / (found + 0.5)).astype(np.float32)
        self._rarest = float(np.log(1 + (size - 0.5) / 1.5))

    @classmethod
    def build(cls, texts: list[str]) -> "LexicalIndex":
        """An index over texts; a text without a word matches nothing."""
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
        return cls({word: int(number) for word, number in index.vocab_dict.items()}, postings)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        held = self._postings
        np.savez(folder / _POSTINGS, entries=held.entries, weights=held.weights, starts=held.starts, size=held.size)
        (folder / _WORDS).write_text(json.dumps(self._numbers, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open what `save` wrote. Raises IndexUnavailable."""
        try:
            with (folder / _POSTINGS).open("rb") as packed, np.load(packed) as arrays:
                postings = Postings(arrays["entries"], arrays["weights"], arrays["starts"], int(arrays["size"]))
            numbers = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise IndexUnavailable(f"{folder}: the BM25 files cannot be opened ({error}); publish again") from error
        return cls(numbers, postings)

    @property
    def vocabulary(self) -> int:
        """How many words the index knows."""
        return len(self.weights)

    def ids(self, words: list[str]) -> list[int]:
        """Numbers of the words that the index knows, each once."""
        return [self._numbers[word] for word in dict.fromkeys(words) if word in self._numbers]

    def weight(self, word: str) -> float:
        """How much a word tells texts apart (its inverse document frequency); an unknown word as much as the rarest."""
        known = self._numbers.get(word)
        return self._rarest if known is None else float(self.weights[known])

    def distinctive(self, words: list[str]) -> list[str]:
        """The words that tell entries apart: those that stand in at most a tenth of them, and unknown ones."""
        return [word for word in words if self.weight(word) > _COMMON]

    def covered(self, words: list[str], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Scores:
        """The share of the words, by weight, that stand in any entry from `starts[n]` up to `ends[n]`, for each n."""
        share = np.zeros(len(starts), dtype=np.float32)
        whole = sum(self.weight(word) for word in dict.fromkeys(words))
        if not whole:
            return share
        for number in self.ids(words):
            holding = self.holding(number)
            share += self.weights[number] * (np.searchsorted(holding, starts) < np.searchsorted(holding, ends))
        return share / np.float32(whole)

    def holding(self, number: int) -> npt.NDArray[np.int32]:
        """The entries that hold the word of a number, in order."""
        held = self._postings
        return held.entries[held.starts[number] : held.starts[number + 1]]

    def scores(self, words: list[str]) -> Scores:
        """One score per entry, 1 for an entry that is the question word for word, 0 without a common word."""
        known = self.ids(words)
        scores = np.zeros(self._postings.size, dtype=np.float32)
        if not known:
            return scores
        held, starts = self._postings, self._postings.starts
        for number in known:
            of_word = slice(starts[number], starts[number + 1])
            # A word stands but once in the list of an entry, so that no sum is lost.
            scores[held.entries[of_word]] += held.weights[of_word]
        ceiling = float(self.weights[known].sum()) + (len(set(words)) - len(known)) * self._rarest * 0.5
        return scores / np.float32(ceiling)
