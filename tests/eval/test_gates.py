"""Gates fail when a figure drops, and when it is not measured at all."""

from pathlib import Path

import pytest
from scripted import RIGHT, Scripted

from eval.errors import BrokenGates
from eval.figures import Figures, figures_of
from eval.gates import checked, gates_of, read_gates
from eval.gold import GoldQuestion
from eval.runner import Job, run
from eval.shipped import GATES, SETS
from eval.variants import Variant

QUESTIONS = tuple(
    GoldQuestion(id=f"q{n}", question=f"hỏi {n}", expect="answered", codes=("1.001193",)) for n in range(4)
)


@pytest.fixture
def figures(tmp_path: Path) -> Figures:
    """Three of four right."""
    assistant = Scripted({f"hỏi {n}": RIGHT for n in range(3)})
    return figures_of(run(Job(QUESTIONS, (Variant.PLAIN,), tmp_path, {}), assistant, lambda items, done: items))


def gates(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gates.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_gate_holds_at_its_bound_and_fails_under_it(tmp_path: Path, figures: Figures):
    path = gates(tmp_path, '[nho.plain]\nstatus = ">= 0.75"\nright = ">= 0.76"\nlength = "<= 100"\n')
    results = checked(gates_of(read_gates(path), "nho", path), figures)
    assert [(item.gate.measure, item.holds) for item in results] == [
        ("status", True),
        ("right", False),
        ("length", True),
    ]
    assert results[1].line == "nho, plain: right is 0.7500, its gate is >= 0.76"


def test_a_figure_that_was_not_measured_fails(tmp_path: Path, figures: Figures):
    path = gates(tmp_path, '[nho.typo]\nstatus = ">= 0.1"\n')
    (result,) = checked(read_gates(path), figures)
    assert not result.holds
    assert "was not measured" in result.line


def test_a_set_without_gates_is_refused(tmp_path: Path):
    path = gates(tmp_path, '[khac.plain]\nstatus = ">= 0.1"\n')
    with pytest.raises(BrokenGates, match="it has gates for: khac"):
        gates_of(read_gates(path), "nho", path)


@pytest.mark.parametrize(
    "text",
    [
        '[nho.plain]\nstatus = "0.75"',
        '[nho.plain]\nstaus = ">= 0.75"',
        '[nho.plan]\nstatus = ">= 0.75"',
        "[nho.plain]\nstatus = 0.75",
        'nho = ">= 0.75"',
        "[nho",
    ],
)
def test_a_gate_that_cannot_be_understood_is_refused_with_its_place(tmp_path: Path, text: str):
    with pytest.raises(BrokenGates, match=r"gates\.toml: ") as caught:
        read_gates(gates(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_every_shipped_set_has_gates():
    assert {gate.set_name for gate in read_gates(GATES)} == {path.stem for path in SETS.glob("*.jsonl")}
