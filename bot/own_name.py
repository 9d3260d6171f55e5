"""A message without the name of the commune it is sent to: who names their own ward asks about no other."""

from corpus.vietnamese import fold

_LEVELS = ("xa", "phuong", "khu")
_AROUND = " .,;:?!“”\"'()"


def without_own_name(text: str, name: str) -> str:
    """The text without the name; a name of one syllable ("Mẫu") must follow its level to be taken for one."""
    words, own = text.split(), fold(name).split()
    bare = [fold(word).strip(_AROUND) for word in words]
    kept: list[str] = []
    place = 0
    while place < len(words):
        is_name = bool(own) and bare[place : place + len(own)] == own
        if is_name and (len(own) > 1 or (place > 0 and bare[place - 1] in _LEVELS)):
            place += len(own)
        else:
            kept.append(words[place])
            place += 1
    return " ".join(kept)
