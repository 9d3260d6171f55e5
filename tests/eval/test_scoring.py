"""One question's gold and reply give its score and its faults."""

from dataclasses import replace
from datetime import date

import pytest
from scripted import BIRTH, DEATH, LOST, RIGHT, found, source

from eval.fixed_texts import fixed_texts
from eval.gold import GoldQuestion
from eval.reply import Choice, Reply
from eval.scoring import Fault, Scored, scored

FIXED = fixed_texts()


def gold(**fields: object) -> GoldQuestion:
    known = {"id": "a", "question": "khai sinh mất bao nhiêu tiền", "expect": "answered", "codes": (BIRTH,)}
    return GoldQuestion.model_validate(known | fields)


def score(reply: Reply, **fields: object) -> Scored:
    asked = gold(**fields)
    return scored(asked, asked.question, reply, frozenset(asked.codes), FIXED)


def test_a_right_answer_has_no_fault():
    result = score(RIGHT, facts=("8000 đồng",), forbidden=("miễn phí",), evidence=("Lệ phí 8000 đồng",))
    assert result.faults == ()
    assert (result.score.whole, result.score.right, result.score.facts, result.score.evidence) == (1, 1, 1, 1)
    assert (result.score.first, result.score.reciprocal_rank, result.score.ndcg10) == (1, 1, 1)


def test_the_rank_of_the_first_right_hit_counts():
    result = score(replace(RIGHT, found=found(DEATH, "1.000894", BIRTH)))
    assert (result.score.first, result.score.first_three, result.right_ranks) == (0, 1, (3,))
    assert result.score.reciprocal_rank == pytest.approx(1 / 3, abs=1e-6)


def test_twins_are_right_too():
    hits = (replace(found(DEATH)[0], codes=(DEATH, BIRTH)),)
    assert score(replace(RIGHT, found=hits)).score.first == 1


def test_no_answer_where_one_was_expected_is_a_wrong_ending_and_not_right():
    result = score(LOST)
    assert (result.score.status, result.score.right, result.faults) == (0, 0, (Fault.STATUS,))


def test_an_answer_about_another_procedure_is_wrong():
    assert score(replace(RIGHT, code=DEATH, text="Thủ tục đăng ký khai sinh [1]")).faults == (Fault.WRONG,)


def test_missing_facts_forbidden_words_and_invented_numbers_are_named():
    reply = replace(RIGHT, text="Lệ phí: 9.000 đồng [1]")
    result = score(reply, facts=("8000 đồng",), forbidden=("9000 đồng",))
    assert result.missing == ("8000 đồng",)
    assert result.said_forbidden == ("9000 đồng",)
    assert result.invented == ("9000",)
    assert set(result.faults) >= {Fault.FORBIDDEN, Fault.INVENTED, Fault.FACTS}


def test_dates_and_codes_that_an_answer_names_are_no_inventions():
    dated = replace(RIGHT.sources[0], as_of=date(2026, 7, 31))
    reply = replace(RIGHT, sources=(dated,), text=f"{RIGHT.text}\nDữ liệu cập nhật ngày 31/07/2026.")
    assert score(reply).invented == ()


def test_a_place_in_a_plan_is_found_by_words_or_by_path():
    reply = replace(RIGHT, code=None, sources=(source("Phòng Văn hóa - Xã hội chủ trì; tháng 01/2026"),), text="ok")
    hits = found("x", text="khác")
    by_words = score(replace(reply, found=hits), codes=(), evidence=("văn hóa xã hội chủ trì",))
    assert (by_words.score.right, by_words.score.first) == (1, 0)
    place = {"document": "tthc-1.001193", "path": "phí, lệ phí"}
    assert score(reply, codes=(), places=(place,)).score.right == 1


def test_one_offer_of_several_is_enough():
    reply = Reply("clarify", "Ông/bà hỏi việc nào?", choices=(Choice("Đăng ký khai tử", DEATH),))
    asked = {"expect": "clarify", "codes": (), "offer": (BIRTH, DEATH)}
    assert score(reply, **asked).score.offer == 1
    assert score(LOST, **asked).score.offer == 0


def test_any_ending_but_an_error_is_right_when_any_is_expected():
    asked = {"expect": "any", "codes": (), "forbidden": ("MAUXANH",)}
    assert score(LOST, **asked).score.whole == 1
    assert score(Reply("error", "hỏng"), **asked).faults == (Fault.ERROR, Fault.STATUS)


def test_what_the_gold_does_not_speak_of_is_not_measured():
    result = score(Reply("greeting", "Xin chào"), expect="greeting", codes=())
    assert result.score.right is None
    assert result.score.first is None
    assert result.score.facts is None
