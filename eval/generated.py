"""Thousands of generated questions, each with the one right answer that the store holds: `python -m eval.generated`.

Every procedure is asked for every aspect, every task row of every plan for every column. What is counted: numbers
that no source holds, statements that their own citation does not carry, and whether the asked field was given.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.aspects import Aspect
from bot.assistant import AssistantParts
from bot.settings import load_settings
from bot.sheet import bare
from corpus import portal
from corpus.document import Document, Task
from corpus.procedure import FeeState, Procedure
from corpus.store import NATIONAL
from eval.fixed_texts import fixed_texts
from eval.gold import Expected, GoldQuestion
from eval.in_process import InProcess, read_answer
from eval.measures.wording import plain
from eval.scoring import Scored, scored

LEAST = 3000
_SEED = 20260731
_SHOWN = 20
_WORDS = 25  # of a task's text: as much as somebody would copy from the table
_PREFIX = 30  # letters of a stored value that must be said; a phone does not show the whole of a long one

_ASK = {
    Aspect.FEE: ("{} mất bao nhiêu tiền lệ phí?", "Phí, lệ phí của {} là bao nhiêu?"),
    Aspect.TIME: ("{} mất bao lâu?", "Thời hạn giải quyết {} là mấy ngày?"),
    Aspect.DOSSIER: ("{} cần giấy tờ gì?", "Hồ sơ {} gồm những gì?"),
    Aspect.PLACE: ("{} nộp ở đâu?", "Nơi nộp hồ sơ {} ở chỗ nào?"),
    Aspect.ONLINE: ("{} có nộp trực tuyến được không?", "Làm {} qua mạng được không?"),
    Aspect.STEPS: ("Các bước {} thế nào?", "Trình tự thực hiện {} ra sao?"),
    Aspect.CONDITIONS: ("Điều kiện để {} là gì?", "{} có yêu cầu, điều kiện nào?"),
    Aspect.RESULT: ("Kết quả của {} là gì?", "{} xong thì được nhận giấy gì?"),
    Aspect.LEGAL: ("Căn cứ pháp lý của {}?", "{} theo luật nào, nghị định nào?"),
    Aspect.APPLICANTS: ("Đối tượng thực hiện {} là ai?", "Những ai được làm {}?"),
    Aspect.AGENCY: ("Cơ quan nào có thẩm quyền giải quyết {}?", "{} do ai giải quyết?"),
}
_FIELDS = {
    Aspect.FEE: (portal.CHANNELS, portal.FEE), Aspect.TIME: (portal.CHANNELS, portal.LIMIT),
    Aspect.DOSSIER: (portal.DOSSIER,), Aspect.PLACE: (portal.PLACE, portal.AGENCY, portal.CHANNELS),
    Aspect.ONLINE: (portal.CHANNELS,), Aspect.STEPS: (portal.STEPS,), Aspect.CONDITIONS: (portal.CONDITIONS,),
    Aspect.RESULT: (portal.RESULT,), Aspect.LEGAL: (portal.LEGAL_BASES,), Aspect.APPLICANTS: (portal.APPLICANTS,),
    Aspect.AGENCY: (portal.AGENCY, portal.AUTHORITY, portal.LEVEL),
}  # fmt: skip
_NOTHING = {
    Aspect.FEE: replies.FEE_NOT_PUBLISHED, Aspect.TIME: replies.TIME_NOT_PUBLISHED,
    Aspect.DOSSIER: replies.DOSSIER_NOT_PUBLISHED, Aspect.PLACE: replies.PLACE_NOT_PUBLISHED,
    Aspect.CONDITIONS: replies.NO_CONDITIONS,
}  # fmt: skip
_COLUMNS = {
    "đơn vị chủ trì": ("Đơn vị nào chủ trì {}?", "{}: phòng nào chủ trì?"),
    "đơn vị phối hợp": ("Đơn vị nào phối hợp {}?", "{}: ai phối hợp thực hiện?"),
    "thời gian": ("Khi nào thực hiện {}?", "Thời hạn của việc {} là bao giờ?"),
    "sản phẩm": ("Sản phẩm của việc {} là gì?", "{}: kết quả, sản phẩm là gì?"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A generated question; `about` is the aspect or column, `text` the task's words when a row is asked."""

    question: str
    commune: str | None
    document: Document
    about: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of it: whether the right record was found and its field given, and what was said without source."""

    asked: Asked
    answer: Answer
    is_found: bool
    is_right: bool
    invented: tuple[str, ...]
    bare: tuple[str, ...]


def questions(parts: AssistantParts, communes: Sequence[str], least: int = LEAST) -> list[Asked]:
    """All questions of the communes' own documents; national procedures are drawn until there are `least`."""
    found = [asked for commune in communes for document in parts.store.documents(commune) for asked in _of(document)]
    names = sorted(name for name, *_ in parts.store.listed(NATIONAL))
    random.Random(_SEED).shuffle(names)
    for name in names:
        if len(found) >= least:
            break
        found += _of(parts.store.document(name))
    return found


