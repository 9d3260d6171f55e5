"""The grounding check lets true lines pass and complains of lines with one untruth in them."""

import random
from collections import Counter
from itertools import islice

from bot.assemble import Parts
from eval.mutations import CHANGES, answers, checked


def test_true_lines_pass_and_changed_ones_do_not(parts: Parts) -> None:
    asked, caught = Counter[str](), Counter[str]()
    for kind, was_caught in checked(islice(answers(parts, "phuong-mau"), 40), random.Random(1)):
        asked[kind] += 1
        caught[kind] += was_caught
    assert set(asked) >= {"unchanged", "another record", *CHANGES} - {"unit"}
    assert caught["unchanged"] == 0
    for kind in set(asked) - {"unchanged"}:
        assert caught[kind] >= 0.8 * asked[kind], kind
