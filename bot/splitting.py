"""Long texts -> messages of a channel's length, cut where a reader would pause."""

import re

_SENTENCE = re.compile(r"\S.*?(?:[.!?…;:]+(?:\s*\[\d+\])*(?=\s|$)|$)")
_CITATION = re.compile(r"^(?:•\s*)?\[\d+\]\s|https?://")
_WORD = re.compile(r"\S+(?:\s*\[\d+\])*")


def units(text: str) -> int:
    """Length as Zalo and Telegram count it: UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Messages of at most `limit` UTF-16 units, cut between lines, else between sentences, else between
    words.

    A citation is never cut: neither a mark "[1]" from its sentence nor a line that names a source.
    """
    if units(text) <= limit:
        return (text,)
    pieces: list[str] = []
    current = ""
    for glue, atom in _atoms(text, limit):
        joined = f"{current}{glue}{atom}" if current else atom
        if units(joined) <= limit:
            current = joined
            continue
        if current:
            pieces.append(current)
        current = atom
    return tuple(piece.strip() for piece in [*pieces, current] if piece.strip())


def _atoms(text: str, limit: int) -> list[tuple[str, str]]:
    """(what stands before it, atom): whole lines where they fit, else sentences, else words, else pieces."""
    atoms: list[tuple[str, str]] = []
    for line in text.split("\n"):
        if units(line) <= limit // 2 or (_CITATION.search(line) and units(line) <= limit):
            atoms.append(("\n", line))
            continue
        sentences = [match.group() for match in _SENTENCE.finditer(line)]
        for position, sentence in enumerate(sentences):
            glue = " " if position else "\n"
            words = [sentence] if units(sentence) <= limit else _words(sentence, limit)
            atoms += [(glue if number == 0 else " ", word) for number, word in enumerate(words)]
    return atoms


def _words(sentence: str, limit: int) -> list[str]:
    words: list[str] = []
    for match in _WORD.finditer(sentence):
        word = match.group()
        while units(word) > limit:
            words.append(word[: limit // 2])
            word = word[limit // 2 :]
        words.append(word)
    return words


def within(parts: tuple[str, ...], room: int | None, ending: str, limit: int) -> tuple[str, ...]:
    """At most `room` of the parts; when some are left out the last one says so with `ending`."""
    if room is None or len(parts) <= room:
        return parts
    *kept, last = parts[:room]
    closing = split(last, limit - units(ending) - 1)[0]
    return (*kept, f"{closing}\n{ending}")
