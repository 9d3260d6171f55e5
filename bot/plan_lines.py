"""The lines of a plan's section that answer a question, when the whole of it is too long for a phone."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot import replies
from bot.sheet import shortened
from corpus.vietnamese import one_line
from retrieval.cues import Cue, subject_words
from retrieval.entries import NUMBER_TOLD, TIME_TOLD
from retrieval.grams import keyed, shared
from retrieval.search import Hit
from retrieval.words import lexical_words

_STOP = re.compile(r"(?<=[.!?])\s+")
_LABEL = re.compile(r"(?:[\dIVX]+\.)+|[-a-zđ]")
_CLAUSE = re.compile(r"(?<=;)\s+")
_LONG = 320
LONGEST = 640
_AS_GOOD = 0.5
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|[*_]{1,2}")
# What a line must have to say how much, when or by which number.
_TOLD = {
    Cue.FIGURE: re.compile(r"\d"),
    Cue.TARGETS: re.compile(r"\d+\s*%"),
    Cue.DEADLINE: TIME_TOLD,
    Cue.NUMBER: NUMBER_TOLD,
    Cue.LEAD: re.compile(r"chủ trì|đầu mối|chịu trách nhiệm", re.IGNORECASE),
}
_TOLD_WEIGHT = 0.3
_WORTH = 0.5
_LEAST = 0.15

Weights = npt.NDArray[np.float32]


def clean(text: str) -> str:
    """Text on one line without markup."""
    return one_line(_MARKUP.sub("", text))


def told_lines(text: str, question: str, cues: frozenset[Cue], room: int) -> str:
    """The whole text where it fits, else the lines that answer, in their own order; its heading stays with them.

    A question that says no more than the heading does is given the lines from the beginning.
    """
    lines = [line for line in (clean(line) for line in text.splitlines()) if line]
    if sum(len(line) + 1 for line in lines) <= room:
        return "\n".join(lines)
    head = lines[:1] if len(lines) > 1 and len(lines[0]) <= room // 3 else []
    pieces = [piece for line in lines[len(head) :] for piece in _sentences(line)]
    chosen = _chosen(pieces, question, " ".join(head), cues, room - sum(len(line) + 1 for line in head))
    return "\n".join([*head, *chosen]) if chosen else _beginning(lines, room)


def _sentences(line: str) -> list[str]:
    """The sentences of a line; one that is too long to be told whole falls into its clauses."""
    stops = (stop for stop in _STOP.finditer(line) if not _LABEL.fullmatch(line[: stop.start()]))
    ends = [stop.end() for stop in stops if not line[stop.end() : stop.end() + 1].islower()]
    sentences = [line[begin:end].strip() for begin, end in pairwise([0, *ends, len(line)])]
    return [part for one in sentences for part in (_CLAUSE.split(one) if len(one) > _LONG else [one])]


def _chosen(pieces: Sequence[str], question: str, heading: str, cues: frozenset[Cue], room: int) -> list[str]:
    said = subject_words(lexical_words(question)) - frozenset(lexical_words(heading))
    weights = _weights(pieces, [word for word in lexical_words(question) if word in said], cues)
    if not said or weights.max() < _LEAST:
        return []
    kept: list[int] = []
    used = 0
    for number in np.argsort(-weights, kind="stable").tolist():
        if kept and (used + len(pieces[number]) > room or weights[number] < weights.max() * _WORTH):
            break
        kept.append(number)
        used += len(pieces[number]) + 1
    return [shortened(pieces[number], room) for number in sorted(kept)]


def _weights(pieces: Sequence[str], question: Sequence[str], cues: frozenset[Cue]) -> Weights:
    """How much of the question each piece says; a word that stands in most pieces tells little."""
    words = [lexical_words(piece) for piece in pieces]
    held = [frozenset(one) for one in words]

    def rarity(word: str) -> float:
        return float(np.log(1 + len(held) / (sum(word in one for one in held) + 0.5)))

    keys, owners = keyed([one] for one in words)
    single, pairs = shared(keys, owners, len(pieces), [question], rarity)
    asked = [pattern for cue, pattern in _TOLD.items() if cue in cues]
    told = [_TOLD_WEIGHT * any(pattern.search(piece) for pattern in asked) for piece in pieces]
    said = single + pairs
    return np.asarray(said + np.array(told) * (said > 0), dtype=np.float32)


def _beginning(lines: Sequence[str], room: int) -> str:
    kept: list[str] = []
    used = 0
    for line in lines:
        if used + len(line) > room and kept:
            kept.append(f"… {replies.MORE}")
            break
        kept.append(shortened(line, room))
        used += len(line) + 1
    return "\n".join(kept)


def narrowed(hit: Hit, hits: Sequence[Hit]) -> Hit:
    """The line of a section that was found nearly as well as the section: a phone shows all of it."""
    inside = (
        other
        for other in hits
        if other.unit.address.startswith(f"{hit.unit.address}, ") and other.score >= hit.score * _AS_GOOD
    )
    return next(inside, hit) if len(hit.chunk.text) > LONGEST else hit
