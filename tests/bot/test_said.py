"""What no typed part of a record holds is told in its own sentences, or said to be missing."""

from dataclasses import replace

import pytest

from bot import replies
from bot.aspects import Aspect
from bot.assemble import Parts
from bot.said import said_of, said_on
from corpus import portal
from corpus.procedure import Procedure


@pytest.fixture(scope="module")
def birth(parts: Parts) -> Procedure:
    procedure = parts.store.document("phuong-mau/tthc-1.001193").procedure
    assert procedure is not None
    return procedure


def with_steps(procedure: Procedure, *steps: str) -> Procedure:
    return replace(procedure, fields=((portal.STEPS, "\n".join(steps)),))


def test_a_time_limit_coded_as_other_is_told_by_the_steps(birth: Procedure) -> None:
    said = said_of(birth, Aspect.TIME)
    assert len(said) <= 2
    assert {detail.field for detail in said} == {portal.STEPS}
    assert "60 ngày" in said[0].text


def test_the_citizens_deadline_is_not_the_offices(birth: Procedure) -> None:
    citizen = "Trong thời hạn 15 ngày kể từ ngày có người chết, người thân thích phải đi đăng ký khai tử."
    office = "Trong thời hạn 03 ngày làm việc kể từ ngày nhận đủ hồ sơ, công chức phải thông báo cho người nộp."
    said = said_of(with_steps(birth, office, citizen), Aspect.DEADLINE)
    assert [detail.text for detail in said] == [citizen]


@pytest.mark.parametrize(
    ("aspect", "tells", "does_not"),
    [
        (
            Aspect.BENEFIT,
            "Người cao tuổi được hưởng trợ cấp bằng 500.000 đồng mỗi tháng.",
            "Nhà ở bị thiệt hại từ 30% trở lên thì được hỗ trợ 5.000.000 đồng theo mức độ.",
        ),
        (
            Aspect.VALIDITY,
            "Giấy xác nhận có giá trị trong thời hạn 6 tháng kể từ ngày cấp.",
            "Giấy tờ tùy thân còn giá trị ít nhất 6 tháng khi nộp hồ sơ tại phường.",
        ),
        (
            Aspect.PROXY,
            "Người yêu cầu có thể ủy quyền cho người khác nộp thay và nhận kết quả.",
            "Người đại diện theo pháp luật của công ty ký tên vào giấy đề nghị.",
        ),
    ],
)
def test_a_sentence_is_told_where_it_answers(birth: Procedure, aspect: Aspect, tells: str, does_not: str) -> None:
    said = said_of(with_steps(birth, does_not, tells), aspect)
    assert [detail.text for detail in said] == [tells]


@pytest.mark.parametrize(
    ("aspect", "text"),
    [
        (Aspect.BENEFIT, replies.BENEFIT_NOT_STATED),
        (Aspect.DEADLINE, replies.DEADLINE_NOT_STATED),
        (Aspect.VALIDITY, replies.VALIDITY_NOT_STATED),
        (Aspect.PROXY, replies.PROXY_NOT_STATED),
    ],
)
def test_what_no_sentence_tells_is_said_to_be_missing(birth: Procedure, aspect: Aspect, text: str) -> None:
    (statement,) = said_on(with_steps(birth, "Người dân nộp hồ sơ tại quầy."), (aspect,))
    assert (statement.text, statement.lines) == (text, ())


def test_each_thing_asked_is_told_in_its_order(birth: Procedure) -> None:
    labels = [statement.label for statement in said_on(birth, (Aspect.FEE, Aspect.DEADLINE))]
    assert labels[0] == "Phí, lệ phí"
    assert set(labels[1:]) == {"Hạn phải nộp"}


def test_the_processing_time_is_not_given_for_a_deadline(birth: Procedure) -> None:
    statements = said_on(birth, (Aspect.DEADLINE,))
    assert "60 ngày" in statements[0].text
    assert statements[0].field == portal.STEPS
