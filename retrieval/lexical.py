"""BM25 over folded words, through bm25s."""

import logging
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnavailable
from retrieval.words import lexical_words

logging.getLogger("bm25s").setLevel(logging.ERROR)

# The weight of a word that stands in a tenth of all entries.
_COMMON = float(np.log(1 + 9))

Scores = npt.NDArray[np.float32]


class LexicalIndex:
    """BM25 scores of all entries for a question."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._size = size
        found = np.diff(np.asarray(index.scores["indptr"], dtype=np.float64))
        self.weights: Scores = np.log1p((size - found + 0.5) / (found + 0.5)).astype(np.float32)
        self._rarest = float(np.log(1 + (size - 0.5) / 1.5))

    @classmethod
    def build(cls, texts: list[str]) -> "LexicalIndex":
        """An index over texts; a text without a word matches nothing."""
        index = bm25s.BM25(k1=1.2, b=0.6)
        index.index([lexical_words(text) or ["\x00"] for text in texts], show_progress=False)
        return cls(index, len(texts))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._index.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open what `save` wrote, memory-mapped. Raises IndexUnavailable."""
        try:
            index = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        except (OSError, ValueError, KeyError) as error:
            raise IndexUnavailable(f"{folder}: the BM25 files cannot be opened ({error}); publish again") from error
        return cls(index, int(index.scores["num_docs"]))

    @property
    def vocabulary(self) -> int:
        """How many words the index knows."""
        return len(self.weights)

    def ids(self, words: list[str]) -> list[int]:
        """Numbers of the words that the index knows, each once."""
        return [int(i) for i in self._index.get_tokens_ids(list(dict.fromkeys(words)))]

    def weight(self, word: str) -> float:
        """How much a word tells texts apart (its inverse document frequency); an unknown word as much as the rarest."""
        known = self._index.get_tokens_ids([word])
        return float(self.weights[known[0]]) if known else self._rarest

    def distinctive(self, words: list[str]) -> list[str]:
        """The words that tell entries apart: those that stand in at most a tenth of them, and unknown ones."""
        return [word for word in words if self.weight(word) > _COMMON]

    def scores(self, words: list[str]) -> Scores:
        """One score per entry, 1 for an entry that is the question word for word, 0 without a common word."""
        known = self.ids(words)
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        ceiling = float(self.weights[known].sum()) + (len(set(words)) - len(known)) * self._rarest * 0.5
        return np.asarray(self._index.get_scores_from_ids(known) / ceiling, dtype=np.float32)
