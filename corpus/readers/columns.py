"""Tables without lines: columns told by a header that opens with STT and by the gutters below it."""

import itertools
from collections.abc import Sequence
from statistics import median

from corpus.readers.cells import table_lines
from corpus.readers.layout import Line, PageText, Word, in_lines, page_text, segments
from corpus.rows import GROUP, NUMBER
from corpus.vietnamese import fold

_HEADER_GAP = 0.45


def with_columns(words: Sequence[Word]) -> PageText:
    """The lines of a page that has no ruled table; a table without rules comes out as rows all the same."""
    height = median(word.bottom - word.top for word in words) if words else 1.0
    lines = in_lines(words, height)
    start = next((i for i, line in enumerate(lines) if _is_header(line, height)), None)
    if start is None:
        return page_text(words, [])
    edges = _edges(lines[start:], height)
    end = _end(lines, start, edges)
    above = page_text([word for line in lines[:start] for word in line.words], [])
    below = with_columns([word for line in lines[end:] for word in line.words])
    rows = table_lines(_rows(lines[start:end], edges))
    return PageText([*above.lines, *rows, *below.lines], above.goes_on, below.runs_on)


def _is_header(line: Line, height: float) -> bool:
    parts = segments(line, height * _HEADER_GAP)
    return len(parts) >= 3 and fold(parts[0].text).strip(" .") in ("stt", "tt")


def _edges(lines: list[Line], height: float) -> list[float]:
    """The left end of every column but the first: in the gutter between two header cells that fewest words cross."""
    header = segments(lines[0], height * _HEADER_GAP)
    words = [word for line in lines for word in line.words]
    edges = []
    for left, right in itertools.pairwise(header):
        begin, end = (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2
        steps = [begin + (end - begin) * n / 40 for n in range(41)]
        crossed = [sum(1 for word in words if word.x0 < x < word.x1) for x in steps]
        clear = [x for x, count in zip(steps, crossed, strict=True) if count == min(crossed)]
        edges.append(clear[len(clear) // 2])
    return edges


def _column(word: Word, edges: list[float]) -> int:
    return sum(1 for edge in edges if (word.x0 + word.x1) / 2 >= edge)


def _end(lines: list[Line], start: int, edges: list[float]) -> int:
    """The first line that runs across the gutters as text does."""
    for index in range(start + 1, len(lines)):
        crossed = sum(1 for edge in edges for word in lines[index].words if word.x0 + 1 < edge < word.x1 - 1)
        used = {_column(word, edges) for word in lines[index].words}
        if crossed >= 2 or fold(lines[index].text).startswith("noi nhan"):
            return index
        if crossed and len(used) == len(edges) + 1 and 0 in used and not _label(lines[index], edges):
            return index
    return len(lines)


def _label(line: Line, edges: list[float]) -> str:
    return " ".join(word.text for word in line.words if _column(word, edges) == 0)


def _rows(lines: list[Line], edges: list[float]) -> list[list[str]]:
    """Rows begin where the first column holds a number or a letter."""
    rows: list[list[list[str]]] = []
    for line in lines:
        label = _label(line, edges).rstrip(".")
        if not rows or NUMBER.match(label) or GROUP.match(label):
            rows.append([[] for _ in range(len(edges) + 1)])
        for word in line.words:
            rows[-1][_column(word, edges)].append(word.text)
    return [[" ".join(cell) for cell in row] for row in rows]
