"""Gates: the least that a set must reach. A figure below its gate fails the run.

A file of gates has a table per set, and in it one per variant; each line names a measure and its bound:
    [samples.plain]
    status = ">= 0.95"
"""

import operator
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from eval.errors import BrokenGates
from eval.figures import Figures
from eval.scoring import MEASURES
from eval.variants import Variant

_BOUND = re.compile(r"^(>=|<=)\s*(\d+(?:\.\d+)?)$")
_COMPARE = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Gate:
    """One bound on one measure of one variant of a set."""

    set_name: str
    variant: Variant
    measure: str
    sign: str
    bound: float


@dataclass(frozen=True, slots=True)
class Checked:
    """A gate and what was measured; `value` is None when the run has no such figure, which fails too."""

    gate: Gate
    value: float | None

    @property
    def holds(self) -> bool:
        """Whether the figure is within its bound."""
        return self.value is not None and bool(_COMPARE[self.gate.sign](round(self.value, 6), self.gate.bound))

    @property
    def line(self) -> str:
        """One line for the person who ran the command."""
        gate = self.gate
        measured = "was not measured" if self.value is None else f"is {self.value:.4f}"
        where = f"{gate.set_name}, {gate.variant}"
        return f"{where}: {gate.measure} {measured}, its gate is {gate.sign} {gate.bound}"


def read_gates(path: Path) -> tuple[Gate, ...]:
    """All gates of a file. Raises BrokenGates."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenGates(f"{path}: {error.strerror or error}; name a file of gates such as eval/gates.toml") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenGates(f"{path}: no TOML file ({error})") from error
    return tuple(
        _gate(path, str(set_name), str(variant), str(measure), bound)
        for set_name, variants in content.items()
        for variant, bounds in _table(path, set_name, variants).items()
        for measure, bound in _table(path, f"{set_name}.{variant}", bounds).items()
    )


def gates_of(gates: tuple[Gate, ...], set_name: str, path: Path) -> tuple[Gate, ...]:
    """The gates of one set.

    Raises BrokenGates when there are none: a gate that checks nothing would look passed.
    """
    chosen = tuple(gate for gate in gates if gate.set_name == set_name)
    if not chosen:
        known = ", ".join(sorted({gate.set_name for gate in gates})) or "none"
        raise BrokenGates(f"{path}: no gates for the set {set_name!r}; it has gates for: {known}")
    return chosen


def checked(gates: tuple[Gate, ...], figures: Figures) -> tuple[Checked, ...]:
    """Every gate with what was measured."""
    results = []
    for gate in gates:
        estimate = figures.variants.get(gate.variant.value, {}).get(gate.measure)
        results.append(Checked(gate, estimate.mean if estimate else None))
    return tuple(results)


def _gate(path: Path, set_name: str, variant: str, measure: str, bound: object) -> Gate:
    where = f"{path}: [{set_name}.{variant}] {measure} = {bound!r}"
    match = _BOUND.match(bound) if isinstance(bound, str) else None
    if match is None:
        raise BrokenGates(f'{where}: write the bound as ">= 0.95" or "<= 0.05"')
    if variant not in set(Variant):
        raise BrokenGates(f"{where}: no such variant; there are {', '.join(Variant)}")
    if measure not in MEASURES:
        raise BrokenGates(f"{where}: no such measure; there are {', '.join(MEASURES)}")
    return Gate(set_name, Variant(variant), measure, match.group(1), float(match.group(2)))


def _table(path: Path, name: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BrokenGates(f"{path}: {name} = {value!r}: a table was expected, such as [samples.plain]")
    return value
