"""Word files (.docx): paragraphs and tables in the order of the page. Fields, macros and links are never followed."""

from pathlib import Path

from docx import Document
from docx.oxml.table import CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph

from corpus.readers.archive import check_archive
from corpus.readers.cells import Grid, table_lines

_MAX_DEPTH = 6


def extract(path: Path, _folder: Path) -> list[str]:
    """The file's lines; tables as rows with tabs."""
    check_archive(path)
    document = Document(str(path))
    lines: list[str] = []
    for block in document.element.body.iterchildren():
        if isinstance(block, CT_P):
            lines += _paragraph(block).split("\n")
        elif isinstance(block, CT_Tbl):
            lines += table_lines(_grid(block))
    return lines


def _paragraph(block: CT_P) -> str:
    return "\n".join(" ".join(line.split("\t")) for line in Paragraph(block, None).text.split("\n"))


def _grid(table: CT_Tbl) -> Grid:
    """Cells by column: a cell merged to the right leaves empty cells behind it, one merged downwards below it."""
    grid: Grid = []
    for row in table.tr_lst:
        cells = [""] * row.grid_before
        for cell in row.tc_lst:
            merged = cell.vMerge == "continue"
            cells += ["" if merged else _cell(cell, 0), *[""] * (cell.grid_span - 1)]
        grid.append(cells)
    return grid


def _cell(cell: CT_Tc, depth: int) -> str:
    parts: list[str] = []
    for block in cell.iterchildren():
        if isinstance(block, CT_P):
            parts.append(_paragraph(block))
        elif isinstance(block, CT_Tbl) and depth < _MAX_DEPTH:
            parts += [_cell(inner, depth + 1) for row in block.tr_lst for inner in row.tc_lst]
    return "\n".join(part for part in parts if part.strip())
