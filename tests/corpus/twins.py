"""Twins of a plain-text plan: the same words as .docx, .pdf and scanned pages. Run as a script for the full figures.

python tests/corpus/twins.py ../shared/seeds/*.txt
"""

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2
from docx import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt
from docx.table import Table
from PIL import Image, ImageFilter

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.document import Document
from corpus.paragraphs import paragraphs
from corpus.readers import read_file
from corpus.rows import clean, is_row
from corpus.vietnamese import nfc

DPI = 200
LINE_CM = 17.0


def word_twin(text: str, target: Path) -> None:
    """The plan as a Word file: paragraphs as paragraphs, task tables as real tables, a gap as a new paragraph."""
    word = WordFile()
    word.styles["Normal"].font.name = "Liberation Serif"
    word.styles["Normal"].font.size = Pt(13)
    page = word.sections[0]
    if max((line.count("\t") for line in text.splitlines()), default=0) > 6:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = Cm(2)
    rows: list[list[str]] = []
    for paragraph in [*paragraphs(nfc(text).splitlines()), None]:
        if paragraph is not None and is_row(paragraph.text, inside=bool(rows)):
            if "\t" in paragraph.text and set(paragraph.text) - set("-\t |"):
                rows.append([clean(cell) for cell in paragraph.text.split("\t")])
            continue
        if rows:
            fill(word.add_table(len(rows), max(map(len, rows)), style="Table Grid"), rows)
            rows = []
        if paragraph is not None:
            block = word.add_paragraph(paragraph.text)
            block.paragraph_format.space_after = Pt(6)
            block.paragraph_format.first_line_indent = Cm(1.0)
    word.add_paragraph()  # Word never ends a file on a table.
    word.save(str(target))


def fill(table: Table, rows: list[list[str]]) -> None:
    for y, row in enumerate(rows):
        cells = table.rows[y].cells
        for cell, text in zip(cells, row, strict=False):
            first, *others = text.split("  ")
            cell.paragraphs[0].text = first
            for other in others:
                cell.add_paragraph(other)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(10)
        for x, cell in enumerate(cells):
            cell.width = Cm(1.3) if x == 0 else Cm(LINE_CM / len(cells))


def pdf_twin(word: Path, folder: Path) -> Path:
    """The Word file printed to PDF by LibreOffice."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(word)], check=True, capture_output=True, timeout=180)
    return folder / f"{word.stem}.pdf"


def scanned(pdf: Path, target: Path, pages: int | None = None, dpi: int = DPI) -> list[Image.Image]:
    """Pages as noisy grey pictures: slightly blurred, speckled, not quite white; saved as one TIFF file."""
    noise = np.random.default_rng(7)
    images = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document) if pages is None else min(pages, len(document))):
            page = document[number].render(scale=dpi / 72).to_pil().convert("L")
            points = np.asarray(page.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
            points = points * 0.88 + noise.normal(128, 22, points.shape) * 0.12
            points.flat[noise.integers(0, points.size, 150)] = 40
            images.append(Image.fromarray(points.clip(0, 255).astype(np.uint8)))
    images[0].save(target, save_all=True, append_images=images[1:], dpi=(dpi, dpi), compression="tiff_deflate")
    return images


def only(path: Path) -> Document:
    (document,) = read_file(path)
    assert isinstance(document, Document), document
    return document


def task_facts(document: Document) -> list[tuple[str, ...]]:
    """What counts of each task: its place, its units and its deadline."""
    return [
        (
            task.path,
            "; ".join(unit.name for unit in task.lead_units).lower(),
            "; ".join(unit.name for unit in task.coordinating_units).lower(),
            (task.deadline or "").lower(),
        )
        for task in document.tasks
    ]


def section_paths(document: Document) -> list[str]:
    return [section.path for section in document.sections]


def share(expected: list[object], found: list[object]) -> float:
    """How many of the expected entries were found, in order."""
    if not expected:
        return 1.0 if not found else 0.0
    blocks = difflib.SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(expected)


def letters(document: Document) -> str:
    texts = [*(section.text for section in document.sections), *(task.text for task in document.tasks)]
    return "".join("".join(texts).split())


def letter_share(expected: str, found: str) -> float:
    """Share of the expected letters that stand in `found` in the same order, window by window."""
    same, at = 0, 0
    for start in range(0, len(expected), 2000):
        part = expected[start : start + 2000]
        window = found[max(0, at - 400) : at + 2800]
        matcher = difflib.SequenceMatcher(None, part, window, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        same += sum(block.size for block in blocks)
        at = max(0, at - 400) + (blocks[-1].b + blocks[-1].size if blocks else len(part))
    return same / max(1, len(expected))


def compare(source: Path, twin: Path, printed: Path | None = None) -> str:
    """Tasks and sections against the source; letters against the printed twin, whose pages break alike."""
    expected, found = only(source), only(twin)
    text = letters(only(printed)) if printed else letters(expected)
    return (
        f"{source.name[:3]} {twin.suffix:5} "
        f"tasks {share(list(task_facts(expected)), list(task_facts(found))):.2%} of {len(expected.tasks)}  "
        f"sections {share(list(section_paths(expected)), list(section_paths(found))):.2%} of {len(expected.sections)}  "
        f"letters {letter_share(text, letters(found)):.3%}"
    )


def main() -> None:
    for name in sys.argv[1:]:
        source = Path(name)
        with tempfile.TemporaryDirectory() as folder:
            word = Path(folder, f"{source.stem}.docx")
            word_twin(source.read_text("utf-8"), word)
            pdf = pdf_twin(word, Path(folder))
            scan = Path(folder, f"{source.stem}.tif")
            scanned(pdf, scan)
            print(compare(source, word), compare(source, pdf), compare(source, scan, pdf), sep="\n", flush=True)


if __name__ == "__main__":
    main()
