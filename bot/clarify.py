"""When to answer, when to ask back, when to say no; and what to offer.

A generic name with one usual form is answered with the usual form and the others are offered under it: asking back
every time was measured to be worse (shared experience of rule-based commune assistants). Thresholds are set on the
development sets (eval/RESULTS.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.answer import Option
from corpus.chunking import ChunkKind
from corpus.vietnamese import folded_syllables
from retrieval.entries import bare_name
from retrieval.evidence import COLUMN
from retrieval.search import Found, Hit

SURE = 0.42
UNSURE = 0.16
CLOSE = 0.9
NEAR = 3.2
GENERIC_WORDS = 2
GENERIC_CLOSE = 1.4
USUAL = 0.93
SHORT_WORDS = 4
VAGUE = 0.07
VAGUE_WORDS = 5
VAGUE_ASKS = 0.6
OTHER_FORM_NEAR = 4.0
MOST_OPTIONS = 4
_LABEL = 90
_PHRASING = COLUMN["dense_phrasing"]


class Decision(StrEnum):
    """What to do with what was found."""

    PROCEDURE = "procedure"
    PART = "part"
    CLARIFY = "clarify"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, the hit it rests on and the options that go with it."""

    decision: Decision
    hit: Hit | None
    options: tuple[Option, ...]


def decide(found: Found, words: int, asks: float = 1.0, *, may_ask: bool = True) -> Verdict:
    """Answer, ask back or say no.

    `words` is how many words of its own the question has (fee, time and politeness aside): with one or two it names
    no procedure yet. `asks` is how sure the router is that it asks for a procedure or plan at all. `may_ask` is False
    when the same thing was asked back just before.
    """
    procedures = [hit for hit in found.hits if hit.unit.kind is ChunkKind.PROCEDURE]
    parts = [hit for hit in found.hits if hit.unit.kind is not ChunkKind.PROCEDURE]
    if parts and found.part_probability > found.procedure_probability:
        if found.part_probability >= UNSURE:
            return Verdict(Decision.PART, parts[0], ())
        return Verdict(Decision.NONE, None, ())
    if not procedures or found.procedure_probability < UNSURE:
        vague = may_ask and words <= VAGUE_WORDS and asks >= VAGUE_ASKS and found.procedure_probability >= VAGUE
        offered = options_of(procedures) if vague else ()
        return (
            Verdict(Decision.CLARIFY, procedures[0], offered) if len(offered) > 1 else Verdict(Decision.NONE, None, ())
        )
    best, others = _national_first(procedures)
    rivals = _rivals(best, others, found.procedure_probability, words)
    if may_ask and rivals:
        return Verdict(Decision.CLARIFY, best, options_of([best, *rivals]))
    offered_hits = others[: MOST_OPTIONS - 1] if words <= SHORT_WORDS else _siblings(best, others)
    return Verdict(Decision.PROCEDURE, best, options_of(offered_hits))


def _national_first(procedures: list[Hit]) -> tuple[Hit, list[Hit]]:
    """A province's own wording of a procedure gives way to the national one that scores as well."""
    best = procedures[0]
    if best.unit.standing == 0 or not best.unit.document_id.startswith("tthc-"):
        return best, procedures[1:]
    alike = [
        hit
        for hit in procedures[1:]
        if hit.unit.standing == 0 and best.raw - hit.raw < CLOSE and _shared(best.unit.name, hit.unit.name) >= 0.6
    ]
    best = alike[0] if alike else best
    return best, [hit for hit in procedures if hit is not best]


def _rivals(best: Hit, others: list[Hit], probability: float, words: int) -> list[Hit]:
    """Procedures between which the question does not decide; none when one of them is plainly the usual one."""
    others = [hit for hit in others if hit.unit.standing <= best.unit.standing]
    if probability < SURE:
        return [hit for hit in others if best.raw - hit.raw < CLOSE]
    if words <= GENERIC_WORDS and best.features[_PHRASING] < USUAL:
        close = [hit for hit in others if best.raw - hit.raw < GENERIC_CLOSE]
        return close if len(close) >= 2 else []
    return []


def options_of(hits: list[Hit]) -> tuple[Option, ...]:
    """Hits as choices, at most four, each label once."""
    options: dict[str, Option] = {}
    for hit in hits:
        label = label_of(hit.unit.name)
        options.setdefault(label, Option(label, hit.unit.procedure_code))
    return tuple(options.values())[:MOST_OPTIONS]


def label_of(name: str) -> str:
    """A procedure's name as a button: without "Thủ tục", cut at whole words."""
    label = bare_name(name)
    label = label[0].upper() + label[1:]
    return label if len(label) <= _LABEL else label[:_LABEL].rsplit(" ", 1)[0] + "…"


def other_form(hits: tuple[Hit, ...], topic: str, topic_name: str) -> Hit | None:
    """Another form of the topic that the question fits better than the topic itself: "thế nếu chồng là người Úc?"."""
    procedures = [hit for hit in hits if hit.unit.kind is ChunkKind.PROCEDURE]
    itself = next((hit.raw for hit in procedures if topic in (hit.unit.procedure_code, *hit.twins)), None)
    for hit in procedures:
        if topic in (hit.unit.procedure_code, *hit.twins):
            return None
        close = procedures[0].raw - hit.raw < OTHER_FORM_NEAR
        if close and _shared(hit.unit.name, topic_name) >= 0.6 and (itself is None or hit.raw > itself + 0.5):
            return hit
    return None


def _shared(one: str, other: str) -> float:
    """The share of the shorter name's words that both names have."""
    words, theirs = set(folded_syllables(bare_name(one))), set(folded_syllables(bare_name(other)))
    return len(words & theirs) / max(1, min(len(words), len(theirs)))


def _siblings(best: Hit, others: list[Hit]) -> list[Hit]:
    """Other forms of the same thing: close in score, and made of mostly the same words."""
    alike = [hit for hit in others if best.raw - hit.raw < NEAR and _shared(best.unit.name, hit.unit.name) >= 0.6]
    return alike[:3]
