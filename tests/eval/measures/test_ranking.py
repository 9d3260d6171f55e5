"""The ranking measures are those of trec_eval."""

import random

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from eval.measures.ranking import ndcg, recall, reciprocal_rank


@pytest.mark.parametrize("seed", range(40))
def test_measures_agree_with_ir_measures_on_random_rankings(seed: int):
    chance = random.Random(seed)
    documents = [f"d{number}" for number in range(30)]
    gains = {name: chance.choice((0, 0, 0, 1, 1, 2, 3)) for name in documents} | {"d0": 1}
    ranking = chance.sample(documents, chance.randint(1, 30))
    qrels = [ir_measures.Qrel("q", name, gain) for name, gain in gains.items()]
    run = [ir_measures.ScoredDoc("q", name, 100.0 - rank) for rank, name in enumerate(ranking)]
    theirs = ir_measures.calc_aggregate([nDCG @ 10, RR, R @ 1, R @ 5, R @ 10], qrels, run)

    ours, ideal = [float(gains[name]) for name in ranking], [float(gain) for gain in gains.values()]
    relevant = sum(gain > 0 for gain in ideal)
    assert ndcg(ours, ideal, 10) == pytest.approx(theirs[nDCG @ 10], abs=1e-9)
    assert reciprocal_rank(ours) == pytest.approx(theirs[RR], abs=1e-9)
    for k in (1, 5, 10):
        assert recall(ours, relevant, k) == pytest.approx(theirs[R @ k], abs=1e-9)


def test_nothing_found_and_nothing_to_find_count_zero():
    assert (recall([], 1, 5), reciprocal_rank([]), ndcg([], [1.0], 10)) == (0.0, 0.0, 0.0)
    assert (recall([0.0], 0, 5), ndcg([0.0], [], 10)) == (0.0, 0.0)
