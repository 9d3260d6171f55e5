"""Learn the router from the examples in this folder: `python -m bot.routes.train`.

Softmax regression. Procedure and plan questions are taken from the phrasings of the search. Every message is learned
as the chatbot hands it over: with its accents restored, half of the time after losing those it was written with. Prints
the share of examples that a model trained on the others gets right.
"""

import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.english import is_english
from bot.router import FOLDER, SLOTS, slots_of
from corpus.vietnamese import fold
from retrieval.encoder import StaticEncoder
from retrieval.entries import bare_name
from retrieval.phrasings import PLAN_LANGUAGE, SHIPPED, load_phrasings
from retrieval.spelling import Spelling

_PROCEDURES, _PLANS = 9000, 900
_OWN_WEIGHT = 2
_MANY = ("procedure", "plan")
_SHORT, _LONG = 1500, 1500
_BATCH, _EPOCHS, _RATE = 8, 10, 0.6
_FITS = 4
# What people add to the name of a procedure.
_WANTED = (
    "lệ phí bao nhiêu",
    "bao nhiêu tiền",
    "mất bao lâu",
    "mấy ngày có",
    "nộp ở đâu",
    "làm ở đâu",
    "cần giấy tờ gì",
    "cần gì",
    "hồ sơ gồm gì",
    "làm online được không",
    "phí bn",
    "thì làm sao",
    "thế nào",
    "ai giải quyết",
    "điều kiện gì",
    "bao lâu thì lấy được",
)
# How people begin before they come to it.
_OPENINGS = (
    "tôi muốn",
    "em cần",
    "nhà tôi có việc",
    "gia đình em đang cần",
    "bác già rồi không rành, giờ muốn",
    "hôm trước lên phường người ta bảo",
    "con tôi",
    "mẹ em",
    "tui ở quê lên, tính",
    "chồng tôi đi làm xa,",
    "cho tôi biết",
    "tôi chưa biết làm sao,",
)
Example = tuple[str, str]


@dataclass(frozen=True)
class Weights:
    """The model: by slot and route, by dimension of the encoder and route, by route."""

    words: npt.NDArray[np.float32]
    dense: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]


def examples(seed: int = 7) -> list[Example]:
    """(route, text) of every example."""
    rng = random.Random(seed)
    found: list[Example] = []
    for path in sorted(FOLDER.glob("*.md")):
        found += _read(path)
    asked = [phrasing for block in load_phrasings(SHIPPED) for phrasing in block.phrasings]
    planned = [phrasing for block in load_phrasings(PLAN_LANGUAGE) for phrasing in block.phrasings]
    found += [("procedure", bare_name(block.name)) for block in load_phrasings(SHIPPED)]
    found += [("procedure", text) for text in rng.sample(asked, min(_PROCEDURES, len(asked)))]
    short = [text for text in asked if len(text.split()) <= 6]
    found += [("procedure", f"{text} {rng.choice(_WANTED)}") for text in rng.sample(short, min(_SHORT, len(short)))]
    found += [("procedure", f"{rng.choice(_OPENINGS)} {text}") for text in rng.sample(asked, min(_LONG, len(asked)))]
    found += [("plan", text) for text in rng.sample(planned, min(_PLANS, len(planned)))]
    return found


def _read(path: Path) -> list[Example]:
    route, found = "", list[Example]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            route = line[3:].strip()
        elif line.startswith("- ") and route:
            found += [(route, line[2:].strip())] * (_OWN_WEIGHT if route in ("procedure", "plan") else 1)
    return found


def as_typed(data: list[Example], spelling: Spelling, seed: int = 7) -> list[Example]:
    """The examples as they reach the router; all but the many twice, with accents as written and as guessed."""
    rng = random.Random(seed)
    found: list[Example] = []
    for route, text in data:
        if is_english(text):
            found += [(route, text)] * 2
            continue
        forms = [text, fold(text)]
        found += [(route, spelling.restore(form)) for form in (forms if route not in _MANY else [rng.choice(forms)])]
    return found


