"""Words with their places on a page -> lines in reading order, wrapped lines joined, tables as rows.

Used for PDF text and for recognised scans alike: both know where each word stands. Lengths are measured in heights of
the page's usual letters, so points and pixels are the same to it.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.paragraphs import PAGE_BREAK, marker, rejoined
from corpus.readers.cells import Grid, is_data, table_lines
from corpus.rows import is_cut_off, is_deadline
from corpus.units import is_units

_WIDE_GAP = 2.2
_SAME_LINE = 0.55
_INDENT = 1.2
_CELL_SLACK = 1.3
_BLOCK_PITCH = 2.6


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box; `top` grows downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The line's letters."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Upper end."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower end."""
        return max(word.bottom for word in self.words)


Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table drawn with lines: its box and its rows of cells; None where a merged cell reaches into."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """Lines of a page; whether its first line may go on from, and its last one may run on to, another page."""

    lines: list[str]
    goes_on: bool = False
    runs_on: bool = False


def page_text(words: Sequence[Word], tables: Sequence[RuledTable]) -> PageText:
    """The lines of a page, tables where they stand."""
    height = median(word.bottom - word.top for word in words) if words else 1.0
    data: list[tuple[float, list[str]]] = []
    taken: set[Word] = set()
    for table in tables:
        grid, inside = _grid(table, words, height)
        if is_data(grid):
            data.append((table.box[1], table_lines(grid)))
            taken |= inside
    free = [word for word in words if word not in taken]
    lines = _without_furniture(in_lines(free, height))
    result: list[str] = []
    start = float("-inf")
    for top, rows in [*sorted(data), (float("inf"), [])]:
        between = [line for line in lines if start <= line.top < top]
        result += joined(in_order(between, height), height)
        result += rows
        start = top
    if not lines:
        return PageText(result)
    left, right = _margins(lines)
    first, last = lines[0], lines[-1]
    goes_on = first.x0 <= left + _INDENT * height and not marker(first.text) and (not data or first.top < min(data)[0])
    runs_on = right - last.x1 < 3 * height and (not data or last.top > max(data)[0])
    return PageText(result, goes_on and not (first.text.isupper() and len(first.words) > 1), runs_on)


def add_page(lines: list[str], page: PageText, open_end: bool) -> None:
    """Put a page's lines behind those before it; a paragraph or a table that runs over the end stays one.

    `open_end` says whether the page before ran on.
    """
    following = page.lines
    if lines and following and "\t" in lines[-1] and "\t" in following[0]:
        lines.append(PAGE_BREAK)
    elif lines and following and open_end and page.goes_on and not lines[-1].endswith((".", ";", ":")):
        lines[-1] = rejoined(lines[-1], following[0])
        following = following[1:]
    lines += following


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right end of the text, a stray word aside."""
    right = sorted(line.x1 for line in lines)[int(len(lines) * 0.97)]
    left = sorted(line.x0 for line in lines)[int(len(lines) * 0.03)]
    return left, right


def in_lines(words: Iterable[Word], height: float) -> list[Line]:
    """Words grouped into lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        middle = (word.top + word.bottom) / 2
        for row in reversed(rows[-3:]):
            if abs(middle - median((w.top + w.bottom) / 2 for w in row)) < _SAME_LINE * height:
                row.append(word)
                break
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]


def segments(line: Line, height: float) -> list[Line]:
    """A line cut where a wide gap shows that two blocks stand side by side."""
    parts: list[list[Word]] = [[line.words[0]]]
    for word in line.words[1:]:
        if word.x0 - parts[-1][-1].x1 > _WIDE_GAP * height:
            parts.append([])
        parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def in_order(lines: list[Line], height: float) -> list[Line]:
    """Lines in reading order: of two blocks side by side the left one comes first."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        parts = segments(lines[index], height)
        if len(parts) < 2:
            result.append(lines[index])
            index += 1
            continue
        middle = (parts[0].x1 + parts[1].x0) / 2
        end = _block_end(lines, index, middle, height)
        for left in (True, False):
            for line in lines[index:end]:
                side = tuple(word for word in line.words if (word.x0 < middle) is left)
                if side:
                    result.append(Line(side))
        index = end
    return result


