"""The seam to a judging language model. Off by default, and never part of a gate: its opinion is no measurement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.run import Record

_GRADE = re.compile(r"\b([1-5])\b")
QUESTION = (
    "Bạn chấm câu trả lời của một trợ lý hành chính. Chỉ dựa vào đoạn nguồn, chấm từ 1 (sai, gây hiểu lầm) đến 5 "
    "(đúng, đủ, dễ hiểu). Chỉ trả về một chữ số.\n\n"
    "Câu hỏi: {question}\n\nCâu trả lời: {answer}\n\nĐoạn nguồn:\n{sources}"
)


class Model(Protocol):
    """Any language model: words in, words out."""

    def complete(self, prompt: str) -> str:
        """The model's answer to a prompt."""
        ...


@dataclass(frozen=True, slots=True)
class Opinion:
    """A grade from 1 to 5, None when the model gave none, beside what was measured."""

    id: str
    grade: int | None
    whole: float


def judged(records: Sequence[Record], model: Model) -> list[Opinion]:
    """The model's opinion of every answer with sources."""
    opinions = []
    for record in records:
        if not record.sources:
            continue
        sources = "\n".join(f"[{source['n']}] {source['quote']}" for source in record.sources)
        said = model.complete(QUESTION.format(question=record.typed, answer=record.text, sources=sources))
        match = _GRADE.search(said)
        grade = int(match.group(1)) if match else None
        opinions.append(Opinion(record.id, grade, record.scored.score.whole or 0.0))
    return opinions


def agreement(opinions: Sequence[Opinion]) -> float:
    """Share of the grades that agree with the measures: 4 and 5 for answers without a fault, 1 to 3 for the others."""
    graded = [opinion for opinion in opinions if opinion.grade is not None]
    agreeing = sum((opinion.grade or 0) >= 4 if opinion.whole else (opinion.grade or 0) < 4 for opinion in graded)
    return agreeing / len(graded) if graded else 0.0
