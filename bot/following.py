"""What a question that hangs on an earlier one is about: "thế nếu chồng là người Úc?", "còn bị mất thì sao".

Alone it names too little; joined to the question before it, the matter talked about before drowns what is new. So both
are searched, and each procedure counts with both scores, and with the forms that the new words ask for.
"""

from dataclasses import dataclass, replace

from bot.clarify import UNSURE, likeness
from bot.conversation import Conversation, continues, is_elliptic, own_words
from bot.forms import Form, forms_asked, forms_of
from bot.router import Routed
from corpus.chunking import ChunkKind
from retrieval.search import Found, Hit

# Set on the development dialogues (eval/sets/followups.jsonl).
NEW_TOPIC = 0.45
NEW_TOPIC_WORDS = 5
SURELY_NEW, SURELY_OTHER = 0.8, 0.9
LONG_QUESTION = 9
BARE_FORM = 3
# "thế con 5 tuổi thì sao" is as strange to the router as the weather is.
_STRANGE, _SURELY_STRANGE, _STRANGE_ALTHOUGH = 0.15, 0.7, 0.95
# Joined scores differ by 2 to 7 between the forms of one matter.
_ALONE = 0.5
_FORM = 8.0
_SAME_MATTER = 5.0
_UNASKED = 2.0
_KEPT = 3.0
_OFFERED = 2.0
_STAYS = 3.0


@dataclass(frozen=True, slots=True)
class Message:
    """A message as typed and with its accents restored, what the router takes it for, and whether it asks for a fee,
    a time, a place…
    """

    typed: str
    repaired: str
    routed: Routed | None
    asks_an_aspect: bool


def goes_on(question: str, before: Conversation) -> bool:
    """Whether a message goes on with the conversation in so many words, or answers what was asked back."""
    return continues(question) or bool(before.asked_back)


def no_ending(question: str, before: Conversation, routed: Routed) -> bool:
    """Whether a message is too short for the router to judge it alone: "mấy ngày?", "còn …", "chấm dứt luôn".

    What was lost, burnt or stolen may be an emergency; that stays the router's.
    """
    if not (before.topic or before.asked_back) or (routed.family == "talk" and routed.probability >= SURELY_NEW):
        return False
    bare_form = own_words(question) <= BARE_FORM and bool(set(forms_asked(question)) - {Form.AGAIN})
    return is_elliptic(question) or continues(question) or bare_form


def hangs_on(message: Message, before: Conversation, alone: Found) -> bool:
    """Whether a message is likely to hang on the one before, by how it opens or because it says too little alone."""
    words, sure = own_words(message.typed), max(alone.procedure_probability, alone.part_probability)
    if words > LONG_QUESTION:
        return False
    if before.asked_back:
        return words < NEW_TOPIC_WORDS or sure < SURELY_OTHER
    if sure < UNSURE and _is_strange(message):
        return False
    bare_form = words <= BARE_FORM and bool(forms_asked(message.repaired))
    if (bare_form or continues(message.typed)) and (words < BARE_FORM or sure < SURELY_NEW):
        return True
    return words < NEW_TOPIC_WORDS and sure < NEW_TOPIC


def _is_strange(message: Message) -> bool:
    """Whether a message is plainly nothing of ours, so that it goes on with nothing: "hôm nay trời mưa không"."""
    routed = message.routed
    sure = _SURELY_STRANGE if not continues(message.typed) else _STRANGE_ALTHOUGH
    if routed is None or routed.asks >= _STRANGE or routed.probability < sure:
        return False
    return not message.asks_an_aspect or routed.route == "file_status"


def weighed(
    alone: Found, joined: Found, typed: str, repaired: str, before: Conversation, *, stays: bool = False
) -> Found:
    """What both searches found, by their common score.

    `stays`: the question asks for a fee, a time, a place…; when it names hardly anything else, the topic stays.
    """
    words = own_words(typed)
    # "lệ phí?" alone finds whatever has fees.
    alone = alone if words else Found((), 0.0, 0.0)
    asked = frozenset(forms_asked(repaired))
    offered = frozenset(option.code for option in before.options) if before.asked_back else frozenset()
    keeps = stays and not asked and words <= 1 and alone.procedure_probability < NEW_TOPIC
    about = before.topic_name or next((option.label for option in before.options), "")
    scores, together = _raw(alone), _raw(joined)
    lowest = [min(known.values(), default=0.0) for known in (scores, together)]
    ranked = []
    for hit in {hit.unit.id: hit for found in (alone, joined) for hit in _procedures(found)}.values():
        name, code = hit.unit.id, hit.unit.procedure_code
        raw = together.get(name, lowest[1]) + _ALONE * (scores.get(name, lowest[0]) - lowest[0])
        raw += _fit(hit.unit.name, asked, about)
        raw += _OFFERED * (code in offered) + _STAYS * (keeps and code == before.topic)
        ranked.append(replace(hit, raw=raw))
    ranked.sort(key=lambda hit: -hit.raw)
    sure = max(alone.procedure_probability, joined.procedure_probability)
    if offered and not words:  # A guide to fees is no answer to "which procedure?".
        return Found(tuple(ranked), sure, 0.0)
    parts = tuple(hit for hit in joined.hits if hit.unit.kind is not ChunkKind.PROCEDURE)
    return Found((*ranked, *parts), sure, joined.part_probability)


def _procedures(found: Found) -> list[Hit]:
    return [hit for hit in found.hits if hit.unit.kind is ChunkKind.PROCEDURE]


def _raw(found: Found) -> dict[str, float]:
    return {hit.unit.id: hit.raw for hit in _procedures(found)}


def _fit(name: str, asked: frozenset[Form], about: str) -> float:
    """How well a procedure fits the forms that the new words ask for; another form is one of the same matter."""
    forms, before = forms_of(name), forms_of(about)
    unasked = _UNASKED * len(forms - asked - before)
    if not asked:
        return -unasked
    acts, abroad = asked - {Form.FOREIGN}, asked & {Form.FOREIGN}
    fit = _FORM * (bool(forms & acts) + bool(forms & abroad))
    if not acts:
        fit += _KEPT * bool(forms & before - {Form.FOREIGN})
    return fit + _SAME_MATTER * likeness(about, name) - unasked
