"""Parts of the search are left out one at a time, and the table says what each was worth."""

import pytest

from bot.assemble import Parts
from eval.ablation import measured, table
from eval.gold import Expected, GoldQuestion
from eval.left_out import PARTS, Part

GOLDS = [
    GoldQuestion(
        id="mot", question="làm khai sinh cho con", commune="phuong-mau", expect=Expected.ANSWERED, codes=("1.001193",)
    ),
    GoldQuestion(
        id="hai",
        question="đơn vị nào chủ trì cảnh báo lừa đảo",
        commune="phuong-mau",
        expect=Expected.ANSWERED,
        evidence=("Cảnh báo lừa đảo giả danh cán bộ phường",),
    ),
]


def named(name: str) -> Part:
    return next(part for part in PARTS if part.name == name)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_part_can_be_left_out_with_and_without_accents(parts: Parts, part: Part) -> None:
    for accents in (True, False):
        first, three, five = measured(parts, part, GOLDS, accents=accents)
        assert 0 <= first <= three <= five <= 1


def test_the_whole_search_finds_what_is_asked_and_leaving_out_changes_nothing_afterwards(parts: Parts) -> None:
    before = measured(parts, PARTS[0], GOLDS, accents=True)
    measured(parts, named("encoder"), GOLDS, accents=True)
    assert before == measured(parts, PARTS[0], GOLDS, accents=True) == (1, 1, 1)


def test_without_words_or_vectors_a_made_up_word_finds_nothing(parts: Parts) -> None:
    strange = [GOLDS[1].model_copy(update={"question": "cảnh báo lừa đảo"})]
    kept = {name: measured(parts, named(name), strange, accents=True) for name in ("BM25", "encoder")}
    assert all(five > 0 for _, _, five in kept.values())


def test_no_questions_have_no_share(parts: Parts) -> None:
    assert measured(parts, PARTS[0], [], accents=True) == (0, 0, 0)


def test_the_table_tells_what_the_first_place_loses() -> None:
    lines = table([("everything", [(0.9, 0.95, 1.0)]), ("cues", [(0.85, 0.95, 1.0)])], ["plans"]).splitlines()
    assert lines[0] == "| without | plans |"
    assert lines[2] == "| nothing | .900 / .950 / 1.000 |"
    assert lines[3] == "| cues | .850 / .950 / 1.000 (-5.0) |"
