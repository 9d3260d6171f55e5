"""Which words, and which pairs of neighbouring words, a part of a plan shares with a question.

The parts of one plan are made of much the same words, and BM25 sees each word alone; that two words stand side by side
in both tells the parts apart.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.cues import QUESTION_WORDS, subject_words

Keys = npt.NDArray[np.uint32]
Owners = npt.NDArray[np.int32]
Shares = npt.NDArray[np.float32]
# A pair of the commonest words still says something.
_LEAST = 0.1


def keyed(units: Iterable[Sequence[Sequence[str]]]) -> tuple[Keys, Owners]:
    """Keys of all words and pairs of each unit's texts (lists of words), and the unit that each key belongs to."""
    keys: list[int] = []
    owners: list[int] = []
    for number, texts in enumerate(units):
        own = {_key(gram) for words in texts for gram in (*words, *_pairs(words))}
        keys += sorted(own)
        owners += [number] * len(own)
    return np.array(keys, dtype=np.uint32), np.array(owners, dtype=np.int32)


def shared(
    keys: Keys, owners: Owners, units: int, forms: Sequence[Sequence[str]], weight: Callable[[str], float]
) -> tuple[Shares, Shares]:
    """The share of the question's subject and of its pairs, by weight, that each unit has; the best form counts.

    A question without a subject ("ai ký?") is about whatever is asked for: each unit has all of it.
    """
    words, pairs = np.zeros(units, dtype=np.float32), np.zeros(units, dtype=np.float32)
    if not len(keys):
        return words, pairs
    everything = np.zeros(units, dtype=np.float32)
    everything[owners] = 1
    for form in forms:
        weights = {word: weight(word) for word in form}
        said = {word: weights[word] for word in subject_words(form)}
        paired = {
            f"{first} {second}": min(weights[first], weights[second]) + _LEAST
            for first, second in pairwise(form)
            if not {first, second} <= QUESTION_WORDS
        }
        words = np.maximum(words, _covered(keys, owners, units, said) if said else everything)
        pairs = np.maximum(pairs, _covered(keys, owners, units, paired))
    return words, pairs


def _covered(keys: Keys, owners: Owners, units: int, weights: dict[str, float]) -> Shares:
    if not weights or not len(keys):
        return np.zeros(units, dtype=np.float32)
    by_key = {_key(gram): value for gram, value in weights.items()}
    asked = np.array(sorted(by_key), dtype=np.uint32)
    values = np.array([by_key[key] for key in asked.tolist()], dtype=np.float32)
    place = np.minimum(np.searchsorted(asked, keys), len(asked) - 1)
    has = asked[place] == keys
    total = max(float(values.sum()), 1e-6)
    return np.asarray(np.bincount(owners[has], values[place[has]], units) / total, dtype=np.float32)


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


def _key(gram: str) -> int:
    return crc32(gram.encode())
