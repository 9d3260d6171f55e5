"""The sentence of a record that a question is about: "không ký được thì cần mấy người làm chứng?"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from retrieval.encoder import Encoder, Vectors
from retrieval.index import LiveIndex
from retrieval.words import lexical_words

_WORDS_SHARE = 0.65
_RECORDS_KEPT = 256


@dataclass(frozen=True, slots=True)
class Passage:
    """One of the texts given, by its number, and how well it fits (0 to 1)."""

    number: int
    score: float


def words_beside(question: str, subject: str, ignored: frozenset[str]) -> list[str]:
    """The words of a question beside those of its subject's name and `ignored` ones; none where only one is left."""
    known = set(lexical_words(subject)) | ignored
    asked = [word for word in dict.fromkeys(lexical_words(question)) if word not in known]
    return asked if len(asked) > 1 else []


class PassageFinder:
    """Finds the texts that share most with what a question adds to the name of its subject."""

    def __init__(self, index: LiveIndex, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._read = lru_cache(maxsize=_RECORDS_KEPT)(self._reading)

    def best(
        self, question: str, asked: Sequence[str], texts: Sequence[str], commune: str | None, limit: int = 2
    ) -> list[Passage]:
        """The best texts, best first; `asked` are the words of the question that count."""
        if not asked or not texts:
            return []
        lexical = self._index.generations(commune)[-1].lexical
        weights = dict(zip(asked, (lexical.weight(word) for word in asked), strict=True))
        total = sum(weights.values())
        words, vectors = self._read(tuple(texts))
        overlaps = np.array([sum(weights[word] for word in weights.keys() & held) / total for held in words])
        close = vectors @ self._encoder.encode_queries([question])[0]
        scores = _WORDS_SHARE * overlaps + (1 - _WORDS_SHARE) * close
        order = np.argsort(-scores, kind="stable")[:limit]
        return [Passage(int(number), float(scores[number])) for number in order]

    def _reading(self, texts: tuple[str, ...]) -> tuple[list[frozenset[str]], Vectors]:
        """Words and vectors of a record's sentences; the same records are asked for again and again."""
        return [frozenset(lexical_words(text)) for text in texts], self._encoder.encode_passages(texts)
