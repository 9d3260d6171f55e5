"""Accents put back into a question typed without them, with half of them or with wrong ones.

Every syllable may stand for each that folds to it; the path that the syllable model finds likeliest wins
(Viterbi). What was typed weighs too: an accent typed is hardly ever meant otherwise, and who types accents
means a bare syllable to be bare.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.vietnamese import fold, new_tone
from retrieval.syllables import BOUNDARY, NUMBER, PROTECTED, SHIPPED, UNKNOWN, Floats, Ids, SyllableModel

_TOKEN = re.compile(
    rf"(?P<kept>{PROTECTED}|(?<!\S)\S*(?:\d[^\W\d_]|[^\W\d_]\d)\S*)"
    r"|(?P<number>\d[\d.,/-]*)|(?P<word>[^\W\d_]+)|(?P<end>[.?!;:()\[\]…\"“”\n])"
)
_WORDS_KEPT = 20_000
_HOI, _NGA = "\u0309", "\u0303"


@dataclass(frozen=True, slots=True)
class Costs:
    """What it costs, in nats, to read a syllable otherwise than it was typed."""

    add: float = 3.5
    """More marks on a syllable that has some ("đang" for "đăng")."""
    tilt: float = 3.0
    """Hỏi for ngã or the other way: the centre and the south speak them alike."""
    change: float = 7.0
    """Any other mark."""
    bare: float = 1.5
    """Weight of the surprise that a bare syllable lacks its accents where the others have theirs."""
    strange: float = 8.0
    """Leaving a syllable that is none as it was typed."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One token: the syllables it may stand for and what each costs."""

    start: int
    end: int
    ids: Ids
    costs: Floats


class Restorer:
    """Restores accents. Texts are expected in Unicode NFC."""

    def __init__(self, path: Path = SHIPPED, costs: Costs | None = None) -> None:
        self.model = SyllableModel(path)
        self._costs = costs or Costs()
        self._known = lru_cache(_WORDS_KEPT)(self._read)

    def restore(self, text: str) -> str:
        """The text with its likeliest accents; letter case, blanks, signs, figures and unknown words stay."""
        places = self._places(text)
        pieces, done = [], 0
        for place, choice in zip(places, self._path(places), strict=True):
            typed = text[place.start : place.end]
            pieces += [text[done : place.start], self._written(typed, int(place.ids[choice]))]
            done = place.end
        return "".join([*pieces, text[done:]])

    def _written(self, typed: str, number: int) -> str:
        if number <= NUMBER:
            return typed
        syllable = self.model.syllables[number]
        if syllable == new_tone(typed.lower()):
            return typed
        return "".join(new.upper() if old.isupper() else new for old, new in zip(typed, syllable, strict=True))

    def _places(self, text: str) -> list[_Place]:
        tokens = [(match, match.lastgroup, match.group()) for match in _TOKEN.finditer(text)]
        bare = self._surprise([word for _, kind, word in tokens if kind == "word"])
        shouted = text.isupper()
        return [
            _Place(match.start(), match.end(), *self._readings(word, kind or "", bare, shouted))
            for match, kind, word in tokens
        ]

    def _surprise(self, words: list[str]) -> float:
        """The cost of accents on a bare syllable, from how many others have theirs."""
        accented = lacking = 0
        for word in words:
            plain = fold(word)
            start, end = self.model.accented(plain)
            if word.lower() != plain:
                accented += 1
            elif end > start and self.model.syllables[start] != plain:
                lacking += 1
        return -math.log((lacking + 0.5) / (accented + lacking + 1)) * self._costs.bare if accented else 0.0

    def _readings(self, word: str, kind: str, bare: float, shouted: bool) -> tuple[Ids, Floats]:
        start, end = self.model.accented(fold(word)) if kind == "word" else (0, 0)
        if start == end or (word.isupper() and not shouted and 1 < len(word) < 5):
            number = {"number": NUMBER, "end": BOUNDARY}.get(kind, UNKNOWN)
            return np.array([number]), np.zeros(1, dtype=np.float32)
        typed = new_tone(word.lower())
        numbers, costs = self._known(typed, start, end)
        return numbers, costs * np.float32(bare) if typed.isascii() else costs

    def _read(self, typed: str, start: int, end: int) -> tuple[Ids, Floats]:
        """What a word may stand for, and what each costs; of a word without accents, whether it has some then."""
        if typed == self.model.syllables[start] and end - start == 1:
            return np.array([start]), np.zeros(1, dtype=np.float32)
        syllables = self.model.syllables[start:end]
        plain = typed.isascii()
        costs = [float(syllable != typed) if plain else self._cost(typed, syllable) for syllable in syllables]
        numbers = list(range(start, end))
        if not plain and typed not in self.model.ids:
            numbers.append(UNKNOWN)
            costs.append(self._costs.strange)
        return np.array(numbers), np.array(costs, dtype=np.float32)

    def _cost(self, typed: str, syllable: str) -> float:
        if typed == syllable:
            return 0.0
        had, has = _marks(typed), _marks(syllable)
        if all(old <= new for old, new in zip(had, has, strict=True)):
            return self._costs.add
        changed = [old ^ new for old, new in zip(had, has, strict=True) if old != new]
        return self._costs.tilt if changed == [{_HOI, _NGA}] else self._costs.change

    def _path(self, places: list[_Place]) -> list[int]:
        """For every place the index of the reading on the likeliest path."""
        if not places:
            return []
        edge = np.array([BOUNDARY])
        best = np.zeros((1, 1), dtype=np.float32)
        back = []
        for place, triples in zip(places, self.model.lattice([edge, edge, *(p.ids for p in places)]), strict=True):
            scores = best[:, :, None] + triples
            back.append(scores.argmax(axis=0))
            best = scores.max(axis=0) - place.costs
        last, ending = places[-1].ids, np.full(1, BOUNDARY)
        total = best + self.model.pair_scores(last, ending, self.model.pair_indices(last, ending))
        one, two = divmod(int(total.argmax()), total.shape[1])
        chosen = [two]
        for step in reversed(back):
            chosen.append(one)
            one, two = int(step[one, two]), one
        return chosen[::-1][1:]


@lru_cache(maxsize=20_000)
def _marks(syllable: str) -> tuple[frozenset[str], ...]:
    """The marks of every letter."""
    return tuple(frozenset("đ" if letter == "đ" else unicodedata.normalize("NFD", letter)[1:]) for letter in syllable)
