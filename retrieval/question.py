"""A question on its way into the search: the forms under which it is looked for."""

import re
from dataclasses import dataclass

from corpus.vietnamese import fold, nfc, one_line
from retrieval.cues import Cue, cues_in
from retrieval.spelling import Spelling

MAX_LENGTH = 600
_CODE = re.compile(r"(?<![\d.])\d\.\d{6,}(?:\.[\w]+)*(?![\d.])")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as typed and as restored. `forms` are what is searched, the typed one always among them."""

    typed: str
    forms: tuple[str, ...]
    codes: tuple[str, ...]
    cues: frozenset[Cue]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to search for: no letter and no digit."""
        return not self.forms


def read_question(text: str, restorer: Spelling) -> Question:
    """A question from what somebody typed; what goes beyond MAX_LENGTH letters is not read."""
    typed = one_line(nfc(text))[:MAX_LENGTH]
    if not _LETTER.search(typed):
        return Question(typed, (), (), frozenset())
    restored = restorer.restore(typed)
    forms = tuple(dict.fromkeys([typed, restored]))
    return Question(typed, forms, tuple(_CODE.findall(typed)), cues_in(restored))


def provinces_named(question: Question, known: frozenset[str]) -> frozenset[str]:
    """Which of the known provinces (folded) the question names."""
    folded = f" {fold(question.typed)} "
    return frozenset(name for name in known if name in folded and re.search(rf"\b{re.escape(name)}\b", folded))
