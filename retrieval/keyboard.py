"""Slips of typing put right: Telex and VNI keys, chat shorthand, stretched, glued and mistyped words.

Only what is certain is mended: a word that exists stays, and where several readings are possible the one that
fits its neighbours must lead clearly. Accents are not this file's business (diacritics.py comes after it).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpus.vietnamese import fold, new_tone
from retrieval.abbreviations import ABBREVIATIONS
from retrieval.keys import Keyed, telex, toneless, vni
from retrieval.shorthand import SHORTHAND
from retrieval.syllables import BOUNDARY, NUMBER, PROTECTED, UNKNOWN, Ids, SyllableModel

_TOKEN = re.compile(
    rf"(?P<kept>{PROTECTED})|(?P<word>[^\W\d_][^\W_]*)|(?P<number>\d[\w.,/-]*)|(?P<end>[.?!;:()\[\]…\"“”\n])"
)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_VOWEL = re.compile(r"[aeiouy]")
_NEAR = {
    key: near
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for key, near in zip(
        row, (before + after for before, after in zip(" " + row, row[1:] + " ", strict=False)), strict=True
    )
}


@dataclass(frozen=True, slots=True)
class Margins:
    """By how many nats a reading must lead to be certain."""

    shorthand: float = 0.7
    later: float = 0.7
    """What each place further down the list of meanings costs."""
    typo: float = 3.0
    least: float = -16.0
    """The least log probability of a mended word between its neighbours."""
    halves: float = -4.5
    """The least log probability of the second half of a glued word after the first."""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    kind: str
    text: str


class Keyboard:
    """Repairs typing with the help of the syllable model. Texts are expected in Unicode NFC."""

    def __init__(self, model: SyllableModel, margins: Margins | None = None) -> None:
        self._model = model
        self._margins = margins or Margins()

    def repaired(self, text: str) -> str:
        """The text with its certain slips mended; everything else stays letter for letter."""
        tokens = [
            _Token(match.start(), match.end(), match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)
        ]
        if not any(self._is_doubtful(token) for token in tokens):
            return text
        vni_on = sum(self._vni(token.text.lower()) is not None for token in tokens if token.kind == "word") > 1
        pieces, done = [], 0
        left = np.array([BOUNDARY])
        for token, following in pairwise([*tokens, _Token(len(text), len(text), "end", "")]):
            new = self._mended(token, left, following, vni_on, text.isupper())
            pieces += [text[done : token.start], new]
            done = token.end
            left = self._ids(token.kind, new.lower().split()[-1] if new.split() else "")
        return "".join([*pieces, text[done:]])

    def _is_doubtful(self, token: _Token) -> bool:
        word = token.text.lower()
        return token.kind == "word" and (word in SHORTHAND or not self._is_word(word))

    def _is_word(self, word: str) -> bool:
        return self._model.known(word) or fold(word) in self._model.classes

    def _mended(self, token: _Token, left: Ids, following: _Token, vni_on: bool, shouted: bool) -> str:
        word = token.text.lower()
        if not self._is_doubtful(token) or (_is_name(token.text, left) and not shouted):
            return token.text
        right = self._ids(following.kind, following.text.lower())
        new = self._reading(word, left, right, vni_on, token.text[0].isupper())
        if new is None or new == word:
            return token.text
        if token.text.isupper() and len(word) > 1:
            return new.upper()
        return new[0].upper() + new[1:] if token.text[0].isupper() else new

    def _reading(self, word: str, left: Ids, right: Ids, vni_on: bool, capital: bool) -> str | None:
        """What the word is meant for; None when nothing is certain."""
        if word in SHORTHAND:
            return self._spoken_out(word, left, right)
        if word in ABBREVIATIONS:
            return None
        if not word.isalpha():
            return self._vni(word) if vni_on or any(figure in word[:-1] for figure in "6789") else None
        if (single := _STRETCHED.sub(r"\1", word)) != word:
            if single in SHORTHAND:
                return self._spoken_out(single, left, right)
            return single if self._is_word(single) else None
        if (keyed := telex(word)) and (syllable := self._syllable(keyed)):
            return syllable
        return self._split(word) or (None if capital else self._nearest(word, left, right))

    def _vni(self, word: str) -> str | None:
        keyed = vni(word)
        return self._syllable(keyed) if keyed else None

    def _syllable(self, keyed: Keyed) -> str | None:
        """The known syllable with these letters and this tone."""
        start, end = self._model.accented(fold(keyed.letters))
        return next((known for known in self._model.syllables[start:end] if toneless(known) == keyed), None)

    def _spoken_out(self, word: str, left: Ids, right: Ids) -> str | None:
        options = SHORTHAND[word]
        if len(options) == 1:
            return options[0]
        later = self._margins.later
        scores = [self._fit(option.lower(), word, left, right) - later * place for place, option in enumerate(options)]
        best, second = sorted(range(len(options)), key=lambda place: -scores[place])[:2]
        return options[best] or None if scores[best] - scores[second] >= self._margins.shorthand else None

    def _fit(self, phrase: str, typed: str, left: Ids, right: Ids) -> float:
        """How well a phrase, or else what was typed, stands between its neighbours, in nats."""
        meant = [np.array([self._model.ids.get(word, UNKNOWN)]) for word in phrase.split()]
        meant = meant or [self._standing(typed)]
        return sum(self._likeliest(first, second) for first, second in pairwise([left, *meant, right]))

    def _likeliest(self, first: Ids, second: Ids) -> float:
        one, two = first[:, None], second[None, :]
        return float(self._model.pair_scores(one, two, self._model.pair_indices(one, two)).max())

    def _split(self, word: str) -> str | None:
        """The word as two that often stand together: "khaisinh" -> "khai sinh"."""
        found = []
        for place in range(2, len(word) - 1):
            halves = word[:place], word[place:]
            if all(self._is_syllable(half) for half in halves):
                score = self._likeliest(self._standing(halves[0]), self._standing(halves[1]))
                found.append((score, " ".join(halves)))
        best = max(found, default=(-np.inf, ""))
        return best[1] if best[0] > self._margins.halves else None

    def _is_syllable(self, word: str) -> bool:
        known = self._model.known(word) or (word.isascii() and word in self._model.classes)
        return known and bool(_VOWEL.search(fold(word)))

    def _nearest(self, word: str, left: Ids, right: Ids) -> str | None:
        """The one word a slip of a finger away, with the marks that were typed, that fits its neighbours."""
        plain, marks = fold(word), _marks(word)
        if len(plain) < 4 or not plain.isascii() or not _VOWEL.search(plain):
            return None
        ranked = []
        for slip in _one_slip(plain):
            start, end = self._model.accented(slip) if len(slip) > 1 else (0, 0)
            numbers = [n for n in range(start, end) if not marks or _marks(self._model.syllables[n]) == marks]
            if numbers:
                ids = np.array(numbers)
                meant = self._model.syllables[numbers[0]] if marks else slip
                ranked.append((self._likeliest(left, ids) + self._likeliest(ids, right), meant))
        ranked.sort()
        if not ranked or ranked[-1][0] < self._margins.least:
            return None
        sure = len(ranked) == 1 or ranked[-1][0] - ranked[-2][0] >= self._margins.typo
        return ranked[-1][1] if sure else None

    def _ids(self, kind: str, word: str) -> Ids:
        """The numbers a neighbour may have."""
        if kind != "word":
            return np.array([{"number": NUMBER, "end": BOUNDARY}.get(kind, UNKNOWN)])
        return self._standing(SHORTHAND[word][0].split()[0].lower() if word in SHORTHAND else word)

    def _standing(self, word: str) -> Ids:
        """The number of a syllable, or without accents of every syllable it may stand for."""
        start, end = self._model.accented(word)
        if end > start:
            return np.arange(start, end)
        return np.array([self._model.ids.get(new_tone(word), UNKNOWN)])


def _is_name(word: str, left: Ids) -> bool:
    """Whether a word is written like a name or an abbreviation of the state's: none is mended."""
    return (len(word) > 1 and word.isupper()) or (word[0].isupper() and left[0] != BOUNDARY)


def _marks(word: str) -> tuple[str, ...]:
    """The marks of a word wherever they stand."""
    decomposed = unicodedata.normalize("NFD", word)
    return tuple(sorted(letter for letter in decomposed if letter == "đ" or unicodedata.combining(letter)))


def _one_slip(word: str) -> Iterable[str]:
    """Words one slip away: two keys swapped, a neighbouring key hit, a key too many, a key too few."""
    found = dict.fromkeys(word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1))
    for place, key in enumerate(word):
        found |= dict.fromkeys(word[:place] + near + word[place + 1 :] for near in _NEAR.get(key, ""))
        found |= dict.fromkeys([word[:place] + word[place + 1 :]])
        found |= dict.fromkeys(word[: place + 1] + missed + word[place + 1 :] for missed in "aceghimnoprtuvy")
    return found
