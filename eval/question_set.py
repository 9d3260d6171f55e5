"""A file of gold questions, read as a whole: either every line is right, or every problem is listed."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.vietnamese import fold, one_line
from eval.errors import BrokenSet, UnreadableSet
from eval.gold import GoldQuestion

_MOST_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file in its order.

    `digest` is that of the file; `notes` name what was read leniently.
    """

    name: str
    digest: str
    questions: tuple[GoldQuestion, ...]
    notes: tuple[str, ...] = ()


def read_set(path: Path) -> QuestionSet:
    """A set of questions, one JSON object a line.

    Raises UnreadableSet, or BrokenSet with every problem by its line.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableSet(f"{path}: larger than {_MOST_BYTES // 1_000_000} MB; split it into parts")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableSet(
            f"{path}: {error.strerror or error}; name a file of questions, one JSON object a line"
        ) from error
    problems: list[str] = []
    notes: list[str] = []
    numbered: list[tuple[int, GoldQuestion]] = []
    for number, line in _lines(content):
        question = _question(line, number, problems)
        if question is not None:
            numbered.append((number, question))
            if _is_mixed(line):
                notes.append(f"line {number}: accents are not in Unicode NFC; compared after normalisation")
    problems += repeated(numbered)
    if not numbered and not problems:
        problems.append("line 1: the set holds no question")
    if problems:
        raise BrokenSet(str(path), tuple(sorted(problems, key=_line_of)))
    questions = tuple(question for _, question in numbered)
    return QuestionSet(path.stem, hashlib.sha256(content).hexdigest()[:16], questions, tuple(notes))


def repeated(numbered: list[tuple[int, GoldQuestion]]) -> list[str]:
    """Ids used twice, and questions asked twice in the same conversation of the same commune."""
    problems = []
    ids: dict[str, int] = {}
    asked: dict[tuple[str | None, ...], int] = {}
    for number, question in numbered:
        name = unicodedata.normalize("NFC", question.id)
        if name in ids:
            problems.append(f"line {number}: id {name!r} was used in line {ids[name]}; give each question its own")
        ids.setdefault(name, number)
        key = (question.commune, *(_plain(text) for text in (*question.history, question.question)))
        if key in asked:
            problems.append(f"line {number}: the same question as line {asked[key]}; drop one of them")
        asked.setdefault(key, number)
    return problems


def problems_of(error: ValidationError) -> list[str]:
    """What is wrong with one question, one text per problem, with the value."""
    found = []
    for item in error.errors():
        where = ".".join(str(part) for part in item["loc"])
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "json_invalid":
            found.append(f"broken JSON ({message.removeprefix('Invalid JSON: ')})")
        elif item["type"] == "extra_forbidden":
            found.append(f"unknown field {where!r}; eval/sets/README.md lists the fields")
        elif item["type"] == "missing":
            found.append(f"field {where!r} is missing")
        elif where:
            found.append(f"field {where!r}: {message}, not {_short(item['input'])}")
        else:
            found.append(message)
    return found


def _question(line: bytes, number: int, problems: list[str]) -> GoldQuestion | None:
    try:
        return GoldQuestion.model_validate_json(line)
    except ValidationError as error:
        problems += [f"line {number}: {problem}" for problem in problems_of(error)]
    return None


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, the empty ones left out.

    Only a newline ends a line: JSON may hold other separators.
    """
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield number, line.strip()


def _is_mixed(line: bytes) -> bool:
    return not line.isascii() and not unicodedata.is_normalized("NFC", line.decode("utf-8"))


def _plain(text: str) -> str:
    return one_line(fold(text)).rstrip(" ?.!")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _line_of(problem: str) -> int:
    return int(problem.split(":", 1)[0].removeprefix("line "))
