"""Learn the ranking's weights from questions with known answers: `python -m retrieval.training.ranking --data DIR`.

The data folder must hold the procedures and plans that the questions ask for, published with the shipped encoder.
Listwise softmax: the right candidate should weigh more than all others together. Each question also counts stripped
of its accents. Prints the cross-validated share of right first hits, then writes model/ranking.json.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.database import connect
from corpus.store import DocumentStore
from corpus.vietnamese import fold, one_line
from retrieval.encoder import SHIPPED, StaticEncoder
from retrieval.entries import Unit, family_of, nested
from retrieval.evidence import FEATURES
from retrieval.index import LiveIndex
from retrieval.question import read_question
from retrieval.ranking import SIGNALS, Ranker, signals_of
from retrieval.search import Searcher
from retrieval.spelling import Spelling
from retrieval.vectors import Chroma

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with what answers it: procedure codes, or words that the right part of a plan holds.

    Where neither is known, the right part is one that holds all `facts` of the answer.
    """

    question: str
    commune: str | None
    codes: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """Candidates of one question: features, which of them are right, the group each belongs to and its address."""

    features: Array
    right: npt.NDArray[np.bool_]
    groups: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    question: str = ""


class _Collector:
    """Runs questions through the search as far as the features."""

    def __init__(self, data: Path) -> None:
        self.store = DocumentStore(connect(f"sqlite:///{data / 'motcua.db'}"))
        self.encoder = StaticEncoder()
        self.index = LiveIndex(self.store, data / "index", Chroma(), self.encoder)
        self.restorer = Spelling()
        self.texts: dict[str, dict[str, str]] = {}
        self.searcher = Searcher(self.store, self.index, self.encoder, Ranker())

    def strangers(self, gold: Gold, number: int) -> Iterator[tuple[str, Example]]:
        """A procedure question asked in a commune whose plan does not answer it: its parts are all wrong."""
        homes = [home.id for home in self.store.communes()]
        if homes and gold.codes and not gold.commune:
            asked = Gold(gold.question, homes[number % len(homes)])
            yield from ((kind, example) for kind, example in self.examples(asked) if kind != "procedure")

    def examples(self, gold: Gold) -> Iterator[tuple[str, Example]]:
        """("procedure", "guide" or "part", example) of a question, as typed and without accents."""
        for text in dict.fromkeys([gold.question, fold(gold.question)]):
            question = read_question(text, self.restorer)
            if question.is_empty:
                continue
            parts: dict[str, list[tuple[Array, bool, Unit]]] = {"procedure": [], "guide": [], "part": []}
            for generation in self.index.generations(gold.commune):
                candidates = self.searcher.candidates(generation, question, gold.commune)
                wanted = {unit.group for unit in generation.units if unit.procedure_code in gold.codes}
                for row, number in enumerate(candidates.units.tolist()):
                    unit = generation.units[number]
                    kind = family_of(unit.kind)
                    right = unit.group in wanted if kind == "procedure" else self._holds(gold, unit.chunk_id)
                    parts[kind].append((candidates.features[row].astype(np.float64), right, unit))
            for kind, rows in parts.items():
                truths = np.array([right for _, right, _ in rows])
                # A right part that is told by nothing but the facts may stand elsewhere in other words.
                if rows and not (gold.facts and kind != "procedure" and not truths.any()):
                    groups = tuple(unit.group for _, _, unit in rows)
                    addresses = tuple(unit.address for _, _, unit in rows)
                    features = np.stack([features for features, _, _ in rows])
                    yield kind, Example(features, truths, groups, addresses, gold.question)

    def _holds(self, gold: Gold, chunk_id: str) -> bool:
        if not (gold.evidence or gold.facts) or gold.commune is None:
            return False
        if gold.commune not in self.texts:
            self.texts[gold.commune] = {chunk.id: plain(chunk.text) for chunk in self.store.chunks(gold.commune)}
        text = self.texts[gold.commune].get(chunk_id, "")
        if gold.facts:
            return all(plain(fact) in text for fact in gold.facts)
        return any(plain(part) in text for part in gold.evidence)


def plain(text: str) -> str:
    """Text for comparing evidence: no markup, one blank, lower case."""
    return one_line(re.sub(r"[*_]|<[^>]+>", " ", text)).lower()


def fit(examples: list[Example], steps: int = 300, rate: float = 0.5, decay: float = 1e-3) -> Array:
    """Weights that put the right candidates on top."""
    weights = np.zeros(len(FEATURES))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    usable = [example for example in examples if example.right.any()]
    for step in range(steps):
        gradient = decay * weights
        for example in usable:
            scores = example.features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            target = chance * example.right
            target = target / target.sum() if target.sum() > 1e-12 else example.right / example.right.sum()
            gradient += example.features.T @ (chance - target) / len(usable)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        moved = (first / (1 - 0.9 ** (step + 1))) / (np.sqrt(second / (1 - 0.99 ** (step + 1))) + 1e-8)
        weights -= rate * (1 - step / steps) * moved
    return weights


