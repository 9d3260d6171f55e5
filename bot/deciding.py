"""What to do with what was found for a turn: answer it, ask back, or end it."""

from dataclasses import replace

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.clarify import Decision, Verdict, decide, named_by_several
from bot.conversation import Conversation, own_words
from bot.following import BARE_FORM, NEW_TOPIC_WORDS, SURELY_NEW
from bot.plan_prior import as_routed
from bot.router import Routed
from bot.routing import Ending, ending_after_search, ending_without_evidence
from bot.turn import Turn
from retrieval.search import Found


def decide_turn(turn: Turn) -> None:
    """Set the verdict on what was found, or the answer where there is none to be composed."""
    if turn.found is None:
        return
    turn.found = as_routed(turn.found, turn.routed)
    words = own_words(turn.text)
    # What was asked back is not asked again, and what goes on is answered, its other forms offered under it.
    may_ask = turn.code is None and not turn.continues
    verdict = _verdict(turn, turn.found, words, may_ask)
    ending = _turned_away(turn, turn.found, verdict, words)
    if ending is not None or verdict.decision is Decision.NONE:
        named = named_by_several(turn.found, turn.repaired) if may_ask and _may_mean_ours(turn.routed) else None
        if ending is not None and named is None:
            turn.end(ending)
            return
        verdict = named or verdict
    if turn.code and turn.code == turn.before.topic:
        verdict = replace(verdict, options=turn.before.options)
    turn.verdict = verdict
    if verdict.decision is Decision.NONE:
        turn.end(ending_without_evidence(turn.routed))
    elif verdict.decision is Decision.CLARIFY:
        _ask_back(turn, verdict)


def _verdict(turn: Turn, found: Found, words: int, may_ask: bool) -> Verdict:
    asks, before = turn.routed.asks if turn.routed else 1.0, turn.before
    verdict = decide(found, turn.repaired, words, asks, may_ask=may_ask)
    if verdict.decision is Decision.CLARIFY and before.asked_back and before.options and words < NEW_TOPIC_WORDS:
        answer = decide(found, turn.repaired, words, asks, may_ask=False)
        return verdict if answer.decision is Decision.NONE else answer
    return verdict


def _turned_away(turn: Turn, found: Found, verdict: Verdict, words: int) -> Ending | None:
    """The ending of a message that asks for nothing of ours, whatever was found for it; None when it may."""
    if turn.routed is None or turn.continues or turn.of_a_paper:
        return None
    # A plan's parts resemble each other: their probability is shared, and a low one says more than a procedure's.
    evidence = max(found.procedure_probability, found.part_probability**0.5)
    ending = ending_after_search(turn.routed, evidence, turn.text)
    # "xin trợ cấp" names no paper that exists, but many that do.
    names_many = words <= BARE_FORM and verdict.decision is Decision.CLARIFY
    return None if ending is not None and ending.name == "admin_unknown" and names_many else ending


def _ask_back(turn: Turn, verdict: Verdict) -> None:
    lines = [f"{number}. {option.label}" for number, option in enumerate(verdict.options, 1)]
    text = "\n".join([replies.CLARIFY, *lines, replies.CLARIFY_HOW])
    turn.answer = Answer(AnswerStatus.CLARIFY, text, options=verdict.options)
    turn.after = Conversation(
        question=turn.text,
        options=verdict.options,
        aspects=turn.aspects,
        asked_back=tuple(sorted(option.label for option in verdict.options)),
    )


def _may_mean_ours(routed: Routed | None) -> bool:
    """Whether a message of a word or two may name a matter of ours, whatever the router takes it for."""
    if routed is None or routed.family in ("asking", "outside"):
        return True
    return routed.family == "refused" and routed.probability < SURELY_NEW
