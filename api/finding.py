"""Procedures for what somebody has typed so far: names that hold the letters first, then what is meant."""

from dataclasses import dataclass

from api.catalogue import Catalogue, Line, matching
from bot.assemble import Parts
from corpus.vietnamese import nfc
from retrieval.errors import IndexUnavailable
from retrieval.question import read_question

_ENOUGH = 8
_MEANT = 15


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None stands for anything."""

    typed: str | None = None
    sector: str | None = None
    level: str | None = None
    commune: str | None = None


def find_procedures(parts: Parts, catalogue: Catalogue, wanted: Wanted) -> list[Line]:
    """The procedures that fit, best first. Raises UnknownCommune."""
    if wanted.commune is not None:
        parts.store.commune(wanted.commune)
    sector, level = (None if name is None else nfc(name) for name in (wanted.sector, wanted.level))
    lines = [
        line
        for line in catalogue.procedures(wanted.commune)
        if sector in (None, line.sector) and level in (None, line.level)
    ]
    if not wanted.typed or not wanted.typed.strip():
        return lines
    found = matching(lines, wanted.typed)
    if len(found) < _ENOUGH:
        meant = {line.code: line for line in lines}
        already = {line.code for line in found}
        codes = (code for code in _meant(parts, wanted) if code in meant and code not in already)
        found = [*found, *(meant[code] for code in codes)]
    return found


def _meant(parts: Parts, wanted: Wanted) -> list[str]:
    question = read_question(wanted.typed or "", parts.restorer)
    try:
        hits = parts.searcher.search(question, wanted.commune, _MEANT).hits
    except IndexUnavailable:  # The list of names is there all the same.
        return []
    return list(dict.fromkeys(hit.unit.procedure_code for hit in hits if hit.unit.procedure_code))
