"""Photographs and scans (.png, .jpg, .tif): each page becomes a grey image of a size that is read well."""

import warnings
from pathlib import Path

from PIL import Image, ImageSequence

from corpus.errors import UnreadableFile
from corpus.readers.files import MAX_PAGES, check_size
from corpus.readers.marks import IMAGE

MAX_PIXELS = 60_000_000
_A4_INCHES = 8.27
_GOOD_DPI = 200


def extract(path: Path, folder: Path) -> list[str]:
    """Names of the page images, with the mark before them."""
    check_size(path)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    lines = []
    with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            size = f"{picture.width}x{picture.height}"
            raise UnreadableFile(f"{path.name} has {size} points, more than any page; scan it at 200 or 300 dpi")
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= MAX_PAGES:
                raise UnreadableFile(f"{path.name} has more than {MAX_PAGES} pages; split it into parts")
            name = f"page-{number:04}.png"
            _readable(frame.convert("L")).save(folder / name, compress_level=1)
            lines.append(f"{IMAGE}{name}")
    return lines


def _readable(page: Image.Image) -> Image.Image:
    """Small pictures are enlarged, large ones reduced, as if an A4 page had been scanned at 200 dpi."""
    dpi = min(page.width, page.height) / _A4_INCHES
    if 0.7 * _GOOD_DPI <= dpi <= 1.6 * _GOOD_DPI:
        return page
    scale = _GOOD_DPI / max(dpi, 20.0)
    scale = min(scale, 3.0)
    return page.resize(
        (max(1, round(page.width * scale)), max(1, round(page.height * scale))), Image.Resampling.LANCZOS
    )
