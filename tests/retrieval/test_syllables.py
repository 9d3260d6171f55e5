"""The lattice holds for every way through a text what the model says of its three syllables."""

import numpy as np
import pytest

from retrieval.syllables import BOUNDARY, STEP, UNKNOWN, SyllableModel


@pytest.fixture(scope="module")
def model() -> SyllableModel:
    return SyllableModel()


def one_by_one(model: SyllableModel, first: int, second: int, third: int) -> float:
    """The same with every table looked through by itself."""
    one, two, three = (np.array([number]) for number in (first, second, third))
    pair = int(model.pair_indices(one, two)[0])
    lower = float(model.pair_scores(two, three, model.pair_indices(two, three))[0])
    if pair < 0:
        return lower
    seen = np.flatnonzero(model._triples == pair * len(model.syllables) + third)
    if len(seen):
        return float(model._triple[seen[0]]) * -STEP
    return float(model._pair_backoff[pair]) * -STEP + lower


@pytest.mark.parametrize(
    "words", [("dang", "ky", "khai", "sinh"), ("o",), ("ket", "hon"), ("thu", "tuc", "dat", "dai")]
)
def test_every_way_through_has_the_score_of_its_own_lookup(model: SyllableModel, words: tuple[str, ...]) -> None:
    edge = np.array([BOUNDARY])
    columns = [edge, edge, *(np.arange(*model.accented(word)) for word in words), np.array([UNKNOWN])]
    lattice = model.lattice(columns)
    assert len(lattice) == len(columns) - 2
    chance = np.random.default_rng(7)
    for place, scores in enumerate(lattice):
        first, second, third = columns[place : place + 3]
        assert scores.shape == (len(first), len(second), len(third))
        for _ in range(40):
            a, b, c = (int(chance.integers(len(column))) for column in (first, second, third))
            expected = one_by_one(model, int(first[a]), int(second[b]), int(third[c]))
            assert scores[a, b, c] == pytest.approx(expected, abs=1e-4)
