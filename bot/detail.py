"""The sentence of a procedure's record that answers a particular question, beside what was asked by its usual names."""

import re
from dataclasses import dataclass

from bot.aspects import Aspect, without_aspects
from bot.sheet import shortened
from bot.stopwords import STOPWORDS
from corpus import portal
from corpus.procedure import Procedure
from corpus.vietnamese import fold, one_line
from retrieval.passages import PassageFinder, words_beside

_SENTENCE = re.compile(r"(?<=[.;:])\s+(?=\S{2})|\n")
_BULLET = re.compile(r"^(?:[*+\-•]\s*|\[\s*|\(\w{1,3}\)\s*|[a-zđ]\)\s*|\d+[.)]\s+)+")
_QUANTITY = re.compile(r"Số lượng\s*:|^Hình thức nộp|^Thời hạn giải quyết|^Phí, lệ phí:|WORKING_DAY|OTHER|\d VNĐ")
_FIELDS = (portal.STEPS, portal.DOSSIER, portal.CONDITIONS, portal.CHANNELS, portal.RESULT)
_YES_OR_NO = re.compile(r"\b(?:duoc|dc) (?:khong|ko|k|hong|hok|hem|chua)\b")
_SURE, _SURE_OF_NOTHING_ELSE = 0.5, 0.36
_SECOND = 0.85
_LONGEST = 420


@dataclass(frozen=True, slots=True)
class Detail:
    """A sentence of the record and the field it stands in."""

    text: str
    field: str


def sentences(procedure: Procedure) -> list[Detail]:
    """Every sentence of the record's long fields, in the source's own words."""
    fields = dict(procedure.fields)
    found = []
    for field in _FIELDS:
        for piece in _SENTENCE.split(fields.get(field, "")):
            text = _BULLET.sub("", one_line(piece)).strip(" -*+]")
            if len(text) >= 20 and not _QUANTITY.search(text):
                found.append(Detail(text, field))
    return found


def telling(
    procedure: Procedure, question: str, aspects: tuple[Aspect, ...], commune: str | None, finder: PassageFinder
) -> list[Detail]:
    """The sentence or two that the question is about; none when it names nothing beyond the procedure itself.

    A question that asks for nothing with a usual name (fee, time, papers…), or whether something may be done, is given
    the benefit of the doubt.
    """
    asked = without_aspects(question) if aspects else question
    words = words_beside(asked, procedure.name, STOPWORDS)
    details = sentences(procedure) if words else []
    best = finder.best(asked, words, [detail.text for detail in details], commune)
    sure = _SURE if aspects and not _YES_OR_NO.search(fold(question)) else _SURE_OF_NOTHING_ELSE
    if not best or best[0].score < sure:
        return []
    kept = [passage for passage in best if passage.score >= best[0].score * _SECOND]
    told = (details[p.number] for p in sorted(kept, key=lambda p: p.number))
    # The record repeats a sentence for every channel.
    return list(dict.fromkeys(Detail(shortened(detail.text, _LONGEST), detail.field) for detail in told))
