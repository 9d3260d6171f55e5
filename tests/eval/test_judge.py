"""A language model may say what it thinks; no gate listens to it."""

from pathlib import Path

from scripted import RIGHT, Scripted

from eval.gold import GoldQuestion
from eval.judge import agreement, judged
from eval.runner import Job, run
from eval.variants import Variant


class Harsh:
    """Grades everything with the same words."""

    def __init__(self, says: str) -> None:
        self.says = says
        self.asked: list[str] = []

    def complete(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self.says


def test_only_answers_with_sources_are_graded_and_grades_compared(tmp_path: Path):
    questions = [GoldQuestion(id=n, question=f"hỏi {n}", expect="answered", codes=("1.001193",)) for n in "ab"]
    records = run(Job(questions, (Variant.PLAIN,), tmp_path, {}), Scripted({"hỏi a": RIGHT}), lambda items, done: items)
    model = Harsh("Điểm: 5")
    opinions = judged(records, model)
    assert [(opinion.id, opinion.grade) for opinion in opinions] == [("a", 5)]
    assert "Lệ phí" in model.asked[0]
    assert agreement(opinions) == 1
    assert agreement(judged(records, Harsh("Điểm: 2"))) == 0
    assert judged(records, Harsh("không biết"))[0].grade is None
    assert agreement([]) == 0
