"""System programs that a reader needs, run with a time limit and in a process group of their own."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import MissingProgram, UnreadableFile

_PACKAGES = {"soffice": "libreoffice-writer", "tesseract": "tesseract-ocr tesseract-ocr-vie"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program left: exit code, standard output and standard error."""

    code: int
    output: bytes
    errors: bytes


def find_program(name: str, file: Path) -> str:
    """The program's full path. Raises MissingProgram with the command that installs it."""
    found = shutil.which(name)
    if found is None:
        install = f"sudo apt-get install {_PACKAGES[name]}"
        raise MissingProgram(f"{file}: reading it needs the program {name!r}; install it with: {install}")
    return found


def run_limited(command: list[str], timeout_s: float) -> Ran | None:
    """Run a program; None when it took too long, and then everything that it had started is ended as well."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None
        return Ran(process.returncode, output, errors)


def run_program(command: list[str], file: Path, timeout_s: float) -> bytes:
    """Standard output of a program working on `file`. Raises UnreadableFile when it fails or takes too long."""
    name = Path(command[0]).name
    done = run_limited(command, timeout_s)
    if done is None:
        raise UnreadableFile(
            f"{file}: {name} took longer than {timeout_s:.0f} s; split it or save it in another format"
        )
    if done.code != 0:
        said = done.errors.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1][:200] if said else f"exit code {done.code}"
        raise UnreadableFile(f"{file}: {name} cannot read it ({reason}); copy it again from its source")
    return done.output
