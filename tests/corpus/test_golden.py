"""The five seed plans against what a person read in them, row by row and heading by heading (golden/)."""

import json
import os
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Task, Unit
from corpus.readers import read_file
from corpus.vietnamese import fold, one_line

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
GOLDEN = Path(__file__).parent / "golden"
PLANS = ("000", "001", "002", "003", "004")
WITH_TASKS = ("000", "002", "004")
OUTLINE: dict[str, dict[str, Any]] = json.loads((GOLDEN / "outline.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir() and os.environ.get("CI") != "true", reason="the seed plans are not on this machine"
)


@cache
def plan(name: str) -> Document:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    (document,) = read_file(path)
    assert isinstance(document, Document)
    return document


def golden_tasks(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text("utf-8").splitlines()]


def plain(text: str | None) -> str:
    """Text as it is compared: no markup, single blanks, lower case."""
    return one_line(re.sub(r"</?[a-zA-Z][^>]*>|[*_]", " ", text or "")).lower()


def names(units: tuple[Unit, ...]) -> list[str]:
    return [unit.name.lower() for unit in units]


TWELVE = 12  # No more than so many consecutive words of a source are kept in the golden files.


def facts(task: Task) -> tuple[object, ...]:
    deadline = " ".join(plain(task.deadline).split()[:TWELVE]) if task.deadline else None
    return names(task.lead_units), names(task.coordinating_units), deadline


@pytest.mark.parametrize("name", WITH_TASKS)
def test_every_task_stands_at_its_place_in_order(name: str) -> None:
    assert [task.path for task in plan(name).tasks] == [row["path"] for row in golden_tasks(name)]


@pytest.mark.parametrize("name", WITH_TASKS)
def test_every_task_has_the_units_and_the_deadline_of_its_row(name: str) -> None:
    expected = {
        row["path"]: (
            [told["unit"].lower() for told in row["lead_units"]],
            [told["unit"].lower() for told in row["coordinating_units"]],
            plain(row["deadline"]) if row["deadline"] else None,
        )
        for row in golden_tasks(name)
    }
    assert {task.path: facts(task) for task in plan(name).tasks} == expected


@pytest.mark.parametrize("name", WITH_TASKS)
@pytest.mark.parametrize("field", ["task", "activity", "product"])
def test_every_cell_begins_as_in_its_row(name: str, field: str) -> None:
    tasks = {task.path: task for task in plan(name).tasks}
    wrong = [
        (row["path"], row[f"{field}_starts"], getattr(tasks.get(row["path"]), field, None))
        for row in golden_tasks(name)
        if row[f"{field}_starts"]
        and not plain(getattr(tasks.get(row["path"]), field, None)).startswith(plain(row[f"{field}_starts"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", WITH_TASKS)
def test_a_row_that_the_source_garbled_is_flagged(name: str) -> None:
    doubted = {row["path"] for row in golden_tasks(name) if row["doubt"]}
    flagged = {task.path for task in plan(name).tasks if task.doubts}
    assert doubted - flagged == set()


@pytest.mark.parametrize("name", PLANS)
def test_the_header_facts_agree(name: str) -> None:
    document, expected = plan(name), OUTLINE[name]
    issued = date.fromisoformat(expected["issued_on"]) if expected["issued_on"] else None
    assert (document.number, document.issued_on, document.place) == (
        expected["number"],
        issued,
        expected["place"],
    )
    bare = re.sub(r"^(?:Kế hoạch|Quyết định)\s", "", document.title)
    assert fold(bare).startswith(fold(one_line(expected["title_starts"])))
    assert document.signer == expected["signer"]
    assert expected["signer_role"] is None or (document.signer_role or "").endswith(expected["signer_role"])
    assert len(document.recipients) == expected["recipients"]


@pytest.mark.parametrize("name", PLANS)
def test_the_legal_bases_are_typed_references(name: str) -> None:
    found = [
        {
            "kind": reference.kind,
            "number": reference.number,
            "issued_on": reference.issued_on.isoformat() if reference.issued_on else None,
            "issuer": reference.issuer,
        }
        for reference in plan(name).legal_bases
    ]
    assert found == OUTLINE[name]["legal_bases"]


def numbered(document: Document) -> list[tuple[str, str]]:
    """(path, text after the number) of every part that carries a number or letter."""
    return [
        (
            section.path,
            re.sub(r"^(?:(?:Điều \d+|[IVX]+|[\d.]+|[a-zđ])[.)]|[\d.]+\s)\s*", "", plain_keep(section.text)),
        )
        for section in document.sections
        if 1 <= section.level <= 5 and section.label
    ]


def plain_keep(text: str) -> str:
    return one_line(re.sub(r"</?[a-zA-Z][^>]*>|[*_]", " ", text))


@pytest.mark.parametrize("name", PLANS)
def test_every_numbered_part_stands_at_its_place_in_order(name: str) -> None:
    found, expected = numbered(plan(name)), OUTLINE[name]["headings"]
    assert [path for path, _ in found] == [heading["path"] for heading in expected]
    for (path, text), heading in zip(found, expected, strict=True):
        assert text.lower().startswith(one_line(heading["starts"]).lower()), path


@pytest.mark.parametrize("name", PLANS)
def test_dashes_are_counted_under_their_part(name: str) -> None:
    paths = [section.path for section in plan(name).sections]
    for part, count in OUTLINE[name]["counts"].items():
        dashes = [p for p in paths if re.fullmatch(re.escape(part) + r", gạch đầu dòng \d+", p)]
        assert len(dashes) == count, part
