"""The documentation keeps step: every setting and command stands in it, and its commands run."""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from api.cli import COMMANDS
from bot.settings import Settings
from corpus.errors import UnreadableFile
from corpus.readers import read_file
from tests.conftest import COMMUNE, ROOT, SAMPLES, Ran

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
ENDLESS = ("serve", "telegram")
"""Commands that run until stopped."""


def row(name: str, field: FieldInfo) -> str:
    """A setting's line in the README."""
    default = "" if field.default in (None, "", PydanticUndefined) else f"`{field.default}`"
    return f"| `MOTCUA_{name.upper()}` | {default} | {field.description} |"


def example(name: str, field: FieldInfo) -> str:
    """A setting's line in `.env.example`."""
    default = "" if field.default in (None, PydanticUndefined) else field.default
    return f"# MOTCUA_{name.upper()}={default}"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme_with_its_default(name: str) -> None:
    assert row(name, Settings.model_fields[name]) in README.splitlines()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_example_file(name: str) -> None:
    assert example(name, Settings.model_fields[name]) in EXAMPLE.splitlines()


def test_no_setting_is_documented_that_is_gone() -> None:
    named = set(re.findall(r"MOTCUA_([A-Z_]+)", README + EXAMPLE))
    assert {name.lower() for name in named} - set(Settings.model_fields) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `motcua (?:\w+\\\|)?{name}\b", README, re.MULTILINE)


def test_every_command_file_is_announced() -> None:
    files = {path.stem for path in (ROOT / "api" / "commands").glob("[a-z]*.py")}
    assert {name.replace("evaluate", "eval") for name in files} == set(COMMANDS)


def test_every_format_is_in_the_readme() -> None:
    with pytest.raises(UnreadableFile) as refused:
        next(read_file(Path("letter.unknown")))
    known = str(refused.value).partition("; known: ")[2].split(", ")
    assert ".txt" in known
    assert [suffix for suffix in known if f"`{suffix}`" not in README] == []


def test_every_file_named_in_the_documentation_exists() -> None:
    texts = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:corpus|retrieval|bot|eval|api|tests)/[\w./-]+)`", texts)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_make_target_named_in_the_documentation_exists() -> None:
    texts = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", texts, re.MULTILINE)) <= set(targets)


def _commands() -> Iterator[str]:
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        yield from (line.partition("#")[0].strip() for line in block.splitlines() if line.startswith("motcua "))


@pytest.fixture
def newcomer(motcua: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    """`motcua` in a folder that looks like a clone after `make run`, with a ward's own folder beside it."""
    for name in ("corpus", "eval"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "my-ward").mkdir()
    shutil.copy(SAMPLES / "phuong-mau.md", tmp_path / "my-ward")
    assert motcua("ingest", "corpus/samples", "--commune", COMMUNE).code == 0
    return motcua


def test_the_commands_of_the_readme_run(newcomer: Callable[..., Ran]) -> None:
    commands = [shlex.split(command)[1:] for command in _commands()]
    assert commands
    for words in commands:
        if words[0] not in ENDLESS:
            ran = newcomer(*words)
            assert ran.code == 0, (words, ran.err)


def test_the_answer_in_the_readme_is_the_answer_given(newcomer: Callable[..., Ran]) -> None:
    ((command, shown),) = re.findall(r"^```console\n\$ motcua (.*?)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert newcomer(*shlex.split(command)).out == shown
