"""Word 97 files (.doc, .rtf, .odt): LibreOffice makes .docx of them in a folder of its own, without macros."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.files import check_size
from corpus.readers.programs import find_program, run_program

TIMEOUT_S = 120.0


@contextmanager
def as_docx(path: Path) -> Iterator[Path]:
    """The file as .docx, for as long as the context lasts. Raises MissingProgram or UnreadableFile."""
    check_size(path)
    program = find_program("soffice", path)
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        source = Path(folder, f"in{path.suffix.lower()}")
        source.write_bytes(path.read_bytes())
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML"),
            *("--outdir", folder, str(source)),
        ]
        run_program(command, path, TIMEOUT_S)
        target = Path(folder, "in.docx")
        if not target.exists():
            raise UnreadableFile(f"{path}: LibreOffice cannot read it; open it in Word and save it as .docx")
        yield target
