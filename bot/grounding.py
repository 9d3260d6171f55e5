"""Whether a text that a model wrote stands on the sources it cites, sentence by sentence.

Strict on purpose: what cannot be shown to stand in the cited source counts as invented, because the composed answer is
always there to be given instead.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.figures import figures, foreign_figures
from bot.stopwords import STOPWORDS
from corpus.vietnamese import fold, folded_syllables, nfc, syllables

_MARK = re.compile(r"\s*\[(\d{1,3})\]")
_BULLET = re.compile(r"^\s*(?:[-*•+]+|\d{1,2}[.)])\s+")
_END = re.compile(r"(?<=[.!?…])((?:\s*\[\d{1,3}\])*)\s+(?=[^\W\d_])")
_LINK = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|\b(?:[\w-]+\.)+(?:vn|com|net|org|gov|edu|info|io)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_NEGATIONS = frozenset(("không", "chưa", "chẳng", "chả", "đừng", "miễn", "cấm", "trừ", "khỏi"))
_ADDRESSED = frozenset(("ong", "ba", "quy", "vi", "anh", "chi"))
_POLITE = frozenset("ong ba xin vui long a da thua gom bao tai theo nhe can thi va hoac".split())  # noqa: SIM905
_OFFICES = (
    "uy ban nhan dan", "ubnd", "hdnd", "cong an", "trung tam", "van phong", "toa an", "ngan hang", "kho bac",
    "bao hiem xa hoi", "chi cuc", "mat tran", "vien kiem sat", "bo phan",
)  # fmt: skip
_PLACES = frozenset(("xa", "phuong", "quan", "huyen", "tinh", "thon", "ap", "duong", "pho", "tran", "ban"))
_SHORT_OFFICES = frozenset(("So", "Bo", "Cuc", "Ban", "Phong", "Hoi", "Doan", "Tram", "Thue"))
# Words under which a source tells several things apart: what is said under one must not be told under another.
_KEYS = ("chủ trì", "phối hợp", "trực tuyến", "trực tiếp", "bưu chính", "bản chính", "bản sao")
_SUPPORT = 0.75
_RUN = 4
_NEARLY = 0.8
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its marks, and the numbers of the sources it cites."""

    text: str
    cites: tuple[int, ...]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text. A heading that ends with a colon cites what the next sentence cites."""
    found: list[Sentence] = []
    for line in nfc(text).splitlines():
        for piece in _END.sub(r"\1\n", _BULLET.sub("", line)).splitlines():
            said = _MARK.sub("", piece).strip(" *_#\t")
            if said:
                found.append(Sentence(said, tuple(int(number) for number in _MARK.findall(piece))))
    for place in range(len(found) - 2, -1, -1):
        if found[place].text.endswith(":") and not found[place].cites:
            found[place] = Sentence(found[place].text, found[place + 1].cites)
    return found


def complaints(text: str, sources: Mapping[int, str]) -> Iterator[str]:
    """What in a text does not stand in the sources that it cites, by their numbers; nothing when all of it does."""
    found = sentences(text)
    if not found:
        yield "nothing was said"
    for sentence in found:
        if not sentence.cites:
            yield f"no source cited: {sentence.text[:60]}"
        elif unknown := [number for number in sentence.cites if number not in sources]:
            yield f"no such source: {unknown[0]}"
        else:
            yield from _unsupported(sentence.text, nfc("\n".join(sources[number] for number in sentence.cites)))


def _unsupported(said: str, source: str) -> Iterator[str]:
    yield from (f"figure: {figure}" for figure in foreign_figures(said, source))
    yield from (f"link: {link}" for link in _LINK.findall(said) if link.rstrip(".,;)").lower() not in source.lower())
    yield from (f"name: {name}" for name in names(said) if not _holds(source, name))
    yield from (f"negation: {words}" for words in _turned(said, source))
    yield from (f"under another heading: {thing}" for thing in _misplaced(said, source))
    yield from _differs(said, source.splitlines())
    words, known = _content(said), set(folded_syllables(source))
    if words and sum(word in known for word in words) / len(words) < _SUPPORT:
        yield "words that the source does not hold"


def _content(text: str) -> list[str]:
    return [word for word in folded_syllables(text) if word.isalpha() and word not in STOPWORDS | _POLITE]


def _differs(said: str, lines: list[str]) -> Iterator[str]:
    """What the one line of the source that says nearly the same says otherwise: its figures, its negations."""
    words = set(_content(said))
    if len(words) < _LEAST:
        return
    shared = [len(words & set(_content(line))) / len(words) for line in lines]
    nearest = [line for line, share in zip(lines, shared, strict=True) if share == max(shared)]
    if max(shared) < _NEARLY:
        return
    figures_told = [line for line in nearest if figures(line)]
    if figures_told and len(figures_told) == len(nearest):
        foreign = [foreign_figures(said, line) for line in nearest]
        yield from (f"figure of another line: {figure}" for figure in min(foreign, key=len))
    if _negations(said) > max(_negations(line) for line in nearest):
        yield "negation: more than in the line that says the same"
    yield from (
        f"under another heading: {key}"
        for key in _KEYS
        if said.lower().count(key) > max(line.lower().count(key) for line in nearest)
        and any(other in line.lower() for line in nearest for other in _KEYS)
    )


def _negations(text: str) -> int:
    return sum(word in _NEGATIONS for word in syllables(text))


def names(said: str) -> list[str]:
    """Offices and other names of a sentence, folded: runs of capitals, and the two words that follow an office."""
    tokens = _WORD.findall(said)
    plain = [fold(token) for token in tokens]
    return [*_capitals(tokens), *_offices(tokens, plain)]


def _capitals(tokens: list[str]) -> Iterator[str]:
    """Runs of capitals, each with the kind of place in front of it; a sentence's first word alone is none."""
    run: list[str] = []
    for place, token in enumerate([*tokens, "."]):
        if token[0].isupper():
            run.append(fold(token))
        elif token not in "-–" or not run:
            begins = place == len(run)
            kind = fold(tokens[place - len(run) - 1]) if not begins else ""
            if set(run) - _ADDRESSED and not (begins and len(run) == 1):
                yield " ".join([kind, *run] if kind in _PLACES else run)
            run = []


