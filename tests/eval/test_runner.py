"""A run asks every question once, keeps each reply at once, and goes on where it was stopped."""

from pathlib import Path

import pytest
from scripted import RIGHT, Scripted

from eval.errors import UnreadableRun
from eval.gold import GoldQuestion
from eval.run import ANSWERS
from eval.runner import UNFINISHED, Job, finish, run
from eval.variants import Variant

QUESTIONS = tuple(
    GoldQuestion(id=f"q{n}", question=f"câu hỏi số {n}", expect="answered", codes=("1.001193",)) for n in range(6)
)


def job(folder: Path, key: str = "a") -> Job:
    return Job(QUESTIONS, (Variant.PLAIN, Variant.NO_ACCENTS), folder, {"key": key})


def still(items: list[object], done: int) -> list[object]:
    return items


def stopped(folder: Path, after: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(job(folder), Scripted({}, stop_after=after), still)


def test_every_question_is_asked_in_every_variant_in_order(tmp_path: Path):
    assistant = Scripted({})
    records = run(job(tmp_path), assistant, still)
    assert [record.id for record in records] == [f"q{n}" for n in range(6)] * 2
    assert assistant.asked[6:] == [f"cau hoi so {n}" for n in range(6)]


def test_an_interrupted_run_goes_on_and_gives_the_same(tmp_path: Path):
    once = run(job(tmp_path / "once"), Scripted({"câu hỏi số 1": RIGHT}), still)
    stopped(tmp_path / "twice", after=5)
    second = Scripted({"câu hỏi số 1": RIGHT})
    records = run(job(tmp_path / "twice"), second, still)
    assert len(second.asked) == len(once) - 5
    assert [record.id for record in records] == [record.id for record in once]


def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path):
    stopped(tmp_path, after=4)
    answers = tmp_path / UNFINISHED / ANSWERS
    answers.write_bytes(answers.read_bytes()[:-30])
    second = Scripted({})
    assert len(run(job(tmp_path), second, still)) == 12
    assert len(second.asked) == 9


def test_a_run_with_other_settings_starts_anew(tmp_path: Path):
    stopped(tmp_path, after=4)
    second = Scripted({})
    run(job(tmp_path, key="b"), second, still)
    assert len(second.asked) == 12


def test_only_a_finished_run_leaves_files_in_its_folder(tmp_path: Path):
    stopped(tmp_path, after=4)
    assert [path.name for path in tmp_path.iterdir()] == [UNFINISHED]
    run(job(tmp_path), Scripted({}), still)
    finish(tmp_path, {"run.json": "{}", "report.html": "ok"})
    assert {path.name for path in tmp_path.iterdir()} == {"run.json", "report.html", "answers.jsonl", "times.jsonl"}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(UnreadableRun, match="file"):
        run(job(tmp_path / "file"), Scripted({}), still)
