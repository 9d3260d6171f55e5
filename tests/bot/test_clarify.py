"""A sure hit is answered, a doubtful one asked back, a weak one declined."""

import pytest

from bot.clarify import MOST_OPTIONS, Decision, decide, label_of, options_of, other_form
from corpus.chunking import ChunkKind
from tests.bot.found_hits import found, hit

BIRTH = hit("Thủ tục đăng ký khai sinh", 9.0, "1.001193")
AGAIN = hit("Thủ tục đăng ký lại khai sinh", 8.7, "1.004884")
DEATH = hit("Thủ tục đăng ký khai tử", 3.0, "1.000656")
SIGNATURE = hit("Chữ ký", 5.0, kind=ChunkKind.SECTION)


def test_a_sure_hit_is_answered_and_other_forms_of_it_are_offered() -> None:
    verdict = decide(found(BIRTH, AGAIN, DEATH, procedure=0.9), words=6)
    assert (verdict.decision, verdict.hit) == (Decision.PROCEDURE, BIRTH)
    assert [option.code for option in verdict.options] == ["1.004884"]


def test_between_two_that_fit_alike_the_citizen_is_asked() -> None:
    verdict = decide(found(BIRTH, AGAIN, DEATH, procedure=0.3), words=3)
    assert verdict.decision is Decision.CLARIFY
    assert [option.code for option in verdict.options] == ["1.001193", "1.004884"]


def test_the_same_is_not_asked_twice() -> None:
    verdict = decide(found(BIRTH, AGAIN, procedure=0.3), words=3, may_ask=False)
    assert (verdict.decision, verdict.hit) == (Decision.PROCEDURE, BIRTH)


def test_a_doubtful_hit_without_a_rival_is_answered() -> None:
    assert decide(found(BIRTH, DEATH, procedure=0.3), words=3).decision is Decision.PROCEDURE


def test_a_part_of_a_plan_wins_when_it_is_surer() -> None:
    verdict = decide(found(SIGNATURE, BIRTH, procedure=0.3, part=0.8), words=3)
    assert (verdict.decision, verdict.hit) == (Decision.PART, SIGNATURE)


@pytest.mark.parametrize(
    "weak",
    [
        found(),
        found(DEATH, procedure=0.01),
        found(SIGNATURE, part=0.1),
        found(SIGNATURE, DEATH, procedure=0.1, part=0.12),
    ],
)
def test_weak_evidence_is_no_answer(weak: object) -> None:
    verdict = decide(weak, words=6, asks=0.1)  # type: ignore[arg-type]
    assert (verdict.decision, verdict.hit, verdict.options) == (Decision.NONE, None, ())


def test_a_vague_question_for_a_procedure_is_asked_back_and_small_talk_is_not() -> None:
    vague = found(BIRTH, DEATH, procedure=0.1)
    assert decide(vague, words=3, asks=0.9).decision is Decision.CLARIFY
    assert decide(vague, words=3, asks=0.1).decision is Decision.NONE
    assert decide(vague, words=12, asks=0.9).decision is Decision.NONE


def test_a_provinces_wording_gives_way_to_the_national_one() -> None:
    local = hit("Thủ tục đăng ký khai sinh tại xã", 9.2, "3.000001", standing=1)
    assert decide(found(local, BIRTH, procedure=0.9), words=6).hit == BIRTH


def test_a_communes_own_record_gives_way_to_nobody() -> None:
    own = hit("Thủ tục đăng ký khai sinh", 9.2, "3.000001", standing=1, document_id="phuong-mau/tthc-3.000001")
    assert decide(found(own, BIRTH, procedure=0.9), words=6).hit == own


def test_options_are_few_and_each_label_stands_once() -> None:
    many = [hit(f"Thủ tục số {letter}", 1.0, f"1.00000{n}") for n, letter in enumerate("aabcdef")]
    options = options_of(many)
    assert len(options) == MOST_OPTIONS
    assert len({option.label for option in options}) == MOST_OPTIONS


@pytest.mark.parametrize(
    ("name", "label"),
    [("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"), ("Cấp " + "rất " * 40 + "dài", "Cấp " + "rất " * 20 + "rất…")],
)
def test_a_label_is_short_and_begins_with_a_capital(name: str, label: str) -> None:
    assert label_of(name) == label
    assert len(label) <= 91


def test_another_form_of_the_topic_is_taken_when_it_fits_better() -> None:
    abroad = hit("Thủ tục đăng ký kết hôn có yếu tố nước ngoài", 7.0, "2.000806")
    home = hit("Thủ tục đăng ký kết hôn", 5.0, "1.000894")
    assert other_form((abroad, home), "1.000894", home.unit.name) == abroad
    assert other_form((home, abroad), "1.000894", home.unit.name) is None
    assert other_form((DEATH, home), "1.000894", home.unit.name) is None