def _offices(tokens: list[str], plain: list[str]) -> Iterator[str]:
    """Each office with the word that follows it, or two where those say which one it is."""
    for place, token in enumerate(tokens):
        rest = plain[place:]
        office = next((head for head in _OFFICES if rest[: head.count(" ") + 1] == head.split()), None)
        if office is None and fold(token).capitalize() in _SHORT_OFFICES and token[0].isupper():
            office = plain[place]
        if office is not None:
            words = office.count(" ") + 1
            # "Công an phường chủ trì", but "Sở Tư pháp" and "Ủy ban nhân dân cấp xã".
            following = tokens[place + words : place + words + 1]
            longer = bool(following) and (following[0][0].isupper() or following[0] == "cấp")
            after = rest[words : words + 1 + longer]
            kept = after[: next((n for n, word in enumerate(after) if not word.isalnum()), len(after))]
            yield " ".join([office, *kept])


def _holds(source: str, name: str) -> bool:
    return f" {_spelled_out(name)} " in f" {_spelled_out(source)} "


def _spelled_out(text: str) -> str:
    return " ".join(folded_syllables(text)).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")


def _turned(said: str, source: str) -> Iterator[str]:
    """Negations that the source does not make of the same words, and those it makes that were left out."""
    ours, theirs = syllables(said), [syllables(line) for line in source.splitlines()]
    made = {pair for line in theirs for pair in pairwise([*line, ""]) if pair[0] in _NEGATIONS}
    for word, after in pairwise([*ours, ""]):
        if word in _NEGATIONS and (word, after) not in made:
            yield f"{word} {after}".strip()
    for length in range(2, _RUN + 1):
        affirmed, negated = zip(*(_runs(line, length) for line in theirs), strict=True)
        mine, _ = _runs(ours, length)
        yield from (" ".join(run) for run in mine & (set().union(*negated) - set().union(*affirmed)))


def _runs(words: list[str], length: int) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Runs of words that no negation stands just before, and runs that begin right after one."""
    affirmed, negated = set(), set()
    for start in range(len(words) - length + 1):
        run = tuple(words[start : start + length])
        before = words[max(0, start - 2) : start]
        if before and before[-1] in _NEGATIONS:
            negated.add(run)
        elif not _NEGATIONS & {*before, *run}:
            affirmed.add(run)
    return affirmed, negated


def _misplaced(said: str, source: str) -> Iterator[str]:
    """Figures and names told under one key ("chủ trì", "trực tuyến") that the source only has under another."""
    keys = [key for key in _KEYS if key in said.lower()]
    if len(keys) != 1:
        return
    (key,) = keys
    keyed = [line for line in source.splitlines() if any(other in line.lower() for other in _KEYS)]
    if not any(key in line.lower() for line in keyed):
        return
    elsewhere = "\n".join(line for line in keyed if key not in line.lower())
    allowed = "\n".join(line for line in source.splitlines() if line not in elsewhere.splitlines())
    yield from foreign_figures(said, allowed)
    yield from (name for name in names(said) if not _holds(allowed, name))