def _block_end(lines: list[Line], start: int, middle: float, height: float) -> int:
    """The first line below `start` that crosses the gap between the two blocks, or that stands far below."""
    index = start + 1
    while index < len(lines):
        line, above = lines[index], lines[index - 1]
        if any(word.x0 < middle < word.x1 for word in line.words) or line.top - above.top > _BLOCK_PITCH * height * 2:
            break
        sides = {word.x0 < middle for word in line.words}
        gap = min((word.x0 for word in line.words if word.x0 >= middle), default=middle) - max(
            (word.x1 for word in line.words if word.x0 < middle), default=middle
        )
        if len(sides) == 2 and gap < _WIDE_GAP * height / 2:
            break
        index += 1
    return index


def _without_furniture(lines: list[Line]) -> list[Line]:
    """Without the page number on top or at the foot."""
    while lines and _is_page_number(lines[0].text):
        lines = lines[1:]
    while lines and _is_page_number(lines[-1].text):
        lines = lines[:-1]
    return lines


def _is_page_number(text: str) -> bool:
    bare = text.strip(" -–.|")
    words = bare.split("/")
    return len(bare) <= 12 and all(word.strip().removeprefix("Trang ").isdigit() for word in words)


def joined(lines: list[Line], height: float) -> list[str]:
    """Paragraphs: a line goes on in the next one when that one's first word had no room left on it."""
    if not lines:
        return []
    pitches = sorted(b.top - a.top for a, b in itertools.pairwise(lines) if b.top - a.top > 0.5 * height)
    pitch = pitches[len(pitches) // 3] if pitches else height
    left, right = _margins(lines)
    result = [lines[0].text]
    for above, line in itertools.pairwise(lines):
        if _wraps(above, line, left, right, height, pitch):
            result[-1] = rejoined(result[-1], line.text)
        else:
            result.append(line.text)
    return result


def _wraps(above: Line, line: Line, left: float, right: float, height: float, pitch: float) -> bool:
    if marker(line.text) or not 0 < line.top - above.top < min(_BLOCK_PITCH * height, pitch + 0.25 * height):
        return False
    if line.text.isupper() != above.text.isupper() and (line.text.isupper() or len(above.words) < 4):
        return False
    first = line.words[0]
    room = right - above.x1
    starts_left = line.x0 <= left + _INDENT * height
    return starts_left and first.x1 - first.x0 + 0.25 * height > room - 0.2 * height


def _grid(table: RuledTable, words: Sequence[Word], height: float) -> tuple[Grid, set[Word]]:
    x0, top, x1, bottom = table.box
    near = [w for w in words if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]
    grid: Grid = []
    for row in table.rows:
        cells = []
        for box in row:
            inside = [w for w in near if box and _inside(w, box)]
            cells.append(_cell_text(inside, box, height) if box else "")
        grid.append(cells)
    return grid, set(near)


def _inside(word: Word, box: Box) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 < box[2] and box[1] <= (word.top + word.bottom) / 2 < box[3]


def _cell_text(words: list[Word], box: Box, height: float) -> str:
    lines = in_lines(words, height)
    if not lines:
        return ""
    text = lines[0].text
    for above, line in itertools.pairwise(lines):
        first = line.words[0]
        room = (box[2] - box[0]) - (above.x1 - above.x0)
        wraps = first.x1 - first.x0 + 0.25 * height > room - _CELL_SLACK * height
        wraps = wraps and not _another(text.rsplit("\n", 1)[-1], line.text)
        text = rejoined(text, line.text) if wraps else f"{text}\n{line.text}"
    return text


def _another(above: str, line: str) -> bool:
    """Whether a line begins another unit or date below a whole one, however full the line above is."""
    if above.endswith((",", ";", "&", "và", "-")):
        return False
    if is_deadline(above):
        return is_deadline(line) or above.startswith(line)
    return is_units(line) and line[0].isupper() and len(above.split()) > 2 and not is_cut_off(above)
