"""What the router knows of a message counts as well: a plan's part is likelier where a plan is asked for."""

import math
from dataclasses import replace

from bot.clarify import UNSURE
from bot.router import Routed
from corpus.chunking import ChunkKind
from retrieval.search import Found

# Logistic regression of "it is right" on the search's own log-odds and the route, over the development sets.
_OWN, _ROUTED_TO_PLAN, _BIAS = 0.83, 1.41, -0.94
_PROCEDURE_ROUTED_TO_PLAN = -1.44
_CERTAIN = 1e-6


def as_routed(found: Found, routed: Routed | None) -> Found:
    """The same hits, the best plan part as likely as search and router together hold it to be; guides stay.

    Where that part may answer a message that asks for a plan, a procedure with like words is the less likely one.
    """
    best = next((hit.unit.kind for hit in found.hits if hit.unit.kind is not ChunkKind.PROCEDURE), None)
    if routed is None or best is None or best is ChunkKind.GUIDE:
        return found
    to_plan = routed.route == "plan"
    part = _moved(found.part_probability, _OWN, _ROUTED_TO_PLAN * to_plan + _BIAS)
    procedure = found.procedure_probability
    if to_plan and part >= UNSURE:
        procedure = min(procedure, _moved(procedure, _OWN, _PROCEDURE_ROUTED_TO_PLAN))
    return replace(found, part_probability=part, procedure_probability=procedure)


def _moved(probability: float, slope: float, shift: float) -> float:
    sure = min(max(probability, _CERTAIN), 1 - _CERTAIN)
    return 1 / (1 + math.exp(-slope * math.log(sure / (1 - sure)) - shift))
