"""Which kind of message a citizen sent: a linear model over its words, learned from written examples (bot/routes/).

Words are folded, single and in pairs, hashed into a fixed table; the examples are short, so that is enough. The model
is made by `python -m bot.routes.train` and takes a tenth of a millisecond.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.errors import BotError
from corpus.vietnamese import fold
from retrieval.words import lexical_words

FOLDER = Path(__file__).parent / "routes"
SLOTS = 1 << 15
ASKING = ("procedure", "plan")
_FAMILIES = {
    "asking": (*ASKING, "admin_unknown"),
    "emergency": tuple(f"emergency_{name}" for name in ("police", "fire", "medical", "child", "self_harm", "rescue")),
    "talk": ("greeting", "thanks", "goodbye", "who_are_you", "handover", "delete_data"),
    "refused": ("abuse", "refused_illegal", "refused_private", "attack"),
}


class RouterUnavailable(BotError):
    """The router's weights are missing or damaged."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The likeliest route of a message, within the likeliest family of routes.

    `probability` is that of the family (asking, emergency, talk, refused or outside), `asks` that of a question on a
    procedure or a plan.
    """

    route: str
    family: str
    probability: float
    asks: float


class Router:
    """Classifies messages."""

    def __init__(self, folder: Path = FOLDER) -> None:
        try:
            with np.load(folder / "routes.npz") as arrays:
                self._weights = arrays["weights"].astype(np.float32) * arrays["scale"]
                self._bias = arrays["bias"].astype(np.float32)
                self._names = tuple(json.loads(str(arrays["names"])))
        except (OSError, ValueError, KeyError) as error:
            raise RouterUnavailable(f"{folder / 'routes.npz'}: cannot be read ({error}); reinstall motcua") from error

    def route(self, text: str) -> Routed:
        """The route of a message."""
        slots = slots_of(text)
        scores = self._bias + self._weights[slots].sum(axis=0) / max(len(slots), 1) ** 0.5
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        by_name = dict(zip(self._names, chances.tolist(), strict=True))
        masses: dict[str, float] = {}
        for name, chance in by_name.items():
            masses[family_of(name)] = masses.get(family_of(name), 0.0) + chance
        family = max(masses, key=lambda name: masses[name])
        best = max((name for name in by_name if family_of(name) == family), key=lambda name: by_name[name])
        return Routed(best, family, masses[family], sum(by_name.get(name, 0.0) for name in ASKING))


def family_of(route: str) -> str:
    """The family of a route; what is in none is somebody else's business."""
    return next((family for family, routes in _FAMILIES.items() if route in routes), "outside")


def slots_of(text: str) -> npt.NDArray[np.int64]:
    """The table slots of a text's words, pairs of words and of its first and last word."""
    words = lexical_words(fold(text))
    marked = ["^", *words, "$"]
    pairs = [f"{first} {second}" for first, second in pairwise(marked)]
    return np.array([crc32(word.encode()) % SLOTS for word in dict.fromkeys([*words, *pairs])], dtype=np.int64)
