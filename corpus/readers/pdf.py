"""PDF files: the text layer with pdfplumber, tables by their lines; pages without text become images to recognise."""

from collections.abc import Iterator
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page

from corpus.errors import UnreadableFile
from corpus.readers.columns import with_columns
from corpus.readers.files import MAX_PAGES, check_size
from corpus.readers.layout import PageText, RuledTable, Word, add_page, page_text
from corpus.readers.marks import IMAGE

DPI = 200
_MAX_PIXELS = 6000
_MAX_WORDS = 20_000
_FEW_LETTERS = 20
_MAX_RULES = 4000


def extract(path: Path, folder: Path) -> list[str]:
    """The file's lines in reading order; a line with IMAGE names the picture of a page without text."""
    check_size(path)
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise UnreadableFile(f"{path.name} is no PDF file; give it the ending of its real format")
    with pdfplumber.open(path) as document:
        if len(document.pages) > MAX_PAGES:
            raise UnreadableFile(
                f"{path.name} has {len(document.pages)} pages, the limit is {MAX_PAGES}; split it into parts"
            )
        lines: list[str] = []
        open_end = False
        for number, page in enumerate(document.pages):
            found = _page(page, number, folder)
            add_page(lines, found, open_end)
            open_end = found.runs_on
            page.close()
    return lines


def _page(page: Page, number: int, folder: Path) -> PageText:
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words(x_tolerance=1.5, y_tolerance=2, use_text_flow=False)[:_MAX_WORDS]
    ]
    if sum(len(word.text) for word in words) < _FEW_LETTERS and (page.images or not words):
        return PageText(list(_image(page, number, folder)))
    tables = [RuledTable(t.bbox, tuple(tuple(row.cells) for row in t.rows)) for t in _tables(page)]
    return page_text(words, tables) if tables else with_columns(words)


def _tables(page: Page) -> list[pdfplumber.table.Table]:
    if len(page.edges) > _MAX_RULES or not page.edges:  # A drawing or a map, no table.
        return []
    return list(page.find_tables())


def _image(page: Page, number: int, folder: Path) -> Iterator[str]:
    """The page as a grey image, when anything is drawn on it."""
    if not page.images and not page.curves and not page.rects:
        return
    scale = min(DPI, _MAX_PIXELS * 72 / max(float(page.width), float(page.height), 1.0))
    name = f"page-{number:04}.png"
    page.to_image(resolution=scale, antialias=True).original.convert("L").save(folder / name, compress_level=1)
    yield f"{IMAGE}{name}"
