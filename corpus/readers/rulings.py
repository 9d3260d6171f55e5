"""Drawn lines on a page image -> tables with their cells."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdfplumber.table import Table, cells_to_tables, edges_to_intersections, intersections_to_cells

from corpus.readers.layout import RuledTable

_DARK = 150
_SHORTEST_ACROSS = 58
_SHORTEST_DOWN = 30
_FILLED = 0.9
_TOLERANCE = 9
_THICKEST = 14

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def ruled_tables(page: Grey) -> tuple[list[RuledTable], Grey]:
    """Tables of a grey page image with boxes in pixels, and the page without their lines.

    Only the strokes of the lines become white: a dot below a letter often stands right above one.
    """
    dark = page < _DARK
    across, down = _runs(dark, _SHORTEST_ACROSS), _runs(dark.T, _SHORTEST_DOWN)
    edges = [*_edges(across, "h"), *_edges(down, "v")]
    if not edges or len(edges) > 6000:
        return [], page
    crossings = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    found = [Table(None, cells) for cells in cells_to_tables(intersections_to_cells(crossings))]
    tables = [RuledTable(t.bbox, tuple(tuple(row.cells) for row in t.rows)) for t in found if len(t.cells) >= 3]
    clean = page.copy()
    for table in tables:
        x0, top, x1, bottom = (int(value) for value in table.box)
        window = (slice(max(0, top - 5), bottom + 6), slice(max(0, x0 - 5), x1 + 6))
        strokes = (across | down.T)[window]
        clean[window][_thicker(strokes)] = 255
    return tables, clean


def _runs(dark: Mask, shortest: int) -> Mask:
    """The points of every dark run along a row that is at least so long, small gaps allowed."""
    mask = np.zeros_like(dark)
    if dark.shape[1] <= shortest:
        return mask
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    long = sums[:, shortest:] - sums[:, :-shortest] >= _FILLED * shortest
    for y in np.flatnonzero(long.any(axis=1)):
        marks = np.zeros(dark.shape[1] + 1, dtype=np.int32)
        starts = np.flatnonzero(long[y])
        marks[starts] += 1
        np.add.at(marks, starts + shortest, -1)
        mask[y] = np.cumsum(marks[:-1]) > 0
    return mask


def _thicker(mask: Mask) -> Mask:
    """The mask grown by one point on every side."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown


def _edges(mask: Mask, orientation: str) -> Iterator[dict[str, Any]]:
    """One edge for every line of a mask of runs, runs of neighbouring rows taken as one line."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not rows.size:
        return
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1):
        covered = np.concatenate(([False], mask[band].any(axis=0), [False]))
        starts = np.flatnonzero(covered[1:] & ~covered[:-1])
        ends = np.flatnonzero(~covered[1:] & covered[:-1])
        for start, end in zip(starts, ends, strict=True):
            own = band[mask[band, start:end].any(axis=1)]
            if len(own) <= _THICKEST:
                yield _edge(float(own.mean()), float(start), float(end), orientation)


def _edge(across: float, start: float, end: float, orientation: str) -> dict[str, Any]:
    x0, x1, top, bottom = (start, end, across, across) if orientation == "h" else (across, across, start, end)
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
    }
