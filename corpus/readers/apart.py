"""Foreign file formats are opened in a process of their own, with limits on memory and time.

A library that hangs, crashes or swells on a hostile file takes only that process with it. What comes back is plain:
lines of text and table rows with tabs between their cells.
"""

import importlib
import json
import resource
import sys
import tempfile
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.marks import IMAGE
from corpus.readers.programs import find_program, run_limited

TIMEOUT_S = 180.0
PAGE_TIMEOUT_S = 20.0
MEMORY_BYTES = 3 * 1024**3

_ROOT = Path(__file__).parents[2]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from corpus.readers.apart import main; main()"


def extract_lines(form: str, path: Path, timeout_s: float = TIMEOUT_S) -> list[str]:
    """The lines of a file, page images recognised. Raises UnreadableFile, or MissingProgram without Tesseract."""
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        folder = Path(name)
        lines = _apart(form, path, path, folder, timeout_s)
        pages = sum(1 for line in lines if line.startswith(IMAGE))
        if not pages:
            return lines
        find_program("tesseract", path)
        (folder / "pages.json").write_text(json.dumps(lines), "ascii")
        return _apart("scan", folder / "pages.json", path, folder, timeout_s + pages * PAGE_TIMEOUT_S)


def _apart(form: str, source: Path, path: Path, folder: Path, timeout_s: float) -> list[str]:
    result = folder / "lines.json"
    command = [
        sys.executable,
        "-c",
        _START,
        str(_ROOT),
        form,
        str(source.absolute()),
        str(folder),
        str(result),
    ]
    done = run_limited(command, timeout_s)
    if done is None:
        raise UnreadableFile(f"{path}: reading took longer than {timeout_s:.0f} s; split the file into parts")
    if done.code != 0 or not result.exists():
        raise UnreadableFile(f"{path}: {_reason(done.errors, form)}")
    lines: list[str] = json.loads(result.read_text("ascii"))
    return lines


def _reason(stderr: bytes, form: str) -> str:
    """One line for the person who ran the command: our own refusal as it is, anything else as damage."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    last = lines[-1].strip() if lines else "the process was ended"
    kind, _, message = last.partition(": ")
    if kind.endswith(("UnreadableFile", "MissingProgram")):
        return message
    if "MemoryError" in kind:
        return "needs too much memory; split the file into parts"
    return f"damaged, or no real {form} file ({last[:160]}); open it, save it again and ingest the copy"


def main() -> None:
    """Entry of the other process: format, file, folder for images, file for the lines."""
    form, path, folder, result = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lines = importlib.import_module(f"corpus.readers.{form}").extract(Path(path), Path(folder))
    Path(result).write_text(json.dumps(lines), "ascii")