def check(parts: AssistantParts, asked: Sequence[Asked]) -> Iterator[Checked]:
    """Ask every question and compare the answer with the store."""
    known, fixed = InProcess(parts), fixed_texts()
    for one in asked:
        answer = parts.chatbot.ask(one.question, one.commune)
        is_found, is_right = (
            _procedure_given(parts, known, one, answer) if one.text is None else _row_given(one, answer)
        )
        score = _scored(one, answer, fixed)
        yield Checked(one, answer, is_found, is_found and is_right, score.invented, score.bare)


def values(procedure: Procedure, aspect: Aspect) -> tuple[str, ...]:
    """What the record holds of an aspect; any one of them, as far as a phone shows it, answers the question."""
    channels = procedure.channels
    fees = [fee for channel in channels for fee in channel.fees if fee.state is not FeeState.NOT_PUBLISHED]
    ways = [channel.name for channel in channels]
    held: dict[Aspect, Sequence[str | None]] = {
        Aspect.FEE: [f"{fee.amount} đồng" if fee.state is FeeState.AMOUNT else fee.text for fee in fees],
        Aspect.TIME: [channel.time_limit.text for channel in channels],
        Aspect.DOSSIER: [item.text for case in procedure.dossier for item in case.items],
        Aspect.PLACE: [procedure.receiving_place] if procedure.receiving_place else procedure.agencies,
        Aspect.ONLINE: ["dichvucong.gov.vn"] if "Trực tuyến" in ways else ways,
        Aspect.STEPS: procedure.steps,
        Aspect.CONDITIONS: (procedure.conditions or "").splitlines(),
        Aspect.RESULT: [procedure.result],
        Aspect.LEGAL: [basis.name for basis in procedure.legal_bases],
        Aspect.APPLICANTS: procedure.applicants,
        Aspect.AGENCY: procedure.agencies or [procedure.competent_authority or procedure.level],
    }
    return tuple(value for value in held[aspect] if value and value.strip())


def table(checked: Sequence[Checked]) -> str:
    """One line for each aspect and column, and one for all."""
    lines = [f"{'':20}{'asked':>7}{'record':>8}{'field':>8}{'share':>8}{'invented':>10}{'unsupported':>13}"]
    for about in (*dict.fromkeys(one.asked.about for one in checked), "all"):
        some = [one for one in checked if about in (one.asked.about, "all")]
        found, right = sum(one.is_found for one in some), sum(one.is_right for one in some)
        invented, bare = sum(bool(one.invented) for one in some), sum(bool(one.bare) for one in some)
        share = right / len(some) if some else 0.0
        lines.append(f"{about:20}{len(some):7}{found:8}{right:8}{share:8.1%}{invented:10}{bare:13}")
    return "\n".join(lines)


def failures(checked: Sequence[Checked]) -> str:
    """The first failures of each kind, with question and answer."""
    kinds = {
        "invented": [(one, "; ".join(one.invented)) for one in checked if one.invented],
        "unsupported": [(one, "; ".join(one.bare)) for one in checked if one.bare],
        "record": [(one, one.answer.status.value) for one in checked if not one.is_found],
        "field": [(one, one.asked.document.id) for one in checked if one.is_found and not one.is_right],
    }
    shown = ((kind, one, why) for kind, some in kinds.items() for one, why in _mixed(some)[:_SHOWN])
    return "\n".join(
        f"--- {kind}, {one.asked.about}: {one.asked.question} [{one.asked.commune}] {why}\n{one.answer.text}"
        for kind, one, why in shown
    )


