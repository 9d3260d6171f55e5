"""Make the model that restores accents: `python -m retrieval.training.diacritics --texts FOLDER`.

Three kinds of texts are counted apart: what people say, what the state writes, what an encyclopedia writes.
Each gives a 3-gram model with absolute discounting; the three are mixed, and after words that only people say
only what people say counts. Then all is left out that the shorter contexts know as well. FOLDER is laid out
as model/README.md says.
"""

import argparse
import gzip
import json
import re
import unicodedata
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.vietnamese import fold, new_tone, nfc
from retrieval import phrasings
from retrieval.syllables import BOUNDARY, NUMBER, SHIPPED, STEP, UNKNOWN

SPOKEN = Path(__file__).with_name("spoken.txt")
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[.?!;:()\[\]…\"“”\n]")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\s*\n)")
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:a[iouy]?|e[ou]?|i[aeu]?|ieu|o[aeio]?|oa[iyo]|oeo|u[aoieuy]?|uo[iu]|ua[yu]|uye|uya|uyu|y|ye|yeu)(?:ch|c|ng|nh|m|n|p|t)?"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NO_WORDS = ("<boundary>", "<unknown>", "<number>")

Counts = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model is made. Shares are those of the mixture, chosen on eval/sets (eval/restoration.py)."""

    shares: tuple[tuple[str, float], ...] = (("spoken", 0.6), ("official", 0.18), ("general", 0.22))
    spoken_times: int = 3
    """How often spoken.txt counts beside the phrasings."""
    discount: float = 0.65
    seen_syllable: int = 15
    seen_foreign: int = 150
    rarest_share: float = 1e-4
    """A syllable rarer than this beside the commonest of its folded form is taken for a slip."""
    pairs: int = 420_000
    triples: int = 1_440_000


def sources(folder: Path, recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Every training text with the kind it belongs to."""
    blocks = phrasings.load_phrasings(phrasings.SHIPPED, phrasings.PLAN_LANGUAGE)
    yield "spoken", "\n".join(line for block in blocks for line in block.phrasings)
    talk = [line for line in SPOKEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    yield "spoken", "\n".join(talk * recipe.spoken_times)
    for record in _records(folder / "procedures.jsonl.gz"):
        yield "official", "\n".join(str(value) for value in record.values() if value)
    for record in _records(folder / "legal-texts.jsonl.gz"):
        yield "official", _WRAPPED.sub(" ", record["text"])
    for record in _records(folder / "legalrag-questions.jsonl.gz"):
        yield "official", record["question"]
    for record in _records(folder / "viwiki-2017.jsonl.gz"):
        yield "general", f"{record['title']}\n{record['text']}"


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


class Streams:
    """Texts as numbers of words, one stream for each kind."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        numbers: dict[str, int] = {}
        streams: dict[str, array[int]] = {}
        for kind, text in texts:
            stream = streams.setdefault(kind, array("i"))
            for token in (*_TOKEN.findall(nfc(text).lower()), "\n"):
                stream.append(numbers.setdefault(token, len(numbers)))
        self.words = [new_tone(word) for word in numbers]
        self.streams = {kind: np.frombuffer(stream, dtype=np.int32) for kind, stream in streams.items()}

    def lexicon(self, recipe: Recipe) -> list[str]:
        """Syllables and common foreign words, by folded form and the commonest first."""
        counted: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        for kind, stream in self.streams.items():
            counts = np.bincount(stream, minlength=len(self.words)).tolist()
            for word, count in zip(self.words, counts, strict=True):
                counted[word] += count
                spoken[word] += count if kind == "spoken" else 0
        words = [word for word in counted if word.isalpha()]
        kept = [word for word in words if _is_kept(word, counted[word], spoken[word], recipe)]
        top: Counter[str] = Counter()
        for word in kept:
            top[fold(word)] = max(top[fold(word)], counted[word])
        rarest = recipe.rarest_share
        kept = [word for word in kept if spoken[word] or counted[word] >= rarest * top[fold(word)]]
        return sorted(kept, key=lambda word: (fold(word), -counted[word], word))

    def numbered(self, kind: str, lexicon: list[str]) -> Keys:
        """A stream in the model's numbers, with no boundary after another."""
        numbers = {word: number for number, word in enumerate(lexicon, len(_NO_WORDS))}
        mapped = [
            numbers.get(word, UNKNOWN) if word.isalpha() else NUMBER if word[0].isdigit() else BOUNDARY
            for word in self.words
        ]
        stream = np.array(mapped, dtype=np.int64)[self.streams[kind]]
        doubled = (stream[1:] == BOUNDARY) & (stream[:-1] == BOUNDARY)
        return np.asarray(stream[np.concatenate([[True], ~doubled])])


def _is_kept(word: str, count: int, spoken: int, recipe: Recipe) -> bool:
    tones = sum(letter in _TONES for letter in unicodedata.normalize("NFD", word))
    if _SYLLABLE.fullmatch(fold(word)) and tones <= 1:
        return count >= recipe.seen_syllable or spoken >= 1
    return count >= recipe.seen_foreign or spoken >= 2


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Pairs and triples seen anywhere; `parents[t]` and `rests[t]` are the pairs that triple t is made of."""

    size: int
    pairs: Keys
    triples: Keys
    parents: Keys
    rests: Keys

    @classmethod
    def of(cls, streams: Iterable[Keys], size: int) -> "Ngrams":
        """Every pair and triple of the streams; none crosses a boundary."""
        parts = [_grams(stream, size) for stream in streams]
        pairs = np.unique(np.concatenate([pairs for pairs, _ in parts]))
        triples = np.unique(np.concatenate([triples for _, triples in parts]))
        rests = triples // size % size * size + triples % size
        parents = np.searchsorted(pairs, triples // size)
        return cls(size, pairs, triples, parents, np.searchsorted(pairs, rests))

    def counts(self, stream: Keys) -> tuple[Counts, Counts]:
        """How often each pair and each triple stands in a stream."""
        pairs, triples = _grams(stream, self.size)
        return _counted(pairs, self.pairs), _counted(triples, self.triples)


def _counted(found: Keys, every: Keys) -> Counts:
    return np.bincount(np.searchsorted(every, found), minlength=len(every)).astype(np.float64)


def _grams(stream: Keys, size: int) -> tuple[Keys, Keys]:
    pairs = stream[:-1] * size + stream[1:]
    triples = pairs[:-1] * size + stream[2:]
    return pairs, triples[stream[1:-1] != BOUNDARY]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Probabilities of syllables, pairs (given the first), triples (given the first two); weighed counts."""

    one: Counts
    pair: Counts
    triple: Counts
    pair_count: Counts
    triple_count: Counts


def mixed(ngrams: Ngrams, streams: dict[str, Keys], recipe: Recipe) -> Mixture:
    """The models of all kinds as one; after a context each weighs as much as the context is likely in it."""
    size, first, last = ngrams.size, ngrams.pairs // ngrams.size, ngrams.pairs % ngrams.size
    one, pair, triple, first_weight, pair_weight, pair_count, triple_count = (
        np.zeros(length)
        for length in (size, len(last), len(ngrams.rests), size, len(last), len(last), len(ngrams.rests))
    )
    for kind, share in recipe.shares:
        stream = streams[kind]
        pairs, triples = ngrams.counts(stream)
        contexts = np.bincount(last[pairs > 0], minlength=size) + 0.05  # Kneser and Ney: not how often
        unigram: Counts = contexts / contexts.sum()
        after_one = _discounted(pairs, first, unigram[last], size, recipe.discount)
        after_two = _discounted(triples, ngrams.parents, after_one[ngrams.rests], len(pairs), recipe.discount)
        weight = share * (np.bincount(stream, minlength=size) + 0.5) / len(stream)
        one += share * unigram
        first_weight += weight
        pair += weight[first] * after_one
        pair_weight += weight[first] * after_one
        triple += (weight[first] * after_one)[ngrams.parents] * after_two
        pair_count += share * pairs / len(stream)
        triple_count += share * triples / len(stream)
    pair, triple = pair / first_weight[first], triple / pair_weight[ngrams.parents]
    return Mixture(one, pair, triple, pair_count, triple_count)


def _discounted(counts: Counts, rows: Keys, lower: Counts, size: int, discount: float) -> Counts:
    totals = np.bincount(rows, weights=counts, minlength=size)
    spared = np.bincount(rows, weights=np.minimum(counts, discount), minlength=size)
    seen = np.maximum(totals, 1e-9)
    share = np.where(totals > 0, spared / seen, 1)
    return np.maximum(counts - discount, 0) / seen[rows] + share[rows] * lower


def _backoff(kept: npt.NDArray[np.bool_], rows: Keys, upper: Counts, lower: Counts, size: int) -> Counts:
    """What is left for the entries that are not kept, over what the shorter context gives them."""
    left = 1 - np.bincount(rows[kept], weights=upper[kept], minlength=size)
    below = 1 - np.bincount(rows[kept], weights=lower[kept], minlength=size)
    return np.clip(np.clip(left, 1e-6, 1) / np.clip(below, 1e-6, 1), 1e-6, 1)


def _doubt(model: Mixture, ngrams: Ngrams, lexicon: list[str]) -> tuple[Counts, Counts]:
    """How far from certain the accents of a pair and of a triple are without it."""
    classes = {word: number for number, word in enumerate(dict.fromkeys([*_NO_WORDS, *map(fold, lexicon)]))}
    folded = np.array([classes[word] for word in (*_NO_WORDS, *map(fold, lexicon))])
    first, last = folded[ngrams.pairs // ngrams.size], folded[ngrams.pairs % ngrams.size]
    single = model.one / np.bincount(folded, weights=model.one)[folded]
    _, group = np.unique(first * len(classes) + last, return_inverse=True)
    double = model.pair_count / np.bincount(group, weights=model.pair_count)[group]
    pair = single[ngrams.pairs // ngrams.size] * single[ngrams.pairs % ngrams.size]
    return 1.02 - pair, 1.02 - double[ngrams.parents] * double[ngrams.rests]


def _best(gains: Counts, number: int) -> npt.NDArray[np.bool_]:
    kept = np.zeros(len(gains), dtype=bool)
    kept[np.argsort(-gains, kind="stable")[:number]] = True
    return kept & (gains > 0)


def train(folder: Path, recipe: Recipe) -> dict[str, npt.NDArray[Any]]:
    """The arrays of a SyllableModel."""
    texts = Streams(sources(folder, recipe))
    lexicon = texts.lexicon(recipe)
    size = len(lexicon) + len(_NO_WORDS)
    streams = {kind: texts.numbered(kind, lexicon) for kind, _ in recipe.shares}
    ngrams = Ngrams.of(streams.values(), size)
    return pruned(mixed(ngrams, streams, recipe), ngrams, lexicon, recipe)


def pruned(model: Mixture, ngrams: Ngrams, lexicon: list[str], recipe: Recipe) -> dict[str, npt.NDArray[Any]]:
    """The model without what shorter contexts know as well, in bytes."""
    size, first, last = ngrams.size, ngrams.pairs // ngrams.size, ngrams.pairs % ngrams.size
    rare = 2.2e-8  # seen once only, and not in speech
    every = np.ones(len(first), dtype=bool), np.ones(len(ngrams.parents), dtype=bool)
    below_pair = _backoff(every[0], first, model.pair, model.one[last], size)[first] * model.one[last]
    lower = model.pair[ngrams.rests]
    below_triple = _backoff(every[1], ngrams.parents, model.triple, lower, len(first))[ngrams.parents] * lower
    pair_doubt, triple_doubt = _doubt(model, ngrams, lexicon)
    triple_gain = model.triple_count * np.log(model.triple / below_triple) * triple_doubt
    triple_gain[(model.triple_count < rare) | (ngrams.triples % size == UNKNOWN)] = 0
    triples = _best(triple_gain, recipe.triples)
    pairs = _best(model.pair_count * np.abs(np.log(model.pair / below_pair)) * pair_doubt, recipe.pairs)
    pairs[ngrams.parents[triples]] = True
    backoff = _backoff(pairs, first, model.pair, model.one[last], size)
    pair = np.where(pairs, model.pair, backoff[first] * model.one[last])
    pair_backoff = _backoff(triples, ngrams.parents, model.triple, pair[ngrams.rests], len(first))
    lengths = Counter(map(fold, lexicon))
    return {
        "syllables": _letters([*_NO_WORDS, *lexicon]),
        "folded": _letters([*_NO_WORDS, *lengths]),
        "class_sizes": np.array([1, 1, 1, *lengths.values()], dtype=np.uint8),
        "unigram": _bytes(model.one),
        "unigram_backoff": _bytes(backoff),
        "pair_counts": np.bincount(first[pairs], minlength=size).astype(np.uint16),
        "pair": _bytes(model.pair[pairs]),
        "pair_backoff": _bytes(pair_backoff[pairs]),
        "triple_counts": np.bincount(ngrams.parents[triples], minlength=len(first))[pairs].astype(np.uint16),
        "triple": _bytes(model.triple[triples]),
        **_planes("pair", last[pairs]),
        **_planes("triple", ngrams.triples[triples] % size),
    }


def _letters(words: list[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(" ".join(words).encode(), dtype=np.uint8)


def _bytes(probabilities: Counts) -> npt.NDArray[np.uint8]:
    return np.clip(np.round(-np.log(probabilities) / STEP), 0, 255).astype(np.uint8)


def _planes(name: str, numbers: Keys) -> dict[str, npt.NDArray[np.uint8]]:
    """Steps from each number to the next, low and high bytes apart, which compresses best."""
    steps = np.diff(numbers, prepend=0) % (1 << 16)
    return {f"{name}_low": (steps & 255).astype(np.uint8), f"{name}_high": (steps >> 8).astype(np.uint8)}


def save(arrays: dict[str, npt.NDArray[Any]], path: Path) -> None:
    """Write an .npz that is the same, byte for byte, each time."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, values in arrays.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(values), allow_pickle=False)
            # The low bytes of triples are noise: unpacking them would cost more time than the space is worth.
            packed = zipfile.ZIP_STORED if name == "triple_low" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), packed, 9)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.training.diacritics", description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder with the training texts")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the model goes")
    options = parser.parse_args()
    save(train(options.texts, Recipe()), options.out)


if __name__ == "__main__":
    main()
