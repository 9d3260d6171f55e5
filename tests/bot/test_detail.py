"""The sentence of a record that a particular question is about, in the source's own words."""

import pytest

from bot.aspects import aspects_in
from bot.assemble import Parts
from bot.detail import sentences, telling
from corpus.procedure import Procedure
from corpus.vietnamese import one_line
from retrieval.passages import PassageFinder

COMMUNE = "phuong-mau"


@pytest.fixture(scope="module")
def birth(parts: Parts) -> Procedure:
    procedure = parts.store.document("phuong-mau/tthc-1.001193").procedure
    assert procedure is not None
    return procedure


def told(parts: Parts, birth: Procedure, question: str) -> list[tuple[str, str]]:
    finder = PassageFinder(parts.index, parts.encoder)
    return [(detail.field, detail.text) for detail in telling(birth, question, aspects_in(question), COMMUNE, finder)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("ông bà ngoại đi khai sinh thay cha mẹ có cần giấy ủy quyền không", "không cần giấy ủy quyền"),
        ("trẻ bị bỏ rơi thì nộp biên bản gì", "Biên bản về trẻ bị bỏ rơi"),
        ("nộp hồ sơ sau 15 giờ thì hẹn trả hôm nào", "ngày làm việc kế tiếp"),
    ],
)
def test_the_sentence_asked_for_is_told(parts: Parts, birth: Procedure, question: str, words: str) -> None:
    assert any(words in text for _, text in told(parts, birth, question))


@pytest.mark.parametrize(
    "question", ["đăng ký khai sinh", "", "khai sinh ở đâu vậy ạ", "giá vàng miếng trên sàn chứng khoán"]
)
def test_a_question_that_the_record_says_nothing_of_is_told_nothing(
    parts: Parts, birth: Procedure, question: str
) -> None:
    assert told(parts, birth, question) == []


def test_who_asks_whether_something_may_be_done_is_told_the_sentence_that_says_so(parts: Parts) -> None:
    card = parts.store.document("phuong-mau/tthc-1.014061").procedure
    assert card is not None
    asked = "cấp căn cước cho người từ đủ 14 tuổi có làm hẳn trên mạng được không hay vẫn phải đến"
    assert any("đặt lịch hẹn" in text for _, text in told(parts, card, asked))


def test_a_sentence_is_the_fields_own_words(birth: Procedure) -> None:
    fields = dict(birth.fields)
    found = sentences(birth)
    assert found
    for detail in found:
        assert detail.text in one_line(fields[detail.field])
        assert len(detail.text) >= 20


def test_layout_of_the_portal_is_no_sentence(birth: Procedure) -> None:
    text = "\n".join(detail.text for detail in sentences(birth))
    assert "Số lượng" not in text
    assert "OTHER" not in text
    assert "0 VNĐ" not in text


def test_no_sample_tells_a_sentence_with_the_portals_codes(parts: Parts) -> None:
    for document in list(parts.store.documents(COMMUNE)):
        for detail in sentences(document.procedure) if document.procedure else []:
            assert "WORKING_DAY" not in detail.text, document.id
