"""Saved web pages (.html): visible text and tables. Scripts, styles, frames and links are never followed."""

from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from corpus.readers.cells import Grid, table_lines
from corpus.readers.files import read_text
from corpus.vietnamese import one_line

_HIDDEN = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "head",
    "nav",
    "select",
    "button",
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main"),
        *("ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_MAX_SPAN = 100


def extract(path: Path, _folder: Path) -> list[str]:
    """The page's lines; tables as rows with tabs."""
    soup = BeautifulSoup(read_text(path), "lxml")
    for tag in soup.find_all(_HIDDEN):
        tag.decompose()
    for table in [tag for tag in soup.find_all("table") if not tag.find("table")]:
        rows = table_lines(_grid(table))
        table.replace_with(*[_line(soup, row) for row in rows])
    return [line for line in _lines(soup) if line.strip(" ")]


def _line(soup: BeautifulSoup, row: str) -> Tag:
    pre = soup.new_tag("pre")
    pre.string = row
    return pre


def _lines(soup: BeautifulSoup) -> Iterator[str]:
    """Text between block borders, in document order; a `pre` keeps its tabs."""
    current: list[str] = []
    for node in soup.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCKS and current:
                yield one_line("".join(current))
                current = []
        elif isinstance(node, NavigableString) and not isinstance(node, Comment):
            if node.parent is not None and node.parent.name == "pre" and "\t" in node:
                yield str(node)
            else:
                if current and _closed(node):
                    yield one_line("".join(current))
                    current = []
                current.append(str(node))
    if current:
        yield one_line("".join(current))


def _closed(node: NavigableString) -> bool:
    """Whether a block ended between the text before this one and this one."""
    before = node.previous_sibling
    return isinstance(before, Tag) and before.name in _BLOCKS


def _grid(table: Tag) -> Grid:
    grid: Grid = []
    below: dict[tuple[int, int], str] = {}
    for y, row in enumerate(table.find_all("tr")):
        cells: list[str] = []
        for cell in row.find_all(("td", "th"), recursive=False):
            while (y, len(cells)) in below:
                cells.append(below.pop((y, len(cells))))
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            start = len(cells)
            cells += [_text(cell), *[""] * (wide - 1)]
            for dy in range(1, high):
                for dx in range(wide):
                    below[(y + dy, start + dx)] = ""
        while (y, len(cells)) in below:
            cells.append(below.pop((y, len(cells))))
        grid.append(cells)
    return grid


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    return max(1, min(int(said), _MAX_SPAN)) if said.isdecimal() and len(said) < 5 else 1


def _text(cell: Tag) -> str:
    for tag in cell.find_all(("br", "p", "div", "li")):
        tag.insert_before("\n")
    lines = (one_line(line) for line in cell.get_text().split("\n"))
    return "\n".join(line for line in lines if line)
