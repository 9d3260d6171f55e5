"""Tables of any format -> lines: data tables as rows with tabs, layout tables as the text they hold.

A table that only places two blocks side by side (the header of a decision, recipients beside the signature) is no
data. Cells are joined by tabs, so tabs and line breaks inside a cell become blanks; a new paragraph inside a cell
becomes a gap of two blanks, which corpus.rows reads as "another value".
"""

from corpus.rows import GAP, is_header
from corpus.vietnamese import one_line

Grid = list[list[str]]
"""Rows of cells; paragraphs inside a cell are parted by newlines. A merged cell's text stands in its first cell."""


def is_data(grid: Grid) -> bool:
    """Whether a table is data: three columns at least, or a header that begins with "STT"."""
    columns = max((len(row) for row in grid), default=0)
    return columns >= 3 or (columns == 2 and bool(grid) and is_header(grid[0]))


def table_lines(grid: Grid) -> list[str]:
    """The lines of a table: rows with tabs, or for a layout table the text cell by cell."""
    if is_data(grid):
        return ["\t".join(_flat(cell) for cell in row) for row in grid if any(cell.strip() for cell in row)]
    return [one_line(line) for row in grid for cell in row for line in cell.splitlines() if line.strip()]


def _flat(cell: str) -> str:
    return GAP.join(filter(None, (" ".join(part.split("\t")).strip() for part in cell.splitlines())))
