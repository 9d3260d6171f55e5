"""Two runs are compared question by question."""

from pathlib import Path

from scripted import LOST, RIGHT, Scripted

from eval.comparison import compared
from eval.gold import GoldQuestion
from eval.reply import Reply
from eval.run import Record
from eval.runner import Job, run
from eval.variants import Variant


def records(folder: Path, replies: dict[str, Reply], count: int = 12) -> list[Record]:
    questions = [
        GoldQuestion(id=f"q{n}", question=f"hỏi {n}", expect="answered", codes=("1.001193",)) for n in range(count)
    ]
    return run(Job(questions, (Variant.PLAIN,), folder, {}), Scripted(replies), lambda items, done: items)


def test_the_same_run_twice_differs_in_nothing(tmp_path: Path):
    replies = {f"hỏi {n}": RIGHT for n in range(5)}
    result = compared(records(tmp_path / "a", replies), records(tmp_path / "b", replies))
    assert (result.better, result.worse, result.unpaired) == ((), (), 0)
    assert all(change.p == 1 and change.before == change.now for change in result.changes)


def test_many_questions_mended_is_more_than_chance(tmp_path: Path):
    before = records(tmp_path / "a", {"hỏi 0": LOST})
    now = records(tmp_path / "b", {f"hỏi {n}": RIGHT for n in range(10)}, count=11)
    result = compared(before, now)
    assert (len(result.better), len(result.worse), result.unpaired) == (10, 0, 1)
    status = next(change for change in result.changes if change.measure == "status")
    assert (status.before, status.count) == (0, 11)
    assert status.p < 0.01
