"""What a question wants to know of a procedure: fee, time, papers, place…"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from bot.aspect_words import ASKING, NAMING, OTHER_WORDS, STORY, Aspect
from corpus.vietnamese import fold, folded_syllables, syllables

__all__ = ["Aspect", "aspects_beside", "aspects_in", "subject_of", "without_aspects"]

# What a question opens and ends with, around its subject and what it wants to know.
_LEADING = frozenset(["da", "vang", "a", "oi", "thi", "la", "con", "the", "vay", "cho", "hoi", "em", "toi", "minh"])
_TRAILING = frozenset(
    [
        *(
            "thi",
            "la",
            "ma",
            "sao",
            "vay",
            "the",
            "nao",
            "a",
            "nhi",
            "nhe",
            "nha",
            "ha",
            "z",
            "v",
            "ad",
            "em",
            "chi",
            "anh",
        ),
        *(
            "co",
            "chu",
            "bac",
            "oi",
            "khong",
            "ko",
            "k",
            "hong",
            "bao",
            "nhieu",
            "may",
            "gi",
            "j",
            "to",
            "can",
            "voi",
            "roi",
        ),
        *("lay", "duoc", "dc", "va", "lam"),
    ]
)
_ASKING = {aspect: re.compile(rf"\b(?:{'|'.join(patterns)})\b") for aspect, patterns in ASKING.items()}
_NAMING = {aspect: re.compile(rf"\b(?:{pattern})\b") for aspect, pattern in NAMING.items()}
_STORY = re.compile(rf"\b(?:{'|'.join(STORY)})\b")
_AND = frozenset(["va", "voi", "cung", "lan", "roi"])
_NOUN = re.compile(
    r"(?:le phi|phi|chi phi|thoi|dieu kien|trinh tu|cac buoc|ho so|giay to|can cu|doi tuong|dia chi|noi nop)\b"
)
_LEAST_RUN = 3  # Two words of a name, "lệ phí", are as often what is asked.
_HIDDEN = "_"
# Every step of one answer reads the same question.
_KEPT = 512

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Matches:
    """Where a text asks for an aspect, and where it only names one."""

    asking: tuple[tuple[Aspect, re.Match[str]], ...]
    naming: tuple[tuple[Aspect, re.Match[str]], ...]


def aspects_in(question: str) -> tuple[Aspect, ...]:
    """Every aspect that a question asks for, in the order in which it names them; accents do not matter.

    Of two that share words the longer one is meant: "được cấp giấy gì" asks for the result, not for papers to bring.
    What is only named counts where nothing is asked outright: "nộp hồ sơ ở đâu" asks for the place alone.
    """
    return _asked(_words(question))


@lru_cache(_KEPT)
def aspects_beside(question: str, name: str) -> tuple[Aspect, ...]:
    """What a question asks beside the name of the procedure: "gia hạn thời hạn sử dụng đất" asks for no time limit."""
    words, named = list(_words(question)), folded_syllables(name)
    free = [True] * len(named)
    for begin, end, at in sorted(_common_runs(words, named), key=lambda run: run[0] - run[1]):
        if all(free[at : at + end - begin]) and _HIDDEN not in words[begin:end]:
            words[begin:end] = [_HIDDEN] * (end - begin)
            free[at : at + end - begin] = [False] * (end - begin)
    return _asked(tuple(words))


@lru_cache(_KEPT)
def without_aspects(question: str) -> str:
    """The folded question without the words that name an aspect: what is left is what it is about."""
    words = _words(question)
    naming = _naming(words)
    return " ".join(fold(word) for number, word in enumerate(words) if number not in naming)


@lru_cache(_KEPT)
def subject_of(question: str) -> str:
    """What a question is about, in its own accented words, without what it wants to know of it.

    "khai sinh thì nộp ở đâu vậy ạ" -> "khai sinh". Empty when nothing is left.
    """
    words, folded = syllables(question), folded_syllables(question)
    if len(words) != len(folded):
        return ""
    naming = _naming(_words(question))
    kept = [number for number in range(len(words)) if number not in naming]
    while kept and folded[kept[-1]] in _TRAILING:
        kept.pop()
    while kept and folded[kept[0]] in _LEADING:
        kept.pop(0)
    return " ".join(words[n] for n in kept)


@lru_cache(_KEPT)
def _words(question: str) -> tuple[str, ...]:
    """Folded syllables; those that folding would turn into another word of the patterns keep their accents."""
    folded = folded_syllables(question)
    words = syllables(question)
    if len(words) != len(folded):
        return tuple(folded)
    return tuple(word if word in OTHER_WORDS else plain for word, plain in zip(words, folded, strict=True))


@lru_cache(_KEPT)
def _asked(words: tuple[str, ...]) -> tuple[Aspect, ...]:
    text = _STORY.sub(lambda told: re.sub(r"\w+", _HIDDEN, told.group()), " ".join(words))
    found = _matches(text)
    asking = [(aspect, match.span()) for aspect, match in found.asking]
    meant = [(aspect, span) for aspect, span in asking if not any(_covers(other, span) for _, other in asking)]
    named = [(aspect, match.span()) for aspect, match in found.naming]
    beside = [(aspect, span) for aspect, span in named if not any(_covers(other, span) for _, other in asking)]
    if not meant:
        meant = beside
    for one in sorted(beside, key=lambda one: one[1], reverse=True):
        if any(_is_listed(text, one[1], span) for _, span in meant):
            meant.append(one)
    return tuple(dict.fromkeys(aspect for aspect, _ in sorted(meant, key=lambda one: one[1])))


@lru_cache(_KEPT)
def _matches(text: str) -> _Matches:
    return _Matches(
        tuple((aspect, match) for aspect, pattern in _ASKING.items() for match in pattern.finditer(text)),
        tuple((aspect, match) for aspect, pattern in _NAMING.items() for match in pattern.finditer(text)),
    )


def _is_listed(text: str, named: Span, asked: Span) -> bool:
    """Whether a thing named stands in one list with a thing asked: "thời hạn và lệ phí bao nhiêu"."""
    between = (text[named[1] : asked[0]] if named[1] <= asked[0] else text[asked[1] : named[0]]).split()
    if len(between) == 1:
        return between[0] in _AND
    return named[1] + 1 == asked[0] and _NOUN.match(text, asked[0]) is not None


def _naming(words: Sequence[str]) -> set[int]:
    """Numbers of the words that name an aspect; what stands in a gap of a pattern names the subject."""
    text, starts = " ".join(words), list(_starts(words))
    found: set[int] = set()
    matches = _matches(text)
    for _, match in (*matches.asking, *matches.naming):
        first, last = (bisect_left(starts, edge) for edge in match.span())
        gaps = [match.span(number) for number in range(1, match.re.groups + 1) if match.group(number)]
        found.update(n for n in range(first, last) if not any(begin <= starts[n] < end for begin, end in gaps))
    return found


def _starts(words: Sequence[str]) -> Iterator[int]:
    at = 0
    for word in words:
        yield at
        at += len(word) + 1


def _common_runs(words: list[str], named: list[str]) -> Iterator[tuple[int, int, int]]:
    """(begin, end, place in the name) of the longest runs that a question shares with a name."""
    plain = [fold(word) for word in words]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(named):
        places.setdefault(word, []).append(at)
    for begin, word in enumerate(plain):
        for at in places.get(word, ()):
            if begin and at and plain[begin - 1] == named[at - 1]:
                continue
            same = takewhile(lambda pair: pair[0] == pair[1], zip(plain[begin:], named[at:], strict=False))
            length = sum(1 for _ in same)
            if length >= _LEAST_RUN:
                yield begin, begin + length, at


def _covers(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]