def fit(data: list[Example], names: list[str], encoder: StaticEncoder) -> Weights:
    """The mean of several fits: one fit alone changes its mind about a few messages in a hundred with its seed."""
    fits = [_fit(data, names, encoder, seed) for seed in range(_FITS)]
    return Weights(*(np.mean([getattr(one, part) for one in fits], axis=0) for part in ("words", "dense", "bias")))


def _fit(data: list[Example], names: list[str], encoder: StaticEncoder, seed: int) -> Weights:
    """One fit by stochastic gradient descent; routes weigh by the square root of how many examples they have."""
    rng = np.random.default_rng(seed)
    words = np.zeros((SLOTS, len(names)), dtype=np.float32)
    dense = np.zeros((encoder.dimensions, len(names)), dtype=np.float32)
    bias = np.zeros(len(names), dtype=np.float32)
    numbers = np.array([names.index(route) for route, _ in data])
    counts = np.bincount(numbers, minlength=len(names))
    importance = (counts.max() / np.maximum(counts, 1)) ** 0.5
    importance = np.minimum(importance / importance.mean(), 3.0)
    slots, vectors = [slots_of(text) for _, text in data], encoder.encode_queries([text for _, text in data])
    sizes = np.array([len(mine) for mine in slots])
    for epoch in range(_EPOCHS):
        step = np.float32(_RATE * (1 - epoch / _EPOCHS) + 0.02)
        for batch in np.array_split(rng.permutation(len(data)), len(data) // _BATCH + 1):
            flat, ends = np.concatenate([slots[i] for i in batch]), np.cumsum(sizes[batch])
            share = 1 / np.sqrt(sizes[batch], dtype=np.float32)[:, None]
            summed = np.add.reduceat(words[flat], np.concatenate([[0], ends[:-1]]), axis=0) * share
            scores = summed + vectors[batch] @ dense + bias
            chances = np.exp(scores - scores.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
            chances[np.arange(len(batch)), numbers[batch]] -= 1
            gradient = (chances * importance[numbers[batch]][:, None]).astype(np.float32)
            np.subtract.at(words, flat, np.repeat(step * gradient * share, sizes[batch], axis=0))
            dense -= step * (vectors[batch].T @ gradient)
            bias -= np.float32(0.02) * step * gradient.sum(axis=0)
    return Weights(words, dense, bias)


def accuracy(data: list[Example], names: list[str], encoder: StaticEncoder, spelling: Spelling) -> float:
    """The share of a held-out fifth that is routed right."""
    order = np.random.default_rng(1).permutation(len(data))
    held = {data[i] for i in order[: len(data) // 5].tolist()}
    weights = fit(as_typed([example for example in data if example not in held], spelling), names, encoder)
    right = 0
    for route, text in held:
        slots, vector = slots_of(spelling.restore(text)), encoder.encode_queries([spelling.restore(text)])[0]
        scores = weights.bias + weights.words[slots].sum(axis=0) / max(len(slots), 1) ** 0.5 + vector @ weights.dense
        right += names[int(scores.argmax())] == route
    return right / len(held)


def main() -> None:
    """Fit, report, save."""
    encoder, spelling, data = StaticEncoder(), Spelling(), examples()
    names = sorted({route for route, _ in data})
    share = accuracy(data, names, encoder, spelling)
    sys.stderr.write(f"{len(data)} examples, {len(names)} routes, held-out accuracy {share:.3f}\n")
    weights = fit(as_typed(data, spelling), names, encoder)
    scale = np.float32(np.abs(weights.words).max() / 127)
    np.savez_compressed(
        FOLDER / "routes.npz",
        weights=np.rint(weights.words / scale).astype(np.int8),
        scale=scale,
        dense=weights.dense.astype(np.float16),
        bias=weights.bias,
        names=json.dumps(names),
        encoder=encoder.name,
    )


if __name__ == "__main__":
    main()
