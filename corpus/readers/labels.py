"""Labels that text recognition misread at the front of a line or a row, mended where order makes it certain.

"ø)" after "e)" is "g)", a second "II." in a row is "III.", a row labelled "B" between 4 and 6 is row 5. Nothing but
such a label is ever changed.
"""

import re

from corpus.rows import is_header
from corpus.vietnamese import fold

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LOOKS = {
    "ø": "g",
    "ơ": "g",
    "ǿ": "g",
    "q": "g",
    "ï": "i",
    "í": "i",
    "ì": "i",
    "ỉ": "i",
    "1": "l",
    "|": "l",
    "]": "l",
}
_ROMAN_LINE = re.compile(r"^([IVXHLl1|!\[\]TYÍÌÏ]{1,5})\s*[.,]\s*(?=(.{2,12}))")
_BARE_ROMAN = re.compile(rf"^({'|'.join(sorted(_ROMANS, key=len, reverse=True))}) (?=(.{{6,12}}))")
_LETTER_LINE = re.compile(r"^(\S{1,2})\)\s*(?=(\w))")
_NUMBER = re.compile(r"^0?(\d{1,2})(?:\.(\d{1,2}))?\.?$")
_QUARTER = re.compile(r"(?<=[Qq]uý )([IVHl1]{1,3})(?=[/\-])|(?<=[IVHl1]-)([IVHl1]{1,3})(?=/20)")


def mended(lines: list[str]) -> list[str]:
    """The lines with labels put right."""
    result: list[str] = []
    state = _Order()
    for line in lines:
        line = _QUARTER.sub(lambda match: _strokes(match.group(0)), line)
        result.append(state.row(line) if "\t" in line else state.text(line))
    return result


class _Order:
    """What came last, and so what must come next."""

    def __init__(self) -> None:
        self._roman = 0
        self._letter = ""
        self._number = (0, 0)
        self._group = ""
        self._sub = 0
        self._headed = False

    def text(self, line: str) -> str:
        """A line of text."""
        roman = _ROMAN_LINE.match(line)
        if roman and roman.group(2).isupper():
            return self._as_roman(roman.group(1)) + line[roman.end(1) :]
        bare = _BARE_ROMAN.match(line)
        if bare and bare.group(2).isupper() and _ROMANS.index(bare.group(1)) in (0, self._roman):
            return f"{self._as_roman(bare.group(1))}. {line[bare.end() :]}"
        letter = _LETTER_LINE.match(line)
        if letter and letter.group(2).isupper():
            return self._as_letter(letter.group(1)) + line[letter.end(1) :]
        if re.match(r"^\d", line):
            self._letter = ""
        return line

    def _as_roman(self, found: str) -> str:
        self._letter = ""
        said = _ROMANS.index(found) + 1 if found in _ROMANS else 0
        if said == 1 or said > self._roman + 1:
            self._roman = said
        else:
            self._roman = min(self._roman + 1, len(_ROMANS))
        return _ROMANS[self._roman - 1]

    def _as_letter(self, found: str) -> str:
        following = _LETTERS[_LETTERS.find(self._letter) + 1 :][:2] if self._letter else "a"
        if len(found) == 1 and (found in _LETTERS or found == "f") and (found == "a" or found > self._letter):
            self._letter = found
            return found
        guess = _LOOKS.get(found.lower(), fold(found.lower())[:1])
        if guess and guess in following:
            self._letter = guess
            return guess
        return found

    def row(self, line: str) -> str:
        """A row of a table."""
        cells = line.split("\t")
        label, filled = cells[0].strip(), sum(1 for cell in cells[1:] if cell.strip())
        if is_header(cells) or not filled:
            return line
        if not label:  # A heading in capitals over a group of rows never stands without its numeral.
            lost = filled == 1 and self._sub and "".join(cells).isupper()
            return "\t".join([self._as_group("I"), *cells[1:]]) if lost else line
        cells[0] = self._as_group(label) if filled == 1 else self._as_number(label)
        self._headed = filled == 1
        return "\t".join(cells)

    def _as_number(self, label: str) -> str:
        """ "B" between 4 and 6 is 5, "88" behind 3.2 is 3.3; a number that skips a few is believed."""
        if len(label) > 4 or label in _ROMANS[1:]:
            return label
        number = _NUMBER.match(label)
        found = (int(number.group(1)), int(number.group(2) or 0)) if number else (0, 0)
        whole, part = self._number
        following = {(whole + 1, 0), (whole + 1, 1), (whole, part + 1)}
        skips = not part and not found[1] and whole < found[0] <= whole + 3
        if found in following or skips or (found == (1, 0) and not whole):
            self._number = found
            return label
        # "31" is 3.1 without its point; under a numbered heading any other label is its first part.
        if whole and (re.sub(r"\D", "", label) == f"{whole}{part + 1}" or (self._headed and not part)):
            part += 1
            self._number = (whole, part)
            return f"{whole}.{part}"
        self._number = (whole, part + 1) if part else (whole + 1, 0)
        return f"{whole}.{part + 1}" if part else str(whole + 1)

    def _as_group(self, label: str) -> str:
        if _NUMBER.match(label) and label != "1":
            return self._as_number(label)
        letter = chr(ord(self._group) + 1) if self._group else "A"
        bare = _strokes(label.strip("."))
        if not self._sub and not self._group and label.strip(".") == letter:
            bare = letter
        self._number = (0, 0)
        if bare == letter and len(label) == 1 and label.isupper() and label not in "IVX":
            self._group, self._sub = letter, 0
            return letter
        expected = self._sub + 1
        if set(bare) <= set("IVX") and bare:
            said = _ROMANS.index(bare) + 1 if bare in _ROMANS else 0
            self._sub = said if said > expected else expected
            return _ROMANS[min(self._sub, len(_ROMANS)) - 1]
        return label


def _strokes(text: str) -> str:
    """Upright strokes read as Roman numerals: "H" is II, "l" and "1" are I."""
    return fold(re.sub(r"[l1|!\[\]]", "I", text)).upper().replace("H", "II")