def shares(examples: list[Example], weights: Array, first: tuple[int, ...] = (1, 3, 5)) -> list[float]:
    """The share of questions whose right answer is among the first 1, 3, 5 groups."""
    hits = np.zeros(len(first))
    for example in examples:
        order = np.argsort(-(example.features @ weights), kind="stable")
        seen: dict[str, bool] = {}
        for row in order:
            seen[example.groups[row]] = seen.get(example.groups[row], False) or bool(example.right[row])
            if len(seen) > max(first):
                break
        ranked = list(seen.values())
        hits += [any(ranked[:n]) for n in first]
    return [round(float(value), 4) for value in hits / max(len(examples), 1)]


def cross_validated(examples: list[Example], folds: int = 4, decay: float = 1e-3) -> list[float]:
    """The same on questions that the weights were not fitted to. All forms of a question stay in one fold."""
    questions = list(dict.fromkeys(example.question for example in examples))
    order = np.random.default_rng(0).permutation(len(questions)).tolist()
    figures = []
    for fold_number in range(folds):
        held = {questions[number] for number in order[fold_number::folds]}
        training = [example for example in examples if example.question not in held]
        testing = [example for example in examples if example.question in held]
        figures.append(shares(testing, fit(training, decay=decay)))
    return [round(float(value), 4) for value in np.mean(figures, axis=0)]


def calibrate(examples: list[Example], weights: Array, steps: int = 3000) -> dict[str, float]:
    """Logistic regression of "the first hit is right" on the signals of the head."""
    rows, right = [], []
    for example in examples:
        scores = example.features @ weights
        order = np.argsort(-scores, kind="stable")
        best = order[0]
        other = next((row for row in order[1:] if not _same(example, row, best)), None)
        runner_up = float(scores[other]) if other is not None else None
        rows.append(signals_of(example.features[best].astype(np.float32), float(scores[best]), runner_up))
        right.append(bool(example.right[best]))
    table, truth = np.stack(rows).astype(np.float64), np.array(right, dtype=np.float64)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    normal = (table - mean) / spread
    slopes, bias = np.zeros(table.shape[1]), 0.0
    for _ in range(steps):
        error = 1 / (1 + np.exp(-(normal @ slopes + bias))) - truth
        slopes -= 0.3 * (normal.T @ error / len(truth) + 1e-3 * slopes)
        bias -= 0.3 * error.mean()
    slopes, bias = slopes / spread, bias - float((slopes * mean / spread).sum())
    return {**dict(zip(SIGNALS, slopes.round(4).tolist(), strict=True)), "bias": round(float(bias), 4)}


def _same(example: Example, one: int, other: int) -> bool:
    """Whether two candidates say the same: twins, or a section and a line of it."""
    if example.groups[one] == example.groups[other]:
        return True
    return bool(example.addresses) and nested(example.addresses[one], example.addresses[other])


def main() -> None:
    """Fit, report and save."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.training.ranking", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data folder with everything published")
    parser.add_argument("--questions", type=Path, nargs="+", required=True, help="question sets (JSON Lines)")
    options = parser.parse_args()
    golds = [_gold(json.loads(line)) for path in options.questions for line in path.open(encoding="utf-8")]
    collector = _Collector(options.data)
    collected: dict[str, list[Example]] = {"procedure": [], "guide": [], "part": []}
    for number, gold in enumerate(golds):
        for kind, example in collector.strangers(gold, number):
            collected[kind].append(example)
        for kind, example in collector.examples(gold):
            collected[kind].append(example)
    result = {}
    for kind, examples in collected.items():
        decay = 1e-3 if kind == "procedure" else 2e-3
        answerable = [example for example in examples if example.right.any()]
        weights = fit(examples, decay=decay)
        figures = cross_validated(answerable, decay=decay)
        sys.stderr.write(f"{kind}: {len(answerable)} examples, first/3/5 {figures} cross-validated\n")
        named = {
            name: round(float(value), 3) for name, value in zip(FEATURES, weights, strict=True) if abs(value) > 1e-3
        }
        result[kind] = {"weights": named, "signals": calibrate(examples, weights)}
    (SHIPPED / "ranking.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _gold(record: dict[str, Any]) -> Gold:
    codes, evidence = frozenset(record.get("codes") or ()), tuple(record.get("evidence") or ())
    answered = record["expect"] == "answered" and not codes and not evidence
    facts = tuple(record.get("facts") or ()) if answered else ()
    return Gold(record["question"], record.get("commune"), codes, evidence, facts)


if __name__ == "__main__":
    main()
