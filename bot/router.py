"""Which kind of message a citizen sent: a linear model over its words, learned from written examples (bot/routes/).

Words are hashed into a fixed table: folded, single and in pairs, and once more with their accents ("gia" may be "giá"
or "giả"). The shipped encoder's vector of the whole message comes on top: it knows words that no example has. The model
is made by `python -m bot.routes.train` and takes a fifth of a millisecond.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.errors import BotError
from corpus.vietnamese import fold, syllables
from retrieval.abbreviations import spelled_out
from retrieval.encoder import Encoder, StaticEncoder

FOLDER = Path(__file__).parent / "routes"
SLOTS = 1 << 16
ASKING = ("procedure", "plan", "guide", "ward")
UNKNOWN = ("admin_unknown", "local")
_FAMILIES = {
    "asking": (*ASKING, *UNKNOWN),
    "emergency": tuple(f"emergency_{name}" for name in ("police", "fire", "medical", "child", "self_harm", "rescue")),
    "talk": ("greeting", "thanks", "goodbye", "who_are_you", "handover", "delete_data"),
    "refused": ("abuse", "refused_illegal", "refused_private", "attack"),
}


class RouterUnavailable(BotError):
    """The router's weights are missing or damaged, or were made for another encoder."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The likeliest route of a message, within the likeliest family of routes.

    `probability` is that of the family (asking, emergency, talk, refused or outside), `asks` that of a question on a
    procedure, a plan or the ward, `unknown` that of one no document answers: on a paper that does not exist, on roads,
    prices and names of the place. `otherwise` is the likeliest route if it asks for none of these and offends nobody.
    """

    route: str
    family: str
    probability: float
    asks: float
    unknown: float = 0.0
    otherwise: str = "off_topic"


class Router:
    """Classifies messages."""

    def __init__(self, encoder: Encoder | None = None, folder: Path = FOLDER) -> None:
        self._encoder = encoder or StaticEncoder()
        try:
            with np.load(folder / "routes.npz") as arrays:
                self._weights = arrays["weights"]
                self._scale = float(arrays["scale"])
                self._dense = arrays["dense"].astype(np.float32)
                self._bias = arrays["bias"].astype(np.float32)
                self._names = tuple(json.loads(str(arrays["names"])))
                made_with = str(arrays["encoder"])
        except (OSError, ValueError, KeyError) as error:
            raise RouterUnavailable(f"{folder / 'routes.npz'}: cannot be read ({error}); reinstall motcua") from error
        if made_with != self._encoder.name:
            raise RouterUnavailable(
                f"{folder / 'routes.npz'}: made with the encoder {made_with}, not {self._encoder.name}; "
                "run `python -m bot.routes.train`"
            )

    def route(self, text: str) -> Routed:
        """The route of a message."""
        slots = slots_of(text)
        words = self._weights[slots].sum(axis=0, dtype=np.float32) * (self._scale / max(len(slots), 1) ** 0.5)
        scores = self._bias + words + self._encoder.encode_queries([text])[0] @ self._dense
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        by_name = dict(zip(self._names, chances.tolist(), strict=True))
        masses: dict[str, float] = {}
        for name, chance in by_name.items():
            masses[family_of(name)] = masses.get(family_of(name), 0.0) + chance
        family = _likeliest(masses)
        route = _likeliest({name: chance for name, chance in by_name.items() if family_of(name) == family})
        other = _likeliest({name: mass for name, mass in masses.items() if name not in ("asking", "refused")})
        otherwise = _likeliest({name: chance for name, chance in by_name.items() if family_of(name) == other})
        asks = sum(by_name.get(name, 0.0) for name in ASKING)
        unknown = sum(by_name.get(name, 0.0) for name in UNKNOWN)
        return Routed(route, family, masses[family], asks, unknown, otherwise)


def _likeliest(chances: dict[str, float]) -> str:
    return max(chances, key=lambda name: chances[name])


@cache
def family_of(route: str) -> str:
    """The family of a route; what is in none is somebody else's business."""
    return next((family for family, routes in _FAMILIES.items() if route in routes), "outside")


def slots_of(text: str) -> npt.NDArray[np.int64]:
    """The table slots of a text's words, pairs of words, its first and last word, and its words with accents."""
    accented = syllables(spelled_out(text))
    words = fold(" ".join(accented)).split()
    pairs = [f"{first} {second}" for first, second in pairwise(["^", *words, "$"])]
    marked = [f"~{syllable}" for syllable, word in zip(accented, words, strict=True) if syllable != word]
    return np.array([crc32(key.encode()) % SLOTS for key in dict.fromkeys([*words, *pairs, *marked])], dtype=np.int64)
