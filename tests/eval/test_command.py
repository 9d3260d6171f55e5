"""`motcua eval` as people call it: exit codes, one line per problem, nothing half-written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.assemble import Parts
from tests.conftest import Ran

Motcua = Callable[..., Ran]
QUESTION = {
    "id": "a",
    "question": "làm khai sinh cần gì",
    "commune": "phuong-mau",
    "expect": "answered",
    "codes": ["1.001193"],
}


@pytest.fixture
def data(parts: Parts) -> Path:
    return parts.settings.data


def test_a_set_is_scored_and_reported(motcua: Motcua, data: Path, write_set: Callable[..., Path], tmp_path: Path):
    other = {"id": "b", "question": "xin chào", "commune": "phuong-mau", "expect": "greeting"}
    ran = motcua("eval", write_set(QUESTION, other), "--report", tmp_path / "r", "--data", data, "--variants", "all")
    assert (ran.code, ran.err) == (0, "")
    assert {path.name for path in (tmp_path / "r").iterdir()} == {
        "run.json",
        "answers.jsonl",
        "times.jsonl",
        "report.html",
    }
    assert "no_accents:" in ran.out
    assert "invented numbers: 0; forbidden words said: 0" in ran.out


def test_a_broken_set_lists_every_problem_and_writes_nothing(motcua: Motcua, data: Path, tmp_path: Path):
    path = tmp_path / "hong.jsonl"
    path.write_text('{oops\n{"id": "a", "question": "x", "expect": "answered"}\n', encoding="utf-8")
    ran = motcua("eval", path, "--report", tmp_path / "r", "--data", data)
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.complaints] == [f"{path}, line 1", f"{path}, line 2", "motcua eval"]
    assert not (tmp_path / "r").exists()


def test_a_gate_that_does_not_hold_fails_the_command(
    motcua: Motcua, data: Path, write_set: Callable[..., Path], tmp_path: Path
):
    gates = tmp_path / "gates.toml"
    gates.write_text('[nho.plain]\nlength = "<= 1"\nstatus = ">= 0"\n', encoding="utf-8")
    ran = motcua("eval", write_set(QUESTION), "--report", tmp_path / "r", "--data", data, "--gate", gates)
    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert ran.complaints[0].startswith("motcua eval: gate: nho, plain: length is ")
    assert (tmp_path / "r" / "report.html").exists()


def test_a_run_is_compared_with_an_earlier_one(
    motcua: Motcua, data: Path, write_set: Callable[..., Path], tmp_path: Path
):
    path = write_set(QUESTION)
    assert motcua("eval", path, "--report", tmp_path / "a", "--data", data).code == 0
    ran = motcua("eval", path, "--report", tmp_path / "b", "--data", data, "--compare", tmp_path / "a")
    assert "compared: 0 better, 0 worse" in ran.out
    ran = motcua("eval", path, "--report", tmp_path / "c", "--data", data, "--compare", tmp_path / "nowhere")
    assert ran.code == 1
    assert "name the report folder of a finished run" in ran.err
    assert not (tmp_path / "c").exists()


def test_a_commune_nobody_knows_stops_the_run_before_it_begins(
    motcua: Motcua, data: Path, write_set: Callable[..., Path], tmp_path: Path
):
    path = write_set(QUESTION | {"commune": "xa-la"})
    ran = motcua("eval", path, "--report", tmp_path / "r", "--data", data)
    assert (ran.code, len(ran.complaints)) == (1, 1)
    assert "unknown commune 'xa-la'" in ran.err
    assert not (tmp_path / "r").exists()


def test_codes_that_are_not_published_are_pointed_out(
    motcua: Motcua, data: Path, write_set: Callable[..., Path], tmp_path: Path
):
    ran = motcua("eval", write_set(QUESTION | {"codes": ["9.999999"]}), "--report", tmp_path / "r", "--data", data)
    assert ran.code == 0
    assert ran.err == "note: 1 of 1 gold codes are not published here: 9.999999 …\n"


def test_a_shipped_set_is_known_by_its_name(motcua: Motcua, data: Path, tmp_path: Path):
    ran = motcua("eval", "samples", "--limit", 2, "--report", tmp_path / "r", "--data", data)
    assert (ran.code, ran.out.splitlines()[-1][:11]) == (0, "2 questions")


@pytest.mark.parametrize(
    "words",
    [
        ("samples", "--variants", "shouting"),
        ("samples", "--limit", "0"),
        ("samples", "extra"),
        ("new",),
        ("load",),
        ("load", "--url", "http://127.0.0.1:9", "--rate", "0"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(motcua: Motcua, words: tuple[str, ...]):
    ran = motcua("eval", *words)
    assert (ran.code, len(ran.complaints)) == (2, 1)


def test_a_server_that_is_not_there_is_named(motcua: Motcua, write_set: Callable[..., Path], tmp_path: Path):
    url = "http://127.0.0.1:9"
    ran = motcua("eval", write_set(QUESTION), "--url", url, "--report", tmp_path / "r")
    assert (ran.code, len(ran.complaints)) == (1, 1)
    assert url in ran.err
    assert motcua("eval", "load", "--url", url).code == 1


def test_staff_write_a_set_in_a_spreadsheet(motcua: Motcua, data: Path, tmp_path: Path):
    assert motcua("eval", "new", "a.xlsx", "--data", data).code == 0
    ran = motcua("eval", "new", "a.xlsx", "--data", data)
    assert (ran.code, ran.out) == (0, "a.jsonl: 1 questions, all checks passed\n")
    book = load_workbook("a.xlsx")
    book["Câu hỏi"]["F2"] = "9.999999"
    book.save("a.xlsx")
    ran = motcua("eval", "new", "a.xlsx", "--output", "b.jsonl", "--data", data)
    assert ran.code == 1
    assert ran.complaints[0] == "a.xlsx, line 2: unknown procedure code '9.999999'"
    assert not Path("b.jsonl").exists()
