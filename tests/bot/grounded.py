"""Whether an answer states a number that none of its sources and no fixed text holds."""

import re

from bot import replies
from bot.answer import Answer

_MARK = re.compile(r" \[\d+\]")
_COUNTED = re.compile(r"^\d+\. ", re.MULTILINE)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d.,]?\d)")
_RUN = re.compile(r"\d+")


def numbers(text: str) -> set[str]:
    """The numbers of a text, dots of thousands and leading zeros aside."""
    joined = _THOUSANDS.sub(lambda amount: re.sub(r"\D", "", amount.group()), text)
    return {run.lstrip("0") or "0" for run in _RUN.findall(joined)}


def ungrounded(answer: Answer) -> set[str]:
    """Numbers of an answer that stand neither in a quote, title, place or day it cites nor in bot/replies.py."""
    sources = [text for value in vars(replies).values() for text in _texts(value)]
    for cited in answer.citations:
        sources += [cited.quote, cited.title, cited.number or "", cited.path]
        sources += [day.strftime("%d/%m/%Y") for day in (cited.as_of, cited.issued_on) if day]
    if answer.procedure:
        sources.append(answer.procedure.code)
    known = {number for text in sources for number in numbers(text)}
    said = [answer.text, answer.more or ""]
    return {number for text in said for number in numbers(_MARK.sub("", text))} - known


def marks(answer: Answer) -> set[int]:
    """The citation marks in an answer's text."""
    return {int(number) for number in re.findall(r"(?<= \[)\d+(?=\])", f"{answer.text}\n{answer.more or ''}")}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for text in value.values() if isinstance(text, str)]
    return [text for text in value if isinstance(text, str)] if isinstance(value, tuple) else []
