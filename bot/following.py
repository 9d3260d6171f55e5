"""What a question that hangs on an earlier one is about: "thế nếu chồng là người Úc?", "còn bị mất thì sao".

Alone it names too little; joined to the question before it, the matter talked about before drowns what is new. So both
are searched, and each procedure counts with both scores, and with the forms that the new words ask for.
"""

from dataclasses import dataclass, replace

from bot.aspects import without_aspects
from bot.clarify import ALIKE, UNSURE, likeness
from bot.conversation import FILLER, Conversation, continues, is_elliptic, opens_another, own_words
from bot.forms import Form, forms_asked, forms_of, without_forms
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
# How sure the search of a message alone must be of another matter, by how it opens and whether it asks for a form.
_OTHER_MATTER = 12.0
_OTHER_FROM, _OTHER_OPENED_FROM = 0.35, 0.1
_OTHER_ASKS, _OTHER_OPENED_ASKS = 0.65, 0.5
_OTHER_NEAR = 3.0
_BESIDE_FORMS = frozenset(["vi", "moi", "luon", "lai", "z", "bi"])


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
    words = own_words(question)
    bare_form = words <= BARE_FORM and bool(set(forms_asked(question)) - {Form.AGAIN})
    # "bố hay mẹ dẫn đi" sounds to the router like a word of abuse, "ai đi cũng được hả" like small talk.
    talks = routed.family == "talk" or routed.route == "abuse"
    unsure = talks and words < NEW_TOPIC_WORDS and routed.probability < SURELY_NEW
    return is_elliptic(question) or continues(question) or bare_form or unsure


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
    if bare_form and _names_no_matter(message):
        return True
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


def weighed(alone: Found, joined: Found, message: Message, before: Conversation) -> Found:
    """What both searches found, by their common score.

    A message that asks for a fee, a time, a place… and names hardly anything else stays with the topic.
    """
    words = own_words(message.typed)
    # "lệ phí?" alone finds whatever has fees.
    alone = alone if words else Found((), 0.0, 0.0)
    asked = frozenset((*forms_asked(message.repaired), *forms_asked(message.typed)))
    offered = frozenset(option.code for option in before.options) if before.asked_back else frozenset()
    keeps = message.asks_an_aspect and not asked and words <= 1 and alone.procedure_probability < NEW_TOPIC
    about = before.topic_name or next((option.label for option in before.options), "")
    scores, together = _raw(alone), _raw(joined)
    another = _another_matter(message, before, alone)
    lowest = [min(known.values(), default=0.0) for known in (scores, together)]
    ranked = []
    for hit in {hit.unit.id: hit for found in (alone, joined) for hit in _procedures(found)}.values():
        name, code = hit.unit.id, hit.unit.procedure_code
        raw = together.get(name, lowest[1]) + _ALONE * (scores.get(name, lowest[0]) - lowest[0])
        raw += 0.0 if another else _fit(hit.unit.name, asked, about)
        raw += _OFFERED * (code in offered) + _STAYS * (keeps and code == before.topic)
        raw += _OTHER_MATTER * (name in another)
        ranked.append(replace(hit, raw=raw))
    ranked.sort(key=lambda hit: -hit.raw)
    sure = max(alone.procedure_probability, joined.procedure_probability)
    if offered and not words:  # A guide to fees is no answer to "which procedure?".
        return Found(tuple(ranked), sure, 0.0)
    parts = tuple(hit for hit in joined.hits if hit.unit.kind is not ChunkKind.PROCEDURE)
    return Found((*ranked, *parts), sure, joined.part_probability)


def _names_no_matter(message: Message) -> bool:
    """Whether nothing is left beside the forms asked for: "đk lại vì mất hết giấy tờ"."""
    left = without_aspects(without_forms(message.repaired)).split()
    return bool(forms_asked(message.repaired)) and all(word in FILLER or word in _BESIDE_FORMS for word in left)


def _another_matter(message: Message, before: Conversation, alone: Found) -> frozenset[str]:
    """What a message is about that opens like a continuation and names another matter: "còn bà ngoại mới mất thì…"."""
    hits, routed = _procedures(alone), message.routed
    if not hits or not before.topic_name or likeness(before.topic_name, hits[0].unit.name) >= ALIKE:
        return frozenset()
    if own_words(message.typed) < 2 or _names_no_matter(message) or routed is None or routed.family != "asking":
        return frozenset()
    opened = opens_another(message.typed) and not forms_asked(message.repaired)
    asks, sure = (_OTHER_OPENED_ASKS, _OTHER_OPENED_FROM) if opened else (_OTHER_ASKS, _OTHER_FROM)
    if routed.probability < asks or alone.procedure_probability < sure:
        return frozenset()
    return frozenset(hit.unit.id for hit in hits if hits[0].raw - hit.raw < _OTHER_NEAR)


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
