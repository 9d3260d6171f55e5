"""The router's opinion moves the search's, and only for parts of plans."""

import pytest

from bot.plan_prior import as_routed
from bot.router import Routed
from corpus.chunking import ChunkKind
from retrieval.search import Found
from tests.bot.found_hits import found, hit

PLAN, PROCEDURE = (Routed(route, "asking", 0.9, 0.9) for route in ("plan", "procedure"))


def of(kind: ChunkKind, probability: float) -> Found:
    return found(hit("a", 1.0, "1.000001"), hit("b", 1.0, kind=kind), procedure=0.4, part=probability)


@pytest.mark.parametrize("probability", [0.05, 0.12, 0.5])
def test_a_part_is_likelier_where_a_plan_is_asked_for(probability: float) -> None:
    part = of(ChunkKind.TASK, probability)
    assert as_routed(part, PROCEDURE).part_probability < probability < as_routed(part, PLAN).part_probability
    assert as_routed(part, PROCEDURE).procedure_probability == 0.4
    assert as_routed(part, PLAN).hits == part.hits


def test_a_procedure_gives_way_to_a_part_that_may_answer_but_not_to_one_that_cannot() -> None:
    assert as_routed(of(ChunkKind.TASK, 0.5), PLAN).procedure_probability < 0.4
    assert as_routed(of(ChunkKind.TASK, 0.01), PLAN).procedure_probability == 0.4


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certainty_stays_a_probability(probability: float) -> None:
    assert 0 <= as_routed(of(ChunkKind.SECTION, probability), PLAN).part_probability <= 1


def test_guides_and_messages_that_were_not_routed_stay_as_found() -> None:
    guide, part = of(ChunkKind.GUIDE, 0.3), of(ChunkKind.TASK, 0.3)
    assert as_routed(guide, PLAN) is guide
    assert as_routed(part, None) is part
    assert as_routed(found(), PLAN).part_probability == 0
