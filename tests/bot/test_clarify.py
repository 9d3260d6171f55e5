"""A sure hit is answered, a doubtful one asked back, a weak one declined."""

import pytest

from bot.clarify import MOST_OPTIONS, Decision, decide, label_of, named_by_several, options_of
from corpus.chunking import ChunkKind
from retrieval.search import Hit
from tests.bot.found_hits import found, hit

BIRTH = hit("Thủ tục đăng ký khai sinh", 9.0, "1.001193")
AGAIN = hit("Thủ tục đăng ký lại khai sinh", 8.7, "1.004884")
DEATH = hit("Thủ tục đăng ký khai tử", 3.0, "1.000656")
LICENCE = hit("Cấp giấy phép lái xe", 20.0, "3.000346")
LICENCE_AGAIN = hit("Cấp lại giấy phép lái xe", 19.0, "3.000348")
LICENCE_CHANGED = hit("Đổi giấy phép lái xe", 18.5, "3.000347")
FORMS = ("Cấp", "Cấp lại", "Cấp đổi")
LONG = "bé nhà tôi sinh tuần trước ở bệnh viện tỉnh"
SIGNATURE = hit("Chữ ký", 5.0, kind=ChunkKind.SECTION)


def test_a_sure_hit_is_answered_and_other_forms_of_it_are_offered() -> None:
    verdict = decide(found(BIRTH, AGAIN, DEATH, procedure=0.9), LONG, words=6)
    assert (verdict.decision, verdict.hit) == (Decision.PROCEDURE, BIRTH)
    assert [option.code for option in verdict.options] == ["1.004884"]


def test_between_two_that_fit_alike_the_citizen_is_asked() -> None:
    verdict = decide(found(BIRTH, AGAIN, DEATH, procedure=0.3), "việc của bé", words=3)
    assert verdict.decision is Decision.CLARIFY
    assert [option.code for option in verdict.options] == ["1.001193", "1.004884"]


MARRIAGE = hit("Thủ tục đăng ký kết hôn", 28.0, "1.000894")
SINGLE = hit("Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", 17.0, "1.004873")
FAR_OFF = hit("Đăng ký thường trú", 14.0, "1.004222")


def test_who_says_the_whole_name_and_what_to_know_of_it_is_offered_no_other_matter() -> None:
    hits = found(MARRIAGE, SINGLE, FAR_OFF, procedure=0.99)
    assert decide(hits, "lệ phí đăng ký kết hôn bao nhiêu", words=2).options == ()
    assert [option.code for option in decide(hits, "kết hôn", words=2).options] == ["1.004873"]


def test_the_same_is_not_asked_twice() -> None:
    verdict = decide(found(BIRTH, AGAIN, procedure=0.3), "việc của bé", words=3, may_ask=False)
    assert (verdict.decision, verdict.hit) == (Decision.PROCEDURE, BIRTH)


def test_a_doubtful_hit_without_a_rival_is_answered() -> None:
    assert decide(found(BIRTH, DEATH, procedure=0.3), "việc của bé", words=3).decision is Decision.PROCEDURE


def test_a_part_of_a_plan_wins_when_it_is_surer() -> None:
    verdict = decide(found(SIGNATURE, BIRTH, procedure=0.3, part=0.8), "ai ký", words=3)
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
    verdict = decide(weak, LONG, words=6, asks=0.1)  # type: ignore[arg-type]
    assert (verdict.decision, verdict.hit, verdict.options) == (Decision.NONE, None, ())


def test_a_vague_question_for_a_procedure_is_asked_back_and_small_talk_is_not() -> None:
    vague = found(BIRTH, DEATH, procedure=0.1)
    assert decide(vague, "việc của tôi", words=3, asks=0.9).decision is Decision.CLARIFY
    assert decide(vague, "việc của tôi", words=3, asks=0.1).decision is Decision.NONE
    assert decide(vague, "việc của tôi", words=12, asks=0.9).decision is Decision.NONE


def test_a_provinces_wording_gives_way_to_the_national_one() -> None:
    local = hit("Thủ tục đăng ký khai sinh tại xã", 9.2, "3.000001", standing=1)
    assert decide(found(local, BIRTH, procedure=0.9), LONG, words=6).hit == BIRTH


def test_a_communes_own_record_gives_way_to_nobody() -> None:
    own = hit("Thủ tục đăng ký khai sinh", 9.2, "3.000001", standing=1, document_id="phuong-mau/tthc-3.000001")
    assert decide(found(own, BIRTH, procedure=0.9), LONG, words=6).hit == own


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


