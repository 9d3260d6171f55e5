"""How strict is the grounding check? `python -m eval.mutations --data DIR [--commune ID]`.

The lines of composed answers are true. Said as a model might say them they should pass; each changed in one point (a
figure, a unit, a negation, an office, a channel, a line of another record) should be complained of.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.answer import Answer, AnswerStatus
from bot.assistant import AssistantParts
from bot.grounding import complaints
from bot.settings import Settings
from bot.wording import sources_of
from eval.question_set import read_set
from eval.shipped import set_path

_ASKED = 400
_SWAPS = (("trực tuyến", "trực tiếp"), ("trực tiếp", "trực tuyến"), ("chủ trì", "phối hợp"), ("bản chính", "bản sao"))
_OFFICES = ("Sở Tài chính", "Phòng Nông nghiệp và Môi trường", "Công an cấp tỉnh", "Ủy ban nhân dân cấp huyện")
_OFFICE = re.compile(r"\b(?:Sở|Phòng|Công an|Ủy ban nhân dân|Trung tâm|UBND)(?: [^\W\d_]+){1,3}")
_NUMBERING = re.compile(r"^(?:•|\d{1,2}\.)?\s*")
_NOT = re.compile(r"\b(?:không|chưa) ")

Change = Callable[[str, random.Random], str | None]


def main() -> int:
    """Print how many true lines pass and how many changed ones are caught, by kind of change."""
    parser = argparse.ArgumentParser(prog="python -m eval.mutations")
    parser.add_argument("--data", type=Path, default=Path("data"), help="data folder with everything published")
    parser.add_argument("--commune", default="phuong-mau", help="commune that is asked")
    options = parser.parse_args()
    parts = AssistantParts(Settings.model_construct(data=options.data))
    asked, caught = Counter[str](), Counter[str]()
    for kind, was_caught in checked(answers(parts, options.commune), random.Random(1)):
        asked[kind] += 1
        caught[kind] += was_caught
    for kind, count in sorted(asked.items()):
        sys.stdout.write(f"{kind:<20} {caught[kind]:>5} of {count:>5} complained of, {caught[kind] / count:.3f}\n")
    return 0


def answers(parts: AssistantParts, commune: str) -> Iterator[Answer]:
    """Composed answers to questions of the shipped sets, every field in turn."""
    questions = [gold.question for name in ("procedures-a", "samples") for gold in read_set(set_path(name)).questions]
    fields = ("cần giấy tờ gì", "lệ phí bao nhiêu", "mất mấy ngày", "nộp ở đâu", "cần điều kiện gì", "")
    chosen = random.Random(1).sample(questions, min(_ASKED, len(questions)))
    for number, question in enumerate(chosen):
        answer = parts.chatbot.ask(f"{question} {fields[number % len(fields)]}", commune)
        if answer.status is AnswerStatus.ANSWERED:
            yield answer


def checked(given: Iterator[Answer], chance: random.Random) -> Iterator[tuple[str, bool]]:
    """(kind of change, whether it was complained of) for every line that the change can be made in."""
    foreign = "Người yêu cầu nộp bản vẽ kỹ thuật tàu cá"
    for answer in given:
        sources = sources_of(answer)
        known = {cited.n: f"{sources.get(cited.n, '')}\n{cited.quote}" for cited in answer.citations}
        for number, text in sources.items():
            for line in _lines(text):
                yield "unchanged", _is_caught(line, number, known)
                yield "another record", _is_caught(foreign, number, known)
                for kind, change in CHANGES.items():
                    changed = change(line, chance)
                    if changed is not None and changed != line and changed not in known[number]:
                        yield kind, _is_caught(changed, number, known)
            foreign = _lines(text)[-1] if _lines(text) else foreign


def _lines(text: str) -> list[str]:
    lines = [_NUMBERING.sub("", line).rstrip(" .;") for line in text.splitlines()]
    return [line for line in lines if len(line.split()) >= 4 and not line.endswith((":", "…"))]


def _is_caught(line: str, number: int, known: dict[int, str]) -> bool:
    cited = re.sub(r"(?<=[.!?…])\s+(?=[^\W\d_])", f" [{number}] ", line)
    return bool(list(complaints(f"{cited} [{number}].", known)))


def _figure(line: str, chance: random.Random) -> str | None:
    places = [match.start() for match in re.finditer(r"\d", line)]
    if not places:
        return None
    place = chance.choice(places)
    return f"{line[:place]}{(int(line[place]) + chance.randrange(1, 9)) % 10}{line[place + 1 :]}"


def _unit(line: str, chance: random.Random) -> str | None:
    changed = line.replace("ngày làm việc", "ngày", 1) if chance.random() < 0.5 else line.replace(" ngày", " tháng", 1)
    return changed if re.search(r"\d+ ngày", line) else None


def _negation(line: str, chance: random.Random) -> str | None:
    if _NOT.search(line):
        return _NOT.sub("", line, count=1)
    verbs = list(re.finditer(r"\b(?:phải|được|có|nộp|thu)\b", line))
    return line[: (at := chance.choice(verbs).start())] + "không " + line[at:] if verbs else None


def _office(line: str, chance: random.Random) -> str | None:
    return _OFFICE.sub(chance.choice(_OFFICES), line, count=1) if _OFFICE.search(line) else None


def _key(line: str, chance: random.Random) -> str | None:
    fitting = [(old, new) for old, new in _SWAPS if old in line.lower()]
    if not fitting or not re.search(r"\d", line):
        return None
    old, new = chance.choice(fitting)
    return re.sub(old, new, line, count=1, flags=re.IGNORECASE)


CHANGES: dict[str, Change] = {
    "figure": _figure,
    "unit": _unit,
    "negation": _negation,
    "office": _office,
    "channel or role": _key,
}
"""One untruth each."""

if __name__ == "__main__":
    sys.exit(main())
