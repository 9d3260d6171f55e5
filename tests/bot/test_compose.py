"""Answers are put together from the record, cited, and short enough for a phone."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bot import replies
from bot.answer import Option
from bot.aspects import Aspect
from bot.assemble import Parts
from bot.compose import PHONE, Notes, Source, as_of_line, procedure_answer
from bot.detail import Detail
from bot.said import said_on
from corpus import portal
from corpus.document import Document
from corpus.procedure import Channel, DossierCase, DossierItem, Fee, FeeKind, FeeState, Procedure, TimeLimit
from tests.bot.grounded import marks, ungrounded

COMMUNE = "phuong-mau"
BIRTH = "phuong-mau/tthc-1.001193"


def source_of(parts: Parts, document: Document) -> Source:
    chunks = {chunk.field or "": chunk for chunk in parts.store.chunks_of(document.id)}
    return Source(document, chunks, document.as_of)


@pytest.fixture(scope="module")
def sources(parts: Parts) -> list[Source]:
    """Every procedure of the samples."""
    return [source_of(parts, d) for d in list(parts.store.documents(COMMUNE)) if d.procedure]


def with_procedure(source: Source, procedure: Procedure) -> Source:
    return replace(source, document=replace(source.document, procedure=procedure))


@pytest.fixture(scope="module")
def birth(parts: Parts) -> Source:
    return source_of(parts, parts.store.document(BIRTH))


@pytest.mark.parametrize(
    "aspects", [*((aspect,) for aspect in Aspect), (), tuple(Aspect)], ids=lambda a: ",".join(a) or "overview"
)
def test_no_procedure_is_answered_with_a_number_that_its_sources_do_not_hold(
    sources: list[Source], aspects: tuple[Aspect, ...]
) -> None:
    assert len(sources) == 30
    for source in sources:
        answer = procedure_answer(source, aspects, Notes(""))
        assert ungrounded(answer) == set(), (source.document.id, answer.text)
        assert marks(answer) == {cited.n for cited in answer.citations}, source.document.id


@pytest.mark.parametrize("aspects", [(), (Aspect.DOSSIER,), (Aspect.STEPS, Aspect.LEGAL), tuple(Aspect)], ids=len)
def test_an_answer_fits_a_phone_or_gives_the_rest_apart(sources: list[Source], aspects: tuple[Aspect, ...]) -> None:
    for source in sources:
        answer = procedure_answer(source, aspects, Notes(""))
        assert len(answer.text) <= PHONE or len(aspects) > 4, (source.document.id, len(answer.text))
        assert (answer.more is not None) == (replies.MORE in answer.text)


def test_quotes_are_the_sources_own_letters_and_link_to_them(parts: Parts, birth: Source) -> None:
    answer = procedure_answer(birth, (Aspect.DOSSIER,), Notes("https://mau.example.vn/"))
    for cited in answer.citations:
        chunk, is_current = parts.store.chunk(cited.chunk_id)
        assert (cited.quote, is_current) == (chunk.text, True)
        assert cited.url == f"https://mau.example.vn/c/{chunk.id}"


def test_a_source_is_numbered_once_in_the_order_of_its_first_use(birth: Source) -> None:
    notes = Notes("")
    steps, name = birth.chunks[portal.STEPS], birth.chunks[portal.NAME]
    said = [notes.mark(chunk, birth.document, None) for chunk in (steps, name, steps)]
    assert said == [" [1]", " [2]", " [1]"]
    assert [cited.n for cited in notes.citations] == [1, 2]


def test_a_fee_of_zero_that_nobody_explained_is_not_called_free(birth: Source) -> None:
    text = procedure_answer(birth, (Aspect.FEE,), Notes("")).text
    assert replies.FEE_NOT_PUBLISHED in text
    assert "miễn" not in text.lower()


def test_a_sentence_of_the_record_comes_first_and_says_that_it_is_the_sources(birth: Source) -> None:
    detail = Detail("Lãnh đạo UBND phường ký", portal.STEPS)
    lines = procedure_answer(birth, (), Notes(""), [detail]).text.splitlines()
    assert lines[1] == f"{replies.RECORD_SAYS}: Lãnh đạo UBND phường ký [2]"


def test_sources_are_numbered_as_they_are_read(birth: Source) -> None:
    answer = procedure_answer(birth, tuple(Aspect), Notes(""))
    read = re.findall(r"(?<= \[)\d+(?=\])", f"{answer.text}\n{answer.more or ''}")
    assert list(dict.fromkeys(read)) == [str(cited.n) for cited in answer.citations]


def test_a_time_limit_coded_as_other_is_told_in_the_words_of_the_steps(birth: Source) -> None:
    text = procedure_answer(birth, (Aspect.TIME,), Notes("")).text
    assert replies.TIME_NOT_PUBLISHED in text
    assert "60 ngày" in text


def test_every_paper_is_named_before_any_is_told_in_full(birth: Source) -> None:
    procedure = birth.document.procedure
    assert procedure is not None
    items = tuple(DossierItem(f"Giấy thứ {number} " + "theo mẫu quy định " * 20, 1, 0, None) for number in range(1, 6))
    long = replace(procedure, dossier=(DossierCase(None, items),))
    text = procedure_answer(with_procedure(birth, long), (Aspect.DOSSIER,), Notes("")).text
    assert len(text) <= PHONE
    assert all(f"Giấy thứ {number} " in text for number in range(1, 6))


def test_the_name_of_a_case_is_not_left_without_its_papers(sources: list[Source]) -> None:
    for source in sources:
        lines = procedure_answer(source, (), Notes("")).text.splitlines()
        dangling = [line for line, after in pairwise(lines) if line.endswith(":") and after.startswith("…")]
        assert dangling == [], source.document.id


def test_a_list_of_papers_is_never_left_empty(sources: list[Source]) -> None:
    beside = [Detail(f"Câu thứ {number} " + "về việc khác " * 30, portal.STEPS) for number in (1, 2)]
    for source in sources:
        lines = procedure_answer(source, (), Notes(""), beside).text.splitlines()
        after = next((after for line, after in pairwise(lines) if line.startswith("Hồ sơ gồm:")), "• ")
        assert not after.startswith(("Nơi nộp", "Cơ quan")), source.document.id


def test_what_was_asked_is_not_crowded_out_by_what_is_told_beside_it(birth: Source) -> None:
    procedure = birth.document.procedure
    assert procedure is not None
    fee = Fee(FeeKind.LE_PHI, FeeState.TEXT, None, "Thu 10.000 đồng mỗi lần. " * 20)
    costly = replace(procedure, channels=(Channel("Trực tiếp", TimeLimit(None), (fee,), None, ""),))
    beside = [Detail(f"Câu thứ {number} " + "về việc khác " * 30, portal.STEPS) for number in (1, 2)]
    lines = procedure_answer(with_procedure(birth, costly), (Aspect.FEE,), Notes(""), beside).text.splitlines()
    assert len(lines[1]) > 300
    assert max(map(len, lines[2:4])) <= 200


def test_who_asks_how_much_is_paid_out_is_never_told_a_fee_first(birth: Source) -> None:
    lines = procedure_answer(birth, (Aspect.BENEFIT,), Notes("")).text.splitlines()
    assert lines[1].startswith(f"Mức được hưởng: {replies.BENEFIT_NOT_STATED}")
    assert any(line.startswith("Hồ sơ gồm") for line in lines)


def test_a_sentence_told_for_what_was_asked_is_not_told_again(birth: Source) -> None:
    said = said_on(birth.document.procedure, (Aspect.DEADLINE,))[0].text if birth.document.procedure else ""
    text = procedure_answer(birth, (Aspect.DEADLINE,), Notes(""), [Detail(f"{said};", portal.STEPS)]).text
    assert text.count(said) == 1


def test_a_title_ends_without_the_records_punctuation(birth: Source) -> None:
    procedure = birth.document.procedure
    assert procedure is not None
    named = with_procedure(birth, replace(procedure, name="Cấp chứng chỉ hành nghề."))
    assert procedure_answer(named, (), Notes("")).text.startswith("Thủ tục: Cấp chứng chỉ hành nghề (mã")


def test_other_forms_the_ward_and_the_day_of_the_data_stand_at_the_end(birth: Source) -> None:
    answer = procedure_answer(
        birth, (Aspect.FEE,), Notes(""), (), ["Địa chỉ: số 1 [9]"], (Option("Khai tử", "1.000656"),)
    )
    assert answer.text.splitlines()[-3:] == [
        "Địa chỉ: số 1 [9]",
        "Dữ liệu cập nhật ngày 31/07/2026.",
        replies.OTHER_FORMS,
    ]
    assert [option.code for option in answer.options] == ["1.000656"]
    assert as_of_line(date(2026, 7, 1)) == "Dữ liệu cập nhật ngày 01/07/2026."


def test_a_number_from_nowhere_would_be_noticed(birth: Source) -> None:
    answer = procedure_answer(birth, (Aspect.FEE,), Notes(""))
    assert ungrounded(replace(answer, text=f"{answer.text}\nLệ phí: 8.123 đồng [1]")) == {"8123"}


def test_a_plan_is_no_procedure(birth: Source) -> None:
    with pytest.raises(ValueError, match="no procedure"):
        procedure_answer(replace(birth, document=replace(birth.document, procedure=None)), (), Notes(""))
