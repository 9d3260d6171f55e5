"""Generated questions over the samples: asked, compared with the store, told in a table."""

from dataclasses import replace

import pytest

from bot.answer import Answer
from bot.aspects import Aspect
from bot.assemble import Parts
from eval.generated import LEAST, Asked, Checked, check, failures, main, questions, table

COMMUNE = "phuong-mau"


class Says:
    """A chatbot that gives one answer to everything, and the store it stands on."""

    def __init__(self, parts: Parts, answer: Answer) -> None:
        self.store, self.index, self.answer = parts.store, parts.index, answer
        self.chatbot = self

    def ask(self, _question: str, _commune: str | None) -> Answer:
        return self.answer


@pytest.fixture(scope="module")
def asked(parts: Parts) -> list[Asked]:
    return questions(parts, [COMMUNE])


def one(asked: list[Asked], about: str) -> Asked:
    return next(question for question in asked if question.about == about)


def result(parts: Parts | Says, question: Asked) -> Checked:
    return next(check(parts, [question]))  # type: ignore[arg-type]


def test_every_aspect_of_every_procedure_and_every_column_of_every_row_is_asked(
    parts: Parts, asked: list[Asked]
) -> None:
    documents = list(parts.store.documents(COMMUNE))
    procedures = sum(document.procedure is not None for document in documents)
    rows = sum(len(document.tasks) for document in documents)
    assert len(asked) == len({question.question for question in asked}) == procedures * 11 * 2 + rows * 4 * 2


def test_national_procedures_fill_up_to_the_number_wanted(parts: Parts) -> None:
    assert len(questions(parts, [], 10)) == 0  # The samples hold no national procedure.
    assert LEAST == 3000


@pytest.mark.parametrize("about", [Aspect.FEE, Aspect.TIME, Aspect.LEGAL, "đơn vị chủ trì", "sản phẩm"])
def test_the_assistant_finds_the_record_and_gives_the_field(parts: Parts, asked: list[Asked], about: str) -> None:
    checked = result(parts, one(asked, about))
    assert (checked.is_found, checked.is_right, checked.invented, checked.bare) == (True, True, (), ())


def test_every_line_on_where_to_go_keeps_its_own_source_on_a_small_screen(parts: Parts, asked: list[Asked]) -> None:
    """The ward's opening hours lost their mark when cut; the ways to hand in stood under the office's mark."""
    places = [question for question in asked if question.about == Aspect.PLACE]
    assert [checked.bare for checked in check(parts, places[:12]) if checked.bare] == []


def test_a_sentence_that_the_record_repeats_is_said_once(parts: Parts) -> None:
    answer = parts.chatbot.ask("Cơ quan nào có thẩm quyền giải quyết đăng ký thành lập hộ kinh doanh?", COMMUNE)
    lines = answer.text.splitlines()
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("about", [Aspect.FEE, Aspect.LEGAL, "thời gian"])
def test_an_answer_to_something_else_is_not_right(parts: Parts, asked: list[Asked], about: str) -> None:
    other = parts.chatbot.ask(one(asked, Aspect.RESULT).question, COMMUNE)
    assert not result(Says(parts, other), one(asked, about)).is_right


def test_a_changed_figure_is_invented_and_not_right(parts: Parts, asked: list[Asked]) -> None:
    question = one(asked, "thời gian")
    answer = parts.chatbot.ask(question.question, COMMUNE)
    year = next(word for word in answer.text.split() if "/20" in word)
    checked = result(Says(parts, replace(answer, text=answer.text.replace(year, "39/2047"))), question)
    assert (checked.is_found, checked.is_right, checked.invented) == (True, False, ("2047", "39", "39/2047"))
    assert "--- invented, thời gian: " in failures([checked])
    assert table([checked]).splitlines()[-1].split() == ["all", "1", "1", "0", "0.0%", "1", "1"]


def test_the_command_ends_well_when_nothing_is_invented(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(parts.settings.data)
    assert main(["--data", data, "--commune", "khong-co", "--least", "0"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("all")
