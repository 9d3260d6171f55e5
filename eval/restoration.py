"""How well accents and typing slips are mended: `python -m eval.restoration [--xquad FILE]`, by hand.

Every accented question of the sets is spoilt in a known way, mended again and compared syllable by syllable
with what it was. `clean` is not spoilt: what changes there is a false repair.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from corpus.vietnamese import has_accents, new_tone, nfc
from retrieval.diacritics import Restorer
from retrieval.keyboard import Keyboard
from retrieval.syllables import SHIPPED

SETS = Path(__file__).parent / "sets"
NAMES = ("procedures-a", "procedures-b", "plans")
# Questions written with these tags lack accents, or hold slips on purpose: they cannot say what is right.
_SPOILT = {"khong-dau", "nua-dau", "loi-go", "teencode"}
_WORD = re.compile(r"[^\W\d_]+")
_TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_TELEX_SHAPES = {"\u0306": "w", "\u031b": "w"}
_VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_VNI_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_TONES = "\u0301\u0300\u0309\u0303\u0323"

Spoil = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of syllables and of whole questions that came back as they were; milliseconds of each."""

    syllables: float
    questions: float
    milliseconds: tuple[float, ...]


def bare(word: str, _: random.Random) -> str:
    """The word without accents, its case kept."""
    plain = unicodedata.normalize("NFD", word.translate(str.maketrans("đĐ", "dD")))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def wrong(word: str, rng: random.Random) -> str:
    """The word with another tone."""
    decomposed = unicodedata.normalize("NFD", word)
    changed = [rng.choice(_TONES) if mark in _TONES else mark for mark in decomposed]
    return unicodedata.normalize("NFC", "".join(changed))


def telexed(word: str, rng: random.Random) -> str:
    """The keys of Telex, the tone last."""
    keys, tone = "", ""
    for mark in unicodedata.normalize("NFD", word):
        tone += _TELEX.get(mark, "")
        keys += keys[-1] if mark == "\u0302" else _TELEX_SHAPES.get(mark, mark) if mark not in _TONES else ""
    return keys.replace("đ", "dd").replace("Đ", "Dd") + tone


def vnied(word: str, rng: random.Random) -> str:
    """The keys of VNI, the tone last."""
    keys, tone = "", ""
    for mark in unicodedata.normalize("NFD", word):
        tone += _VNI.get(mark, "")
        keys += _VNI_SHAPES.get(mark, mark) if mark not in _TONES else ""
    return keys.replace("đ", "d9").replace("Đ", "D9") + tone


def swapped(word: str, rng: random.Random) -> str:
    """The word, bare, with two neighbouring keys swapped, when it is long enough to be recognised."""
    plain = bare(word, rng)
    place = rng.randrange(len(plain) - 1) if len(plain) > 3 else None
    return word if place is None else plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]


WAYS: dict[str, tuple[Spoil, float]] = {
    "none": (bare, 1.0),
    "half": (bare, 0.5),
    "wrong": (wrong, 0.15),
    "telex": (telexed, 0.5),
    "vni": (vnied, 0.5),
    "swap": (swapped, 0.1),
    "clean": (bare, 0.0),
}
"""How questions are spoilt, and which share of their words."""


def questions(path: Path) -> list[str]:
    """The accented questions of a set in this project's form."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        nfc(record["question"])
        for record in records
        if has_accents(record["question"]) and not _SPOILT & set(record["tags"])
    ]


def xquad_questions(path: Path) -> list[str]:
    """The questions of an XQuAD file."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [nfc(qa["question"]) for article in articles for part in article["paragraphs"] for qa in part["qas"]]


def measure(mend: Callable[[str], str], texts: list[str], spoil: Spoil, share: float, seed: int = 1) -> Score:
    """Spoil, mend and compare every text."""
    rng = random.Random(seed)
    right = total = whole = 0
    times = []
    for text in texts:
        spoilt = _WORD.sub(lambda word: spoil(word.group(), rng) if rng.random() < share else word.group(), text)
        began = time.perf_counter()
        mended = mend(spoilt)
        times.append(1000 * (time.perf_counter() - began))
        meant, got = new_tone(text.lower()).split(), new_tone(mended.lower()).split()
        blocks = SequenceMatcher(None, meant, got, False).get_matching_blocks()
        same = sum(block.size for block in blocks)
        right, total, whole = right + same, total + len(meant), whole + (meant == got)
    return Score(right / total, whole / len(texts), tuple(times))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.restoration", description=__doc__)
    parser.add_argument("--xquad", type=Path, help="xquad.vi.json, to see other people's questions as well")
    options = parser.parse_args()
    began = time.perf_counter()
    restorer = Restorer()
    loaded = 1000 * (time.perf_counter() - began)
    keyboard = Keyboard(restorer.model)
    sets = {name: questions(SETS / f"{name}.jsonl") for name in NAMES}
    if options.xquad:
        sets["xquad"] = xquad_questions(options.xquad)
    out = sys.stdout.write
    out(f"model {SHIPPED.stat().st_size / 1e6:.2f} MB, loaded in {loaded:.0f} ms\n")
    out("set          way    syllables questions  median ms  p99 ms\n")
    for name, texts in sets.items():
        for way, (spoil, share) in WAYS.items():
            score = measure(lambda text: restorer.restore(keyboard.repaired(text)), texts, spoil, share)
            times = sorted(score.milliseconds)
            slow = times[int(0.99 * len(times))]
            figures = f"{100 * score.syllables:9.2f} {100 * score.questions:9.1f}"
            out(f"{name:12} {way:6} {figures} {statistics.median(times):10.2f} {slow:7.2f}\n")
        kept = measure(keyboard.repaired, texts, bare, 0.0)
        out(f"{name:12} false repairs of the keyboard: {100 * (1 - kept.syllables):.2f} % of syllables\n")


if __name__ == "__main__":
    main()
