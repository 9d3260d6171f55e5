"""Questions as other people would type them."""

import pytest

from eval.gold import GoldQuestion
from eval.variants import Variant, varied

GOLD = GoldQuestion(
    id="a", question="Làm giấy khai sinh không biết mất bao nhiêu tiền vậy", expect="answered", codes=("1.001193",)
)


def test_no_accents_keeps_capital_letters_and_drops_every_mark():
    assert varied(GOLD, Variant.NO_ACCENTS) == "Lam giay khai sinh khong biet mat bao nhieu tien vay"


def test_half_accents_lie_between_the_two():
    half = varied(GOLD, Variant.HALF_ACCENTS)
    assert half not in (None, GOLD.question, varied(GOLD, Variant.NO_ACCENTS))
    bare = varied(GOLD, Variant.NO_ACCENTS).split()
    pairs = zip(half.split(), GOLD.question.split(), bare, strict=True)
    assert all(word in (full, stripped) for word, full, stripped in pairs)


def test_a_typo_changes_one_word():
    typed = varied(GOLD, Variant.TYPO)
    changed = [a for a, b in zip(typed.split(), GOLD.question.split(), strict=True) if a != b]
    assert len(changed) == 1


def test_teen_code_shortens_the_usual_words():
    assert varied(GOLD, Variant.TEEN_CODE) == "lm giấy khai sinh ko bt mất bn tiền z"


def test_small_talk_leaves_the_question_whole():
    assert GOLD.question in varied(GOLD, Variant.SMALL_TALK)


@pytest.mark.parametrize("variant", Variant)
def test_a_variant_is_the_same_on_every_run(variant: Variant):
    assert varied(GOLD, variant) == varied(GOLD, variant)


def test_a_rule_that_changes_nothing_gives_no_variant():
    bare = GOLD.model_copy(update={"question": "can gi"})
    assert varied(bare, Variant.NO_ACCENTS) is None
    assert varied(bare, Variant.HALF_ACCENTS) is None
    assert varied(bare, Variant.TYPO) is None
    greeting = GoldQuestion(id="b", question="xin chào", expect="greeting")
    assert varied(greeting, Variant.SMALL_TALK) is None
