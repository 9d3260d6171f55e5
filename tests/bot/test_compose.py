"""Answers are put together from the record, cited, and short enough for a phone."""

from dataclasses import replace
from datetime import date

import pytest

from bot import replies
from bot.answer import Option
from bot.aspects import Aspect
from bot.assemble import Parts
from bot.compose import PHONE, Notes, Source, as_of_line, procedure_answer
from bot.detail import Detail
from corpus import portal
from corpus.document import Document
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
    assert lines[1] == f"{replies.RECORD_SAYS}: Lãnh đạo UBND phường ký [1]"


def test_a_time_limit_coded_as_other_is_told_in_the_words_of_the_steps(birth: Source) -> None:
    text = procedure_answer(birth, (Aspect.TIME,), Notes("")).text
    assert replies.TIME_NOT_PUBLISHED in text
    assert "60 ngày" in text


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
