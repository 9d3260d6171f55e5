"""Parts of the search and how each is left out, the others as they are: for eval/ablation.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.entries import Field
from retrieval.evidence import COLUMN, Candidates
from retrieval.generation import Generation
from retrieval.index import LiveIndex
from retrieval.lexical import LexicalIndex, Postings, Scores, holders_of
from retrieval.question import Question
from retrieval.ranking import Ranker
from retrieval.vectors import Neighbours, VectorIndex

_FUSED = ("dense_best", *(f"lexical_{field.name.lower()}" for field in Field))

Kept = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Vectors:
    """The vectors of some entries alone."""

    whole: VectorIndex
    kept: Kept

    def query(self, vectors: Vectors, count: int) -> Neighbours:
        near = self.whole.query(vectors, 4 * count)
        places = [np.flatnonzero(self.kept[row])[:count] for row in near.entries]
        rows = np.stack([place[: min(map(len, places))] for place in places])
        return Neighbours(np.take_along_axis(near.entries, rows, 1), np.take_along_axis(near.similarities, rows, 1))


class _Words(LexicalIndex):
    """The words of some entries alone."""

    def __init__(self, whole: LexicalIndex, kept: Kept, owners: npt.NDArray[np.int32]) -> None:
        vars(self).update(vars(whole))
        self._kept = kept
        held, ours = self._postings, kept[self._postings.entries]
        starts = np.concatenate([[0], np.cumsum(ours)])[held.starts]
        self._held = holders_of(Postings(held.entries[ours], held.weights[ours], starts, held.size), owners)

    def scores(self, words: list[str]) -> Scores:
        return np.asarray(super().scores(words) * self._kept, dtype=np.float32)

    def ids(self, words: Sequence[str]) -> list[int]:
        return super().ids(words) if self._kept.any() else []


class _Uncovered(LexicalIndex):
    """All words, but without a look at how much of a question a unit has."""

    def __init__(self, whole: LexicalIndex) -> None:
        vars(self).update(vars(whole))

    def covered(self, words: Sequence[str]) -> Scores:
        return np.zeros_like(super().covered(words))


class _Fused(Ranker):
    """Reciprocal ranks added up; nothing is learned."""

    def scores(self, candidates: Candidates, kind: str) -> Scores:
        ranks = [np.argsort(np.argsort(-candidates.features[:, COLUMN[name]], kind="stable")) for name in _FUSED]
        return np.asarray(sum(1 / (60 + rank) for rank in ranks), dtype=np.float32)


class Index(LiveIndex):
    """The live generations, each without something."""

    def __init__(self, whole: LiveIndex, without: Callable[[Generation], Generation]) -> None:
        self._whole, self._without = whole, without

    def generations(self, commune: str | None) -> list[Generation]:
        return [self._without(generation) for generation in self._whole.generations(commune)]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the search and how it is left out."""

    name: str
    question: Callable[[Question], Question] = lambda question: question
    generation: Callable[[Generation], Generation] = lambda generation: generation
    ranker: type[Ranker] = Ranker


def _without_phrasings(one: Generation) -> Generation:
    kept = one.fields != Field.PHRASING
    thin = replace(one, vectors=_Vectors(one.vectors, kept), lexical=_Words(one.lexical, kept, one.owners))
    return replace(thin, has_phrasings=np.zeros_like(one.has_phrasings))


def _without_places(one: Generation) -> Generation:
    units = tuple(replace(unit, province=None, level=0, standing=0) for unit in one.units)
    nowhere = np.zeros_like(one.is_local)
    return replace(one, units=units, provinces=frozenset(), standings=np.zeros_like(one.standings), is_local=nowhere)


def _without_grams(one: Generation) -> Generation:
    return replace(one, grams=one.grams[:0], gram_owners=one.gram_owners[:0])


PARTS = (
    Part("everything"),
    Part("phrasings", generation=_without_phrasings),
    Part("encoder", generation=lambda one: replace(one, vectors=_Vectors(one.vectors, one.fields < 0))),
    Part("BM25", generation=lambda one: replace(one, lexical=_Words(one.lexical, one.fields < 0, one.owners))),
    Part("accents restored", question=lambda asked: replace(asked, forms=asked.forms[:1])),
    Part("form as typed", question=lambda asked: replace(asked, forms=asked.forms[-1:])),
    Part("learned weights", ranker=_Fused),
    Part("level, standing, province", generation=_without_places),
    Part("words and pairs shared", generation=_without_grams),
    Part("share of the question held", generation=lambda one: replace(one, lexical=_Uncovered(one.lexical))),
    Part("cues", question=lambda asked: replace(asked, cues=frozenset())),
)  # fmt: skip