def main(words: Sequence[str] | None = None) -> int:
    """Ask, print the table; 1 when any number was invented."""
    parser = argparse.ArgumentParser(prog="python -m eval.generated", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="data folder with everything published")
    parser.add_argument("--commune", nargs="+", help="communes whose documents are asked for (default: all)")
    parser.add_argument("--least", type=int, default=LEAST, help="questions, national procedures filling them up")
    parser.add_argument("--failures", action="store_true", help=f"show the first {_SHOWN} failures of each kind")
    options = parser.parse_args(words)
    parts = AssistantParts(load_settings(data=options.data))
    communes = options.commune or [commune.id for commune in parts.store.communes()]
    checked = list(check(parts, questions(parts, communes, options.least)))
    sys.stdout.write(table(checked) + "\n" + (failures(checked) + "\n" if options.failures else ""))
    return int(any(one.invented for one in checked))


def _mixed(some: list[tuple[Checked, str]]) -> list[tuple[Checked, str]]:
    """The same failures, the first of each aspect and column before the second of any."""
    seen: Counter[str] = Counter()
    ranks = []
    for one, _ in some:
        ranks.append(seen[one.asked.about])
        seen[one.asked.about] += 1
    return [some[number] for number in sorted(range(len(some)), key=lambda number: ranks[number])]


def _of(document: Document) -> Iterator[Asked]:
    return chain(_of_procedure(document), *(_of_task(document, task) for task in document.tasks))


def _of_procedure(document: Document) -> Iterator[Asked]:
    procedure = document.procedure
    if procedure is None:
        return
    name = procedure.name if procedure.name[:2].isupper() else procedure.name[0].lower() + procedure.name[1:]
    for aspect, (by_name, with_code) in _ASK.items():
        for form, named in ((by_name, name), (with_code, f"{name} (mã {procedure.code})")):
            question = form.format(named)
            yield Asked(question[0].upper() + question[1:], document.commune, document, aspect)


def _of_task(document: Document, task: Task) -> Iterator[Asked]:
    text = _asked_text(task)
    for column, forms in _COLUMNS.items():
        yield from (Asked(form.format(text), document.commune, document, column, text) for form in forms)


def _asked_text(task: Task) -> str:
    return " ".join((task.activity or task.task).split()[:_WORDS]).rstrip(".,;:")


def _procedure_given(parts: AssistantParts, known: InProcess, one: Asked, answer: Answer) -> tuple[bool, bool]:
    """Found and field given. Who asks by name alone may be told of a procedure of the same name."""
    wanted = one.document.procedure
    if wanted is None or answer.procedure is None or answer.status is not AnswerStatus.ANSWERED:
        return False, False
    right = {wanted.code} if wanted.code in one.question else {wanted.code, *known.alike((wanted.code,))}
    if answer.procedure.code not in right:
        return False, False
    procedure = parts.store.document(answer.citations[0].document_id).procedure or wanted
    aspect, said = Aspect(one.about), plain(answer.text)
    held = values(procedure, aspect)
    if not held:
        return True, plain(_NOTHING.get(aspect, replies.NOT_STATED)) in said
    cited = {citation.path.removeprefix(f"Thủ tục {procedure.code}, ") for citation in answer.citations}
    return True, bool(cited & set(_FIELDS[aspect])) and any(_is_said(value, said) for value in held)


def _is_said(value: str, said: str) -> bool:
    start = plain(bare(value))[:_PREFIX].rstrip(" .;,:")
    return re.search(rf"(?<![\w.,]){re.escape(start)}", said) is not None


def _row_given(one: Asked, answer: Answer) -> tuple[bool, bool]:
    """Found and column given: of the row itself, or of another one with the same words."""
    cited = {citation.path for citation in answer.citations if citation.document_id == one.document.id}
    rows = [task for task in one.document.tasks if task.path in cited and _asked_text(task) == one.text]
    return bool(rows), any(plain(_cell(task, one.about)) in plain(answer.text) for task in rows)


def _cell(task: Task, column: str) -> str:
    lead, together = ("; ".join(unit.source for unit in some) for some in (task.lead_units, task.coordinating_units))
    cells = dict(zip(_COLUMNS, (lead, together, task.deadline, task.product), strict=True))
    return cells[column] or replies.NOT_FOUND_IN_PLAN


def _scored(one: Asked, answer: Answer, fixed: tuple[str, ...]) -> Scored:
    """The measures of the evaluation over all that was said, what did not fit a phone included."""
    gold = GoldQuestion(id="x", question=one.question, expect=Expected.ANY)
    reply = replace(read_answer(answer, None, 0.0), text="\n".join((answer.text, answer.more or "")))
    return scored(gold, "", reply, frozenset(), fixed)


if __name__ == "__main__":
    sys.exit(main())