def asked_back(question: str, words: int, *hits: Hit) -> list[str | None]:
    """The codes that a question is asked back with; empty when it is answered."""
    verdict = decide(found(*hits, procedure=0.9), question, words)
    return [option.code for option in verdict.options] if verdict.decision is Decision.CLARIFY else []


def test_a_bare_noun_with_several_forms_is_asked_back() -> None:
    codes = ["3.000346", "3.000348", "3.000347"]
    assert asked_back("bằng lái xe", 3, LICENCE, LICENCE_AGAIN, LICENCE_CHANGED) == codes
    card, again, changed = (hit(f"{form} thẻ căn cước", 20.0 - n, f"1.01406{n}") for n, form in enumerate(FORMS))
    assert asked_back("căn cước", 2, card, again, changed) == ["1.014060", "1.014061", "1.014062"]


def test_papers_as_a_noun_ask_for_nothing() -> None:
    assert asked_back("giấy tờ lái xe", 2, LICENCE, LICENCE_AGAIN, LICENCE_CHANGED)
    assert not asked_back("lái xe cần giấy tờ gì", 2, LICENCE, LICENCE_AGAIN, LICENCE_CHANGED)


@pytest.mark.parametrize("question", ["làm bằng lái xe", "bằng lái xe lệ phí bao nhiêu"])
def test_who_says_what_to_do_or_asks_for_the_fee_means_the_plain_form(question: str) -> None:
    verdict = decide(found(LICENCE, LICENCE_AGAIN, LICENCE_CHANGED, procedure=0.9), question, 3)
    assert (verdict.decision, verdict.hit) == (Decision.PROCEDURE, LICENCE)
    assert [option.code for option in verdict.options] == ["3.000348", "3.000347"]


def test_a_question_that_says_a_whole_name_means_it() -> None:
    near = (AGAIN, hit("Thủ tục đăng ký khai sinh lưu động", 8.5, "1.003583"))
    assert asked_back("khai sinh", 2, BIRTH, *near) == []


def test_different_matters_under_one_generic_name_are_asked_back() -> None:
    one = hit("Đăng ký thành lập công ty TNHH một thành viên", 20.0, "2.001583")
    two = hit("Đăng ký thành lập công ty TNHH hai thành viên trở lên", 18.0, "2.001199")
    shares = hit("Đăng ký thành lập công ty cổ phần", 19.0, "2.002043")
    assert asked_back("thành lập công ty", 3, one, shares, two) == ["2.001583", "2.002043", "2.001199"]
    assert asked_back("thành lập công ty cổ phần ở quê để buôn bán nông sản", 9, shares, one, two) == []


def test_a_lost_paper_may_be_copied_or_made_again() -> None:
    copy = hit("Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh", 8.0, "2.000635")
    again = hit("Thủ tục đăng ký lại khai sinh", 9.0, "1.004884")
    assert asked_back("bị mất giấy khai sinh của mẹ", 5, again, copy) == ["1.004884", "2.000635"]
    assert asked_back("mất rồi, làm lại giấy khai sinh", 5, again, copy) == []
    assert asked_back("xin bản sao hay đăng ký lại khai sinh", 7, again, copy) == ["2.000635", "1.004884"]
    assert asked_back("đăng ký khai sinh cho mẹ già ở quê", 7, again, copy) == []


def test_the_levels_that_take_a_procedure_in_are_no_choice() -> None:
    levels = [
        hit(f"Trình báo mất hộ chiếu phổ thông (thực hiện tại cấp {level})", 9.0 - n / 10, f"1.01038{n}")
        for n, level in enumerate(["xã", "huyện", "tỉnh"])
    ]
    verdict = decide(found(*levels, procedure=0.3), "mất hộ chiếu báo ở đâu", 2)
    assert (verdict.decision, verdict.hit, verdict.options) == (Decision.PROCEDURE, levels[0], ())


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("giấy phép lái xe", True),
        ("bang lai", False),
        ("xin phép lái xe", True),
        ("lái phép xe", False),
        ("giấy lai xe", False),
        ("giấy phép lái xe cho con", False),
        ("giấy phép lái xe của người chưa đủ tuổi", False),
    ],
)
def test_a_word_or_two_that_several_names_hold_is_asked_back(question: str, asked: bool) -> None:
    verdict = named_by_several(found(LICENCE, LICENCE_AGAIN, DEATH, procedure=0.01), question)
    assert bool(verdict) == asked
    if verdict:
        assert (verdict.decision, [option.code for option in verdict.options]) == (
            Decision.CLARIFY,
            ["3.000346", "3.000348"],
        )


def test_a_word_that_one_name_holds_is_not_asked_back() -> None:
    assert named_by_several(found(LICENCE, DEATH, procedure=0.01), "khai tử") is None
