"""What a typing method makes of the keys pressed, for words that were typed with the method switched off.

Telex writes marks with letters ("ddawng" is "đăng", "kys" is "ký"), VNI with figures ("d9a8ng", "ky1").
"""

import re
import unicodedata
from dataclasses import dataclass

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_ROOFS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"o": "ơ", "u": "ư"}
_BREVE = {"a": "ă"}
_TONES = frozenset(_TELEX_TONES.values())
_VOWEL = re.compile(r"[aeiouyâêôơưă]")


@dataclass(frozen=True, slots=True)
class Keyed:
    """A syllable as keyed: its letters with hooks and roofs, and its tone apart: people key it anywhere."""

    letters: str
    tone: str


def toneless(syllable: str) -> Keyed:
    """The letters and the tone of a syllable in Unicode NFC: "giấy" -> ("giây", acute)."""
    decomposed = unicodedata.normalize("NFD", syllable)
    letters = "".join(mark for mark in decomposed if mark not in _TONES)
    tone = "".join(mark for mark in decomposed if mark in _TONES)
    return Keyed(unicodedata.normalize("NFC", letters), tone)


def telex(word: str) -> Keyed | None:
    """What Telex makes of a word in lower case; None when its keys mark nothing."""
    letters, tone, marked = "", "", False
    for place, key in enumerate(word, 1):
        # A tone is keyed after the last vowel, or "visa" would be "vía".
        if key in _TELEX_TONES and _VOWEL.search(letters) and not _VOWEL.search(word[place:]):
            if tone:
                return None
            tone, marked = _TELEX_TONES[key], True
        elif letters.endswith(key) and key in _ROOFS:
            letters, marked = letters[:-1] + _ROOFS[key], True
        elif key == "d" and letters.startswith("d"):
            letters, marked = "đ" + letters[1:], True
        elif key == "w":
            letters, marked = _hooked(letters, {**_BREVE, **_HORNS}) or letters + "ư", True
        else:
            letters += key
    return Keyed(letters, tone) if marked else None


def vni(word: str) -> Keyed | None:
    """What VNI makes of a word in lower case; None when its figures mark nothing, or a single letter."""
    letters, tone = "", ""
    for key in word:
        if not key.isdigit():
            letters += key
        elif key in _VNI_TONES and _VOWEL.search(letters) and not tone:
            tone = _VNI_TONES[key]
        else:
            shaped = _shaped(letters, key)
            if shaped is None:
                return None
            letters = shaped
    return Keyed(letters, tone) if len(letters) > 1 and letters != word else None


def _shaped(letters: str, key: str) -> str | None:
    """Letters with the mark of a VNI figure."""
    if key == "9" and letters.startswith("d"):
        return "đ" + letters[1:]
    if key == "7":
        return _hooked(letters, _HORNS)
    return _last_replaced(letters, {"6": _ROOFS, "8": _BREVE}.get(key, {}))


def _hooked(letters: str, table: dict[str, str]) -> str | None:
    return letters.replace("uo", "ươ") if "uo" in letters else _last_replaced(letters, table)


def _last_replaced(letters: str, table: dict[str, str]) -> str | None:
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in table:
            return letters[:place] + table[letters[place]] + letters[place + 1 :]
    return None
