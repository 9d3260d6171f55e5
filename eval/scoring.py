"""One question's gold and reply -> its score. Values are None where the gold says nothing about them."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from eval.gold import Expected, GoldQuestion
from eval.measures.grounding import invented_numbers, unsupported
from eval.measures.ranking import ndcg, recall, reciprocal_rank
from eval.measures.wording import holds, plain, says, share_said
from eval.reply import FoundPart, Reply, Source


class Fault(StrEnum):
    """What was wrong with a reply, the worst first."""

    FORBIDDEN = "forbidden"
    ERROR = "error"
    INVENTED = "invented"
    STATUS = "status"
    WRONG = "wrong"
    FACTS = "facts"
    EVIDENCE = "evidence"
    OFFER = "offer"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Score:
    """The measures of one reply; shares between 0 and 1.

    `right`: the answer is about a right procedure or cites a right place. `first` … `ndcg10`: of the search alone.
    `clean`: nothing forbidden was said. `grounded`: no number was invented. `whole`: nothing was wrong at all.
    """

    status: float | None = None
    right: float | None = None
    first: float | None = None
    first_three: float | None = None
    first_five: float | None = None
    first_ten: float | None = None
    reciprocal_rank: float | None = None
    ndcg10: float | None = None
    facts: float | None = None
    evidence: float | None = None
    offer: float | None = None
    clean: float | None = None
    grounded: float | None = None
    citations: float | None = None
    length: float | None = None
    whole: float | None = None


MEASURES = tuple(field.name for field in fields(Score))


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with what lies behind it; `missing` are facts, `bare` statements that their sources do not carry."""

    score: Score
    faults: tuple[Fault, ...]
    right_ranks: tuple[int, ...]
    invented: tuple[str, ...]
    said_forbidden: tuple[str, ...]
    missing: tuple[str, ...]
    bare: tuple[str, ...]
    confidence: float | None


def scored(
    gold: GoldQuestion, question: str, reply: Reply, right_codes: frozenset[str], fixed: tuple[str, ...]
) -> Scored:
    """Score a reply.

    `right_codes` are the gold's codes and their twins, `fixed` the texts that need no source.
    """
    said_forbidden = tuple(words for words in gold.forbidden if says(reply.text, words))
    invented = invented_numbers(reply.text, _allowed(question, reply), fixed)
    missing = tuple(fact for fact in gold.facts if not says(reply.text, fact))
    ranks = _right_ranks(gold, reply.found, right_codes)
    quotes = {source.n: source.quote for source in reply.sources}
    bare, statements = unsupported(reply.text, quotes, " ".join(_named(reply)), fixed)
    values: dict[str, float | None] = {
        "status": float(reply.status == gold.expect or (gold.expect is Expected.ANY and reply.status != "error")),
        "right": _right(gold, reply, right_codes),
        **_ranking(ranks),
        "facts": share_said(reply.text, gold.facts) if gold.facts else None,
        "evidence": _share_cited(gold, reply.sources),
        "offer": _offered(gold, reply),
        "clean": float(not said_forbidden) if gold.forbidden else None,
        "grounded": float(not invented),
        "citations": 1 - len(bare) / statements if statements else None,
        "length": float(len(reply.text)),
    }
    # Rounded here, so that a score read back from a file is the same number.
    values = {name: None if value is None else round(value, 6) for name, value in values.items()}
    faults = _faults(values, reply)
    score = Score(**values, whole=float(not faults))
    top = reply.found[0] if reply.found else None
    confidence = top.score if top and ranks is not None else None
    return Scored(
        score,
        faults,
        ranks or (),
        invented,
        said_forbidden,
        missing,
        tuple(claim.text for claim in bare),
        confidence,
    )


def _right_ranks(
    gold: GoldQuestion, found: tuple[FoundPart, ...] | None, codes: frozenset[str]
) -> tuple[int, ...] | None:
    """Ranks of the right hits; None when the gold names no source or the search cannot be seen."""
    if found is None or not gold.names_source:
        return None
    return tuple(rank for rank, hit in enumerate(found, 1) if _is_right(gold, hit, codes))


def _is_right(gold: GoldQuestion, hit: FoundPart, codes: frozenset[str]) -> bool:
    if gold.codes:
        return any(code in codes for code in hit.codes)
    if any(_is_place(place.document, place.path, hit.document, hit.path) for place in gold.places):
        return True
    return any(holds(hit.text, words) for words in gold.evidence)


def _is_place(document: str, path: str, found_document: str, found_path: str) -> bool:
    same = found_document == document or found_document.endswith(f"/{document}")
    return same and plain(found_path) == plain(path)


def _ranking(ranks: tuple[int, ...] | None) -> dict[str, float | None]:
    """Codes and places are alternatives: one right hit is all there is to find, the first of them counts."""
    names = ("first", "first_three", "first_five", "first_ten", "reciprocal_rank", "ndcg10")
    if ranks is None:
        return dict.fromkeys(names)
    gains = [0.0] * (ranks[0] - 1) + [1.0] if ranks else [0.0]
    values = (*(recall(gains, 1, k) for k in (1, 3, 5, 10)), reciprocal_rank(gains), ndcg(gains, [1.0], 10))
    return dict(zip(names, values, strict=True))


def _right(gold: GoldQuestion, reply: Reply, codes: frozenset[str]) -> float | None:
    if not gold.names_source:
        return None
    if reply.status != Expected.ANSWERED:
        return 0.0
    if gold.codes:
        return float(reply.code in codes)
    placed = any(
        _is_place(place.document, place.path, source.document, source.path)
        for place in gold.places
        for source in reply.sources
    )
    return float(placed or any(holds(source.quote, words) for words in gold.evidence for source in reply.sources))


def _share_cited(gold: GoldQuestion, sources: tuple[Source, ...]) -> float | None:
    if not gold.evidence or gold.expect is not Expected.ANSWERED:
        return None
    return sum(any(holds(source.quote, words) for source in sources) for words in gold.evidence) / len(gold.evidence)


def _offered(gold: GoldQuestion, reply: Reply) -> float | None:
    if not gold.offer:
        return None
    given = {choice.code for choice in reply.choices} | {reply.code}
    return float(bool(given & set(gold.offer)))


def _allowed(question: str, reply: Reply) -> list[str]:
    """Where a number of the answer may come from."""
    return [
        question,
        *_named(reply),
        *(choice.label for choice in reply.choices),
        *(source.quote for source in reply.sources),
    ]


def _named(reply: Reply) -> list[str]:
    """What an answer names beside its quotes."""
    names = [reply.code or ""]
    for source in reply.sources:
        names += [source.title, source.number or "", source.path]
        names += [_day(day) for day in (source.issued_on, source.as_of) if day]
    return names


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _faults(values: dict[str, float | None], reply: Reply) -> tuple[Fault, ...]:
    checks = {
        Fault.FORBIDDEN: values["clean"] == 0,
        Fault.ERROR: reply.status == "error",
        Fault.INVENTED: values["grounded"] == 0,
        Fault.STATUS: values["status"] == 0,
        Fault.WRONG: values["status"] == 1 and values["right"] == 0,
        Fault.FACTS: (values["facts"] or 0) < 1 and values["facts"] is not None,
        Fault.EVIDENCE: (values["evidence"] or 0) < 1 and values["evidence"] is not None,
        Fault.OFFER: values["offer"] == 0,
        Fault.UNSUPPORTED: (values["citations"] or 0) < 1 and values["citations"] is not None,
    }
    return tuple(fault for fault, is_wrong in checks.items() if is_wrong)
