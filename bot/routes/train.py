"""Learn the router from the examples in this folder: `python -m bot.routes.train`.

Softmax regression. Procedure and plan questions are taken from the phrasings of the search. Prints the share of
examples that a model trained on the others gets right.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.router import FOLDER, SLOTS, slots_of
from retrieval.phrasings import PLAN_LANGUAGE, SHIPPED, load_phrasings

_PROCEDURES, _PLANS = 5000, 900
_OWN_WEIGHT = 2
_SHORT = 1500
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
Example = tuple[str, str]


def examples(seed: int = 7) -> list[Example]:
    """(route, text) of every example."""
    rng = random.Random(seed)
    found: list[Example] = []
    for path in sorted(FOLDER.glob("*.md")):
        found += _read(path)
    asked = [phrasing for block in load_phrasings(SHIPPED) for phrasing in block.phrasings]
    planned = [phrasing for block in load_phrasings(PLAN_LANGUAGE) for phrasing in block.phrasings]
    found += [("procedure", text) for text in rng.sample(asked, min(_PROCEDURES, len(asked)))]
    short = [text for text in asked if len(text.split()) <= 6]
    found += [("procedure", f"{text} {rng.choice(_WANTED)}") for text in rng.sample(short, min(_SHORT, len(short)))]
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


def fit(
    data: list[Example], names: list[str], epochs: int = 14, rate: float = 0.6, decay: float = 2e-6
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Weights (slots x routes) and biases; routes weigh by the square root of how many examples they have."""
    rng = np.random.default_rng(7)
    weights, bias = np.zeros((SLOTS, len(names)), dtype=np.float32), np.zeros(len(names), dtype=np.float32)
    numbers = np.array([names.index(route) for route, _ in data])
    counts = np.bincount(numbers, minlength=len(names))
    importance = (counts.max() / np.maximum(counts, 1)) ** 0.5
    importance /= importance.mean()
    slots = [slots_of(text) for _, text in data]
    for epoch in range(epochs):
        step = rate * (1 - epoch / epochs) + 0.02
        for i in rng.permutation(len(data)):
            mine, size = slots[i], max(len(slots[i]), 1) ** 0.5
            scores = bias + weights[mine].sum(axis=0) / size
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            chances[numbers[i]] -= 1
            gradient = chances * min(importance[numbers[i]], 3.0)
            weights[mine] -= step * (gradient / size + decay * weights[mine])
            bias -= 0.02 * step * gradient
    return weights, bias


def accuracy(data: list[Example], names: list[str]) -> float:
    """The share of a held-out fifth that is routed right."""
    order = np.random.default_rng(1).permutation(len(data))
    held = set(order[: len(data) // 5].tolist())
    texts = {text for i, (_, text) in enumerate(data) if i in held}
    weights, bias = fit([example for example in data if example[1] not in texts], names)
    right = 0
    for i in held:
        slots = slots_of(data[i][1])
        right += names[int((bias + weights[slots].sum(axis=0) / max(len(slots), 1) ** 0.5).argmax())] == data[i][0]
    return right / len(held)


def main() -> None:
    """Fit, report, save."""
    data = examples()
    names = sorted({route for route, _ in data})
    sys.stderr.write(f"{len(data)} examples, {len(names)} routes, held-out accuracy {accuracy(data, names):.3f}\n")
    weights, bias = fit(data, names)
    scale = np.float32(np.abs(weights).max() / 127)
    np.savez_compressed(
        FOLDER / "routes.npz",
        weights=np.rint(weights / scale).astype(np.int8),
        scale=scale,
        bias=bias,
        names=json.dumps(names),
    )


if __name__ == "__main__":
    main()
