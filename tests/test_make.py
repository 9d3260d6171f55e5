"""`make run` and `make test` do what the README says, and install only when there is something to install."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What make looks at in a fresh clone."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """make as from a shell of its own: neither the flags nor the folder of an outer make in what it prints."""
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")
    environment = {name: value for name, value in os.environ.items() if name not in outer}
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=clone, capture_output=True, text=True, env=environment)


def planned(clone: Path, *words: str) -> str:
    """What make would do, without doing it; the same where this run was itself started by make."""
    done = make(clone, "--dry-run", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_run_installs_reads_the_samples_and_serves(clone: Path) -> None:
    plan = planned(clone, "run", "PORT=9000")
    order = [plan.index(part) for part in ("-m venv", "pip install", "ingest corpus/samples", "serve")]
    assert order == sorted(order)
    assert "--constraint constraints.txt" in plan
    assert "--port 9000" in plan


def test_the_second_run_installs_nothing(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / ".installed").touch()
    assert "pip install" not in planned(clone, "run")


def test_the_default_install_and_the_tests_bring_no_torch(clone: Path) -> None:
    assert "neural" not in planned(clone, "run") + planned(clone, "test")
    assert "neural" in planned(clone, "train")
    assert "torch==" not in (clone / "constraints.txt").read_text(encoding="utf-8")


def test_the_tests_are_linted_and_typed_first(clone: Path) -> None:
    plan = planned(clone, "test")
    order = [plan.index(part) for part in ("ruff check", "ruff format --check", "mypy", "pytest")]
    assert order == sorted(order)


def test_no_python_new_enough_is_said_in_one_line(clone: Path) -> None:
    done = make(clone, "run", "PYTHON=")
    assert done.returncode != 0
    assert "Python 3.11" in done.stderr
    assert not (clone / ".venv").exists()


def test_the_constraints_name_exact_versions_and_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and ("==" not in line or "/" in line)] == []
