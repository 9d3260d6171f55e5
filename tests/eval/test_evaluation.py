"""An evaluation over the sample ward gives the same files twice, and shows in its figures what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from scripted import LOST, RIGHT, Scripted

from bot.assemble import Parts
from eval.evaluation import Order, Outcome, evaluate
from eval.gold import GoldQuestion
from eval.in_process import InProcess
from eval.provenance import corpus_digest, index_digest, versions
from eval.question_set import QuestionSet, read_set
from eval.shipped import SETS
from eval.variants import Variant


def still(items: list[object], done: int) -> list[object]:
    return items


@pytest.fixture(scope="module")
def question_set() -> QuestionSet:
    return read_set(SETS / "samples.jsonl")


def run_once(parts: Parts, question_set: QuestionSet, folder: Path, earlier: Path | None = None) -> Outcome:
    made_with: dict[str, object] = {
        "corpus": corpus_digest(parts),
        "index": index_digest(parts),
        "versions": versions(),
    }
    variants = (Variant.PLAIN, Variant.TYPO)
    return evaluate(
        Order(question_set, folder, made_with, variants, limit=60, earlier=earlier), InProcess(parts), still
    )


def test_two_runs_give_the_same_answers_byte_for_byte(parts: Parts, question_set: QuestionSet, tmp_path: Path):
    first = run_once(parts, question_set, tmp_path / "a")
    second = run_once(parts, question_set, tmp_path / "b", earlier=tmp_path / "a")
    assert (tmp_path / "a" / "answers.jsonl").read_bytes() == (tmp_path / "b" / "answers.jsonl").read_bytes()
    one, other = (json.loads((tmp_path / name / "run.json").read_text(encoding="utf-8")) for name in "ab")
    assert one["figures"] == other["figures"]
    assert one["made_with"] == other["made_with"]
    assert second.comparison is not None
    assert all(change.p == 1 for change in second.comparison.changes)
    assert first.figures.questions == 60
    assert (tmp_path / "a" / "times.jsonl").read_text(encoding="utf-8").count("\n") == len(first.records)


def test_figures_count_what_went_wrong(tmp_path: Path):
    questions = tuple(
        GoldQuestion(id=f"q{n}", question=f"hỏi {n}", expect="answered", codes=("1.001193",), tags=("ho-tich",))
        for n in range(4)
    )
    assistant = Scripted({"hỏi 0": RIGHT, "hỏi 1": RIGHT, "hỏi 2": RIGHT, "hỏi 3": LOST})
    outcome = evaluate(Order(QuestionSet("nho", "0", questions), tmp_path, {}), assistant, still)
    figures = outcome.figures
    assert figures.confusion == {"answered": {"answered": 3, "no_answer": 1}}
    assert figures.faults == {"status": 1}
    assert figures.plain["whole"].mean == figures.fields["ho-tich"]["right"].mean == 0.75
    assert figures.reliability.count == 4
    assert figures.latency["search"].count == 3


def test_what_a_variant_costs_is_counted_over_the_same_questions(
    parts: Parts, question_set: QuestionSet, tmp_path: Path
):
    outcome = run_once(parts, question_set, tmp_path)
    by_variant: dict[Variant, dict[str, float]] = {variant: {} for variant in Variant}
    for record in outcome.records:
        by_variant[record.variant][record.id] = record.scored.score.status or 0.0
    typo, plain = by_variant[Variant.TYPO], by_variant[Variant.PLAIN]
    lost = sum(typo[name] - plain[name] for name in typo) / len(typo)
    assert outcome.figures.costs["typo"]["status"] == pytest.approx(lost)


def test_twins_and_names_come_from_what_is_published(parts: Parts):
    assistant = InProcess(parts)
    assert assistant.alike(("1.001193", "9.999999")) == {"1.001193", "9.999999"}
    assert list(assistant.names(["1.001193", "9.999999"])) == ["1.001193"]


def test_a_question_is_asked_after_its_history(parts: Parts, write_set: Callable[..., Path]):
    gold = {
        "id": "a",
        "question": "còn lệ phí thì sao",
        "history": ["làm giấy khai sinh cho con cần gì"],
        "commune": "phuong-mau",
        "expect": "answered",
        "codes": ["1.001193"],
    }
    (question,) = read_set(write_set(gold)).questions
    reply = InProcess(parts).reply(question, question.question)
    assert (reply.status, reply.code) == ("answered", "1.001193")
