"""A plan's formal parts: who signed it, its number and date, what it rests on, who receives it."""

import re
from collections.abc import Sequence

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.compose import Notes
from corpus.chunking import Chunk
from corpus.document import Document
from corpus.vietnamese import folded_syllables
from retrieval.cues import QUESTION_WORDS, Cue, subject_words
from retrieval.words import lexical_words

SIGNATURE, OPENING, BASES = "Chữ ký", "Phần mở đầu", "Căn cứ ban hành"
_ROLES = {
    Cue.SIGNER: SIGNATURE,
    Cue.RECIPIENTS: "Nơi nhận",
    Cue.BASIS: BASES,
    Cue.HEADER: OPENING,
}
_FIGURES, _YEAR = re.compile(r"\d+"), re.compile(r"20\d\d")
_DAY = re.compile(r"\b(?:ngay|hom nao|luc nao|khi nao|bao gio)\b")
# Words by which a document is called whatever it is about.
_CALLED = frozenset(("ke", "hoach", "quyet", "dinh", "van", "ban", "nay", "so", "nam", "hanh", "uy", "nhan", "dan"))


def formal_part(
    found: Chunk, document: Document, chunks: Sequence[Chunk], question: str, cues: frozenset[Cue]
) -> Chunk:
    """Of the plan's formal parts, the one whose content was asked for.

    Their words are much the same in every plan, so the search may take one for another, or for a task that names the
    plan. Who signed another paper that the plan rests on, its number and its day are said among the bases. What is
    found elsewhere in the plan stays as it is.
    """
    wanted = next((role for cue, role in _ROLES.items() if cue in cues), None)
    itself = _about_itself(document, question)
    nothing_else = itself and _says_nothing_else(document, question)
    if wanted is None or (found.field is None and not (nothing_else and wanted in (SIGNATURE, OPENING))):
        return found
    if found.field == BASES and not itself:
        return found
    parts = {chunk.field: chunk for chunk in reversed(chunks)}
    if wanted in (SIGNATURE, OPENING) and (_names_another(document, question) or (wanted is OPENING and not itself)):
        return parts.get(BASES, found)
    return parts.get(wanted) or (parts.get(OPENING, found) if nothing_else else found)


def _about_itself(document: Document, question: str) -> bool:
    """Whether a question is about the plan: it names what follows "Kế hoạch" in its title, its signer, or nothing."""
    asked, signer = set(lexical_words(question)), set(lexical_words(document.signer or ""))
    own = {*_CALLED, *(document.commune or "").split("-")}
    named = {word for word in subject_words(lexical_words(question)) - own if not word.isdigit()}
    known = not named or set(_subject(document)[:2]) <= asked or (bool(signer) and signer <= asked)
    return known and not _names_another(document, question)


def _names_another(document: Document, question: str) -> bool:
    """Whether a question names a paper by a number that is not the plan's own."""
    numbers = set(_FIGURES.findall(question)) - set(_FIGURES.findall(document.number or ""))
    return not all(_YEAR.fullmatch(number) for number in numbers)


def _says_nothing_else(document: Document, question: str) -> bool:
    """Whether every word of a question is one of the plan's title or one that questions are put with."""
    known = {*lexical_words(document.title), *(document.commune or "").split("-"), *_CALLED, *QUESTION_WORDS}
    return subject_words(lexical_words(question)) <= known


def _subject(document: Document) -> list[str]:
    title = folded_syllables(document.title)
    return title[title.index("hoach") + 1 if "hoach" in title else 0 :]


def formal_answer(
    chunk: Chunk, document: Document, question: str, cues: frozenset[Cue], mark: str, notes: Notes
) -> Answer | None:
    """The answer from the signature or the opening, or that the stored copy leaves it blank; None for other parts."""
    if chunk.field not in (SIGNATURE, OPENING):
        return None
    blank = [replies.BLANK[what] + mark for what, is_blank in _asked(document, question, cues) if is_blank]
    if blank:
        if document.issued_text and Cue.HEADER in cues:
            blank.append(f"Bản này ghi: “{document.issued_text}”.{mark}")
        return Answer(AnswerStatus.NO_ANSWER, "\n".join(blank), notes.citations)
    if chunk.field == SIGNATURE and document.signer:
        role = f" ({document.signer_role})" if document.signer_role else ""
        text = f"Người ký: {document.signer}{role}.{mark}"
    elif chunk.field == OPENING and Cue.HEADER in cues:
        text = f"{document.title}: {_number_and_date(document)}.{mark}"
    else:
        return None
    return Answer(AnswerStatus.ANSWERED, text, notes.citations)


def _asked(document: Document, question: str, cues: frozenset[Cue]) -> list[tuple[str, bool]]:
    """What was asked of the plan's frame, by its name in replies.BLANK, and whether the stored copy leaves it blank."""
    asked = []
    if Cue.SIGNER in cues:
        asked.append(("signer", not document.signer))
    if Cue.NUMBER in cues:
        asked.append(("number", not document.number))
    if Cue.HEADER in cues and _DAY.search(" ".join(folded_syllables(question))):
        asked.append(("date", not document.issued_on))
    return asked


def _number_and_date(document: Document) -> str:
    number = f"số {document.number}" if document.number else "số để trống"
    if not document.issued_on:
        return f"{number}, ngày để trống"
    written = f" ({document.issued_text})" if document.issued_text and "tháng" in document.issued_text else ""
    return f"{number}, ban hành {document.issued_on:ngày %d/%m/%Y}{written}"
