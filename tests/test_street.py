"""Imports run one way, each vendor has one seam, and only the settings read the environment."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
STREET = ("corpus", "retrieval", "bot", "eval", "api")
FILES = sorted(path for package in STREET for path in (ROOT / package).rglob("*.py"))
SEAMS = {
    "chromadb": {"retrieval/vectors.py"},
    "bm25s": {"retrieval/lexical.py"},
    "telegram": {"bot/telegram.py"},
    "langchain": {"bot/langchain_model.py"},
}
"""Packages that one file alone may import (a peer in eval/ is no part of the program)."""
OPTIONAL = (
    "retrieval/training/",
    "retrieval/neural.py",
    "retrieval/langchain_retriever.py",
    "bot/langchain_model.py",
    "eval/peers/",
)
"""Files that are loaded only where an extra is installed."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Every import of a file with the full name of what is imported."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}:{node.lineno}: relative import; write it out"
            yield node, node.module or ""


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_imports_only_its_own_package_and_those_to_its_left(path: Path) -> None:
    allowed = STREET[: STREET.index(path.relative_to(ROOT).parts[0]) + 1]
    wrong = [name for _, name in _imports(path) if name.split(".")[0] in STREET and name.split(".")[0] not in allowed]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_imports_stand_at_the_top_of_a_file_and_not_in_functions(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert inner == [], f"{_name(path)}: import in a function, line(s) {inner}"


@pytest.mark.parametrize("vendor", SEAMS)
def test_a_vendor_is_known_to_one_file(vendor: str) -> None:
    users = {_name(path) for path in FILES for _, name in _imports(path) if name.split(".")[0] == vendor}
    assert {user for user in users if not user.startswith("eval/")} <= SEAMS[vendor]


def test_only_the_settings_read_the_environment() -> None:
    readers = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                readers.add(_name(path))
    # Peers are measured as programs of their own and are handed an environment.
    assert {reader for reader in readers if not reader.startswith("eval/peers/")} <= {"bot/settings.py"}


def test_no_file_is_named_after_what_it_is_instead_of_what_it_holds() -> None:
    shapeless = {"utils", "helpers", "common", "base", "manager", "service"}
    assert [_name(path) for path in FILES if path.stem in shapeless] == []


def test_what_is_imported_is_declared() -> None:
    """A default install must be complete; torch and its kin belong to the extra that training needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    default = {_plain(Requirement(text).name) for text in project["dependencies"]}
    optional = [text for texts in project["optional-dependencies"].values() for text in texts]
    extras = {_plain(Requirement(text).name) for text in optional}
    owners = packages_distributions()
    missing = []
    for path in FILES:
        known = default | extras if _name(path).startswith(OPTIONAL) else default
        for node, name in _imports(path):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top in STREET or top not in owners:
                continue
            if not {_plain(owner) for owner in owners[top]} & known:
                missing.append(f"{_name(path)}:{node.lineno}: {top}")
    assert missing == []


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
