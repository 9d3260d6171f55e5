"""Lines as they came out of OCR or a PDF -> paragraphs as the author wrote them."""

import re
from dataclasses import dataclass

MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"^(?:PHẦN|Phần)\s+(?:thứ\s+)?([IVXLC\d]+|[a-zà-ỹ]+)\b\s*[.:\-–]?\s*")),
    (1, re.compile(r"^(?:CHƯƠNG|Chương)\s+([IVXLC\d]+)\b\s*[.:\-–]?\s*")),
    (1, re.compile(r"^([IVX]{1,5})\s*[.\-)]\s*(?=\S)")),
    (2, re.compile(r"^(?:ĐIỀU|Điều)\s+(\d+)\s*[.:]\s*")),
    (2, re.compile(r"^(\d{1,2})\s*[.)]\s*(?=[^\d\s])")),
    (3, re.compile(r"^(\d{1,2}\.\d{1,2})\.?\s+(?=\S)")),
    (4, re.compile(r"^(\d{1,2}(?:\.\d{1,2}){2,3})\.?\s+(?=\S)")),
    (5, re.compile(r"^([a-zđ])\)\s*(?=\S)")),
    (6, re.compile(r"^([-–])\s*(?=\S)")),
    (7, re.compile(r"^(\+)\s*(?=\S)")),
)
PAGE_BREAK = "\t"
"""An empty table row: here a table ran over the end of a page."""

_ENDS = re.compile(r"[.;:!?…](?:[*”\"')\]]*)$|\.\.\.$|\./\.?$")
_LONG = 100
_SLACK = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the source's lines joined by single blanks, and the number of its first line."""

    text: str
    line: int


def marker(text: str) -> tuple[int, str, int] | None:
    """The numbering a line begins with as (level, label, length), or None."""
    for level, pattern in MARKERS:
        match = pattern.match(text)
        if match:
            return level, match.group(1), match.end()
    return None


def is_upper(text: str) -> bool:
    """A line written in capitals, as titles and signature blocks are."""
    return text.isupper() and len(text) > 2


def split_glued(line: str) -> list[str]:
    """ "I. MỤC ĐÍCH**1. Mục đích**" -> two lines: bold runs glued to a heading stand for a line break."""
    if "**" not in line:
        return [line]
    return [part.strip() for part in line.split("**") if part.strip()]


def paragraphs(lines: list[str]) -> list[Paragraph]:
    """Join wrapped lines. A line goes on when it was filled to the page's width and nothing ends or begins there."""
    filled = [(number, part) for number, line in enumerate(lines, 1) for part in split_glued(_stripped(line)) if part]
    width = _wrap_width([part for _, part in filled])
    result: list[Paragraph] = []
    last, single = "", True
    for number, line in filled:
        if result and _continues(result[-1].text, last, line, width, single):
            result[-1] = Paragraph(rejoined(result[-1].text, line), result[-1].line)
            single = False
        else:
            result.append(Paragraph(line, number))
            single = True
        last = line
    return result


def rejoined(above: str, rest: str) -> str:
    """Two pieces of a wrapped line; "VH-TT-" and "DL" were one word, "xã -" and "hội" were not."""
    last = above.rsplit(" ", 1)[-1]
    glued = len(last) > 1 and last.endswith(("-", "/")) and not last.startswith("-")
    return above + rest if glued else f"{above} {rest}"


def _stripped(line: str) -> str:
    """Without blanks at the ends; the leading tabs of a table row are empty cells and stay."""
    return line.strip(" \r\n") if (line.strip() and "\t" in line) or line == PAGE_BREAK else line.strip()


def _wrap_width(lines: list[str]) -> int | None:
    """The page's width in letters where lines were wrapped; None where a line is a paragraph."""
    longest = max((len(line) for line in lines if "\t" not in line), default=0)
    return longest if 0 < longest <= 130 else None


def _is_bracketed(paragraph: str) -> bool:
    """A remark of its own, such as "(Kèm theo Quyết định số …)"."""
    bare = paragraph.strip("*_ ")
    return bare.startswith("(") and bare.endswith(")")


def _continues(paragraph: str, last: str, line: str, width: int | None, single: bool) -> bool:
    if "\t" in line or "\t" in last or marker(line) or is_upper(line) or is_upper(last):
        return False
    if _ENDS.search(last) or _is_bracketed(paragraph):
        return False
    if line[0].islower() or last[-1] in "-–,(":
        return True
    full = len(last) > _LONG if width is None else len(last) + len(line.split()[0]) > width - _SLACK
    found = marker(paragraph)
    heading = width is not None and single and found is not None and found[0] <= 4
    return full and not heading
