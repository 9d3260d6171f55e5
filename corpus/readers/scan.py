"""Page images -> lines, through Tesseract with its Vietnamese model.

A table's cells are recognised one below the other as a single column, for text recognition reads columns badly: the
page is cut into its cells and its text between tables, these are stacked, and every word is put back to its place.
"""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from corpus.readers.columns import with_columns
from corpus.readers.labels import mended
from corpus.readers.layout import Box, PageText, RuledTable, Word, add_page, page_text
from corpus.readers.marks import IMAGE
from corpus.readers.programs import find_program, run_program
from corpus.readers.rulings import Grey, ruled_tables

DPI = 200
PAGE_TIMEOUT_S = 60.0
_MARGIN = 26
_INK = 160
_LEAST_CONFIDENCE = 10.0
_TALLEST = 120


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cut-out of the page, and the row of the stack where it lies."""

    x: int
    y: int
    image: Grey
    at: int


def extract(path: Path, folder: Path) -> list[str]:
    """Lines in which every named page image is replaced by the lines recognised on it."""
    lines: list[str] = []
    open_end = False
    for line in json.loads(path.read_text("ascii")):
        if not line.startswith(IMAGE):
            lines.append(line)
            continue
        found = recognised(folder / line.removeprefix(IMAGE))
        add_page(lines, found, open_end)
        open_end = found.runs_on
    return mended(lines)


def recognised(image: Path) -> PageText:
    """The lines of one page image."""
    with Image.open(image) as picture:
        page: Grey = np.asarray(picture.convert("L"))
    tables, clean = ruled_tables(page)
    words = _words(clean, tables, image)
    return page_text(words, tables) if tables else with_columns(words)


def _words(page: Grey, tables: list[RuledTable], image: Path) -> list[Word]:
    pieces = _stacked(page, tables)
    if not pieces:
        return []
    width = max(piece.image.shape[1] for piece in pieces) + 2 * _MARGIN
    last = pieces[-1]
    stack = np.full((last.at + last.image.shape[0] + _MARGIN, width), 255, dtype=np.uint8)
    for piece in pieces:
        high, wide = piece.image.shape
        stack[piece.at : piece.at + high, _MARGIN : _MARGIN + wide] = piece.image
    target = image.with_suffix(".stack.png")
    Image.fromarray(stack).save(target, dpi=(DPI, DPI), compress_level=1)
    program = find_program("tesseract", image)
    layout = "6" if tables else "4"
    command = [
        "env",
        "OMP_THREAD_LIMIT=1",
        program,
        str(target),
        "stdout",
        "-l",
        "vie",
        "--psm",
        layout,
        "--dpi",
        str(DPI),
    ]
    output = run_program([*command, "tsv"], image, PAGE_TIMEOUT_S).decode("utf-8")
    return [word for row in _rows(output) for word in _back(row, pieces)]


def _stacked(page: Grey, tables: list[RuledTable]) -> list[_Piece]:
    """Cut-outs from top to bottom: text bands between tables, and each table's cells."""
    boxes: list[Box] = []
    y = 0.0
    for table in sorted(tables, key=lambda t: t.box[1]):
        boxes.append((0, y, page.shape[1], table.box[1]))
        boxes += [box for row in table.rows for box in row if box]
        y = table.box[3]
    boxes.append((0, y, page.shape[1], page.shape[0]))
    pieces: list[_Piece] = []
    at = _MARGIN
    for box in boxes:
        x0, top, x1, bottom = (int(value) for value in box)
        cut = page[top:bottom, x0:x1]
        ink = np.argwhere(_inked(cut))
        if not ink.size:
            continue
        (up, left), (down, right) = ink.min(axis=0), ink.max(axis=0) + 1
        pieces.append(_Piece(x0 + int(left), top + int(up), cut[up:down, left:right], at))
        at += int(down - up) + _MARGIN
    return pieces


def _inked(cut: Grey) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Dark points that have a dark neighbour: single specks are dirt."""
    dark = cut < _INK
    if min(dark.shape) < 3:
        return np.zeros_like(dark)
    return dark & (np.roll(dark, 1, 0) | np.roll(dark, -1, 0)) & (np.roll(dark, 1, 1) | np.roll(dark, -1, 1))


def _rows(output: str) -> list[dict[str, str]]:
    """Rows of Tesseract's table that are words, each with the height of its line."""
    found: list[dict[str, str]] = []
    line: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(output), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "4":
            line = row
        elif row["level"] == "5" and (row["text"] or "").strip(" _|~`"):
            found.append({**row, "line_top": line["top"], "line_height": line["height"]})
    return found


def _back(row: dict[str, str], pieces: list[_Piece]) -> list[Word]:
    """The word at its place on the page; nothing for what is too uncertain to be a letter."""
    left, top, wide, high = (int(row[name]) for name in ("left", "top", "width", "height"))
    if float(row["conf"]) < _LEAST_CONFIDENCE and high > _TALLEST:
        return []
    if int(row["line_height"]) <= 1.8 * high:  # A short word stands where its line stands.
        top, high = int(row["line_top"]), int(row["line_height"])
    middle = top + high / 2
    piece = next(
        (p for p in pieces if p.at - _MARGIN / 2 <= middle < p.at + p.image.shape[0] + _MARGIN / 2),
        pieces[-1],
    )
    x, y = left - _MARGIN + piece.x, top - piece.at + piece.y
    return [Word(row["text"].strip(), x, x + wide, y, y + high)]
