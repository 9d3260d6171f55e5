"""Who takes an event and what is said to it: greeting, question, choice, rating, hand-over, deletion.

Nothing is written here: an event and what is known of its person become an `Outcome`.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot import replies
from bot.answer import Answer, AnswerStatus, Option
from bot.channels import OPTION_SIGN, Choice, Event, EventKind, Link, Reply
from bot.conversation import Conversation
from bot.dialogues import Dialogue, Dialogues, Offer, Rateable, TurnRecord
from bot.handover import StaffGroup, Ticket, Tickets
from bot.outbox import Outbox
from bot.outcome import Notice, Outcome
from bot.privacy import masked
from bot.queueing import Clock, now_ms
from bot.quota import VIETNAM
from bot.satisfaction import Rating, Reason
from bot.turn import Turn
from corpus.vietnamese import folded_syllables

_FAILURES = 2
_FAILED = (AnswerStatus.NO_ANSWER, AnswerStatus.ERROR)
_FORGET = {"xoa du lieu", "xoa du lieu cua toi", "xoa het du lieu", "xoa cuoc tro chuyen"}
_RESUME = {"hoi tiep tro ly", "tiep tuc hoi tro ly", "hoi tro ly"}
_THUMBS = {"👍": "+", "👎": "-"}
# In a group the bot may have to be named first: "@Một Cửa /tra K7M2 …".
_TRA = re.compile(r"^\s*(?:@[^/]*)?/tra(?:@\w+)?(?!\w)", re.IGNORECASE)
_TICKET_REPLY = re.compile(r"^/tra\s+(\w{4})\s+(\S.*)$", re.DOTALL)


class Assistant(Protocol):
    """What answers questions: bot.chatbot.Chatbot, or a fake in tests."""

    def turn(self, question: str, commune: str | None, before: Conversation) -> Turn:
        """One turn of a conversation."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """An event with what is known of its person."""

    event: Event
    person: str
    dialogue: Dialogue
    ticket: Ticket | None


class Reception:
    """Turns events into outcomes. Safe to use from several threads."""

    def __init__(
        self,
        assistant: Callable[[], Assistant],
        dialogues: Dialogues,
        tickets: Tickets,
        outbox: Outbox,
        staff: StaffGroup,
        *,
        commune: str | None = None,
        silence_ms: int = 14_400_000,
        clock: Clock = now_ms,
    ) -> None:
        self._assistant = assistant
        self._dialogues = dialogues
        self._tickets = tickets
        self._outbox = outbox
        self._staff = staff
        self._commune = commune
        self._silence_ms = silence_ms
        self._clock = clock

    def receive(self, event: Event, person: str) -> Outcome:
        """What an event leads to. Raises UnknownCommune, IndexUnavailable."""
        if event.kind is EventKind.UNFOLLOW:
            return Outcome(is_contact=False, forgets=True)
        dialogue = self._dialogues.get(person)
        if event.kind is EventKind.SENT:
            return self._sent(event, person, dialogue)
        if self._staff.holds(event.channel, event.user_key) and _TRA.match(event.text):
            return self._staff_reply(_TRA.sub("/tra", event.text, count=1))
        visit = _Visit(event, person, dialogue, self._tickets.waiting_for(person))
        if _is_command(event.text, "/xoa") or " ".join(folded_syllables(event.text)) in _FORGET:
            return Outcome(Dialogue(is_greeted=True), (Reply(replies.DATA_DELETED),), forgets=True)
        if dialogue.silent_until_ms > self._clock():
            return Outcome()
        if event.kind is EventKind.FOLLOW or _is_command(event.text, "/start"):
            return self._welcome(visit)
        waiting = visit.ticket is not None and visit.ticket.code != dialogue.resumed_ticket
        if waiting and visit.ticket is not None:
            return self._waiting(visit, visit.ticket)
        return self._fixed(visit) or self._rated(visit) or self._question(visit)

    def gave_up(self, event: Event) -> Outcome:
        """What is said when an event could not be worked on: an honest apology instead of silence."""
        is_person = event.kind not in (EventKind.SENT, EventKind.UNFOLLOW)
        return Outcome(replies=(Reply(replies.ERROR),) if is_person else ())

    # --- staff ---

    def _sent(self, event: Event, person: str, dialogue: Dialogue) -> Outcome:
        """The account itself wrote. If it was not us it was staff, and the bot keeps out of their way."""
        if self._outbox.is_echo(person, event.text):
            return Outcome(is_contact=False)
        silent = replace(dialogue, silent_until_ms=event.at_ms + self._silence_ms, failures=0)
        ticket = self._tickets.waiting_for(person)
        return Outcome(silent, is_contact=False, closes=ticket.code if ticket else None)

    def _staff_reply(self, text: str) -> Outcome:
        match = _TICKET_REPLY.match(text.strip())
        if match is None:
            return Outcome(replies=(Reply(replies.TICKET_USAGE),))
        code, said = match.group(1).upper(), match.group(2)
        ticket = self._tickets.open_one(code)
        if ticket is None:
            return Outcome(replies=(Reply(replies.TICKET_UNKNOWN.format(code=code)),))
        answer = Reply(replies.TICKET_REPLY.format(code=code, text=said))
        closed = Reply(replies.TICKET_CLOSED.format(code=code))
        return Outcome(None, (closed,), (Notice(ticket.channel, ticket.user_key, answer),), closes=code)

    def _waiting(self, visit: _Visit, ticket: Ticket) -> Outcome:
        """Staff have been called: the bot says so once and is silent, unless asked back."""
        dialogue = visit.dialogue
        if visit.event.option == "#k" or " ".join(folded_syllables(visit.event.text)) in _RESUME:
            resumed = replace(dialogue, resumed_ticket=ticket.code, failures=0)
            return Outcome(resumed, (Reply(replies.RESUMED.format(code=ticket.code)),))
        if dialogue.told_waiting == ticket.code:
            return Outcome(dialogue)
        told = Reply(
            replies.TICKET_WAITING.format(code=ticket.code, hours=self._staff.hours),
            choices=(Choice(replies.RESUME, "#k"),),
        )
        return Outcome(replace(dialogue, told_waiting=ticket.code), (told,))

    def _hand_over(self, visit: _Visit, dialogue: Dialogue, question: str, before: tuple[Reply, ...] = ()) -> Outcome:
        """Open a ticket, or point to the one that is open; tell the citizen when staff are there and tell
        staff.
        """
        if visit.ticket is not None:
            waiting = Reply(replies.TICKET_WAITING.format(code=visit.ticket.code, hours=self._staff.hours))
            return Outcome(replace(dialogue, resumed_ticket=None, failures=0), (*before, waiting))
        event, code = visit.event, self._tickets.free_code()
        ticket = Ticket(code, event.channel, visit.person, event.user_key, masked(question)[0][:500], self._clock())
        intro = replies.TICKET_AFTER_FAILURES if before else ""
        opened = Reply(
            intro + replies.TICKET_OPENED.format(code=code, hours=self._staff.hours),
            choices=(Choice(replies.RESUME, "#k"),),
        )
        notice = replies.TICKET_NOTICE.format(code=code, channel=event.channel, question=ticket.question)
        notices = (
            (Notice(self._staff.channel, self._staff.chat, Reply(notice)),)
            if self._staff.chat and self._staff.channel
            else ()
        )
        return Outcome(replace(dialogue, failures=0), (*before, opened), notices, opens=ticket)

    # --- fixed texts ---

    def _welcome(self, visit: _Visit) -> Outcome:
        offer = Offer(_token(), tuple(Option(question) for question in replies.SAMPLE_QUESTIONS))
        dialogue = replace(
            visit.dialogue,
            conversation=Conversation(options=offer.options),
            offers=visit.dialogue.offered(offer),
            is_greeted=True,
        )
        return Outcome(dialogue, (Reply(replies.WELCOME, choices=_choices(offer)),))

    def _fixed(self, visit: _Visit) -> Outcome | None:
        """Texts that need no assistant."""
        event = visit.event
        texts = {
            EventKind.ATTACHMENT: replies.ATTACHMENT,
            EventKind.LOCATION: replies.LOCATION,
            EventKind.FORM: replies.FORM_SENT,
        }
        text = texts.get(event.kind)
        if text is None and _is_command(event.text, "/help"):
            text = replies.COMMANDS_HELP
        if text is None and _is_command(event.text, "/thutuc") and not _without_command(event.text):
            text = replies.ASK_PROCEDURE
        if text is None and _is_command(event.text, "/donvi") and not _without_command(event.text):
            text = replies.ASK_UNIT
        if text is None:
            return None
        return Outcome(replace(visit.dialogue, is_greeted=True), self._introduced(visit, Reply(text)))

    def _introduced(self, visit: _Visit, reply: Reply) -> tuple[Reply, ...]:
        """The first words to anybody say that they come from an AI (Law 134/2025/QH15, article 11)."""
        if visit.dialogue.is_greeted or replies.AI_NOTICE in reply.text:
            return (reply,)
        return (replace(reply, text=f"{replies.AI_NOTICE}\n\n{reply.text}"),)

    # --- ratings ---

    def _rated(self, visit: _Visit) -> Outcome | None:
        """👍, 👎, or the reason of a 👎; None when the event is something else."""
        dialogue, option, text = visit.dialogue, visit.event.option or "", visit.event.text.strip()
        if dialogue.asked_why and (option.startswith("#w:") or text in ("1", "2", "3", "4")):
            number = int(option.split(":")[1]) if option else int(text)
            if 1 <= number <= len(replies.RATE_REASONS):
                reason = Reason(dialogue.asked_why, replies.RATE_REASONS[number - 1])
                return Outcome(replace(dialogue, asked_why=None), (Reply(replies.RATED),), rating=reason)
        if option.startswith("#w:"):
            return Outcome(dialogue)
        if option.startswith("#r:"):
            _, name, sign = option.split(":")
            answer = next((one for one in dialogue.rateable if one.id == name), None)
            return self._rating(visit, answer, sign) if answer else Outcome(dialogue)
        if text in _THUMBS and dialogue.rateable:
            return self._rating(visit, dialogue.rateable[-1], _THUMBS[text])
        return None

    def _rating(self, visit: _Visit, answer: Rateable, sign: str) -> Outcome:
        left = tuple(one for one in visit.dialogue.rateable if one.id != answer.id)
        day = datetime.fromtimestamp(self._clock() / 1000, UTC).astimezone(VIETNAM).date().isoformat()
        rating = Rating(secrets.token_hex(8), day, visit.event.channel, answer.procedure_code, sign == "+")
        dialogue = replace(visit.dialogue, rateable=left, asked_why=None)
        if rating.is_good:
            return Outcome(dialogue, (Reply(replies.RATED),), rating=rating)
        reasons = tuple(Choice(reason, f"#w:{number}") for number, reason in enumerate(replies.RATE_REASONS, 1))
        return Outcome(
            replace(dialogue, asked_why=rating.id), (Reply(replies.RATE_WHY, choices=reasons),), rating=rating
        )

    # --- questions ---

    def _question(self, visit: _Visit) -> Outcome:
        dialogue, event = visit.dialogue, visit.event
        question, before = _without_command(event.text), dialogue.conversation
        if event.option is not None:
            chosen = _chosen(event.option, dialogue)
            if chosen is None:
                return Outcome(dialogue, (Reply(replies.STALE_OPTION),))
            question, before = chosen
        if not question.strip():
            return Outcome(dialogue, self._introduced(visit, Reply(replies.EMPTY)))
        turn = self._assistant().turn(question, self._commune, before)
        return self._answered(visit, question, turn.answered, turn.after)

    def _answered(self, visit: _Visit, question: str, answer: Answer, after: Conversation) -> Outcome:
        record = TurnRecord(masked(question)[0], answer.status.value, answer.text)
        dialogue = replace(
            visit.dialogue,
            conversation=after,
            asked_why=None,
            failures=visit.dialogue.failures + 1 if answer.status in _FAILED else 0,
            is_greeted=True,
        )
        if answer.text.startswith(replies.HANDOVER):
            return replace(self._hand_over(visit, dialogue, question), turn=record)
        choices: tuple[Choice, ...] = ()
        ratings: tuple[Choice, ...] = ()
        if answer.options:
            offer = Offer(_token(), answer.options, after)
            dialogue = replace(dialogue, offers=dialogue.offered(offer))
            choices = _choices(offer)
        if answer.status is AnswerStatus.ANSWERED:
            rateable = Rateable(_token(), answer.procedure.code if answer.procedure else None)
            dialogue = replace(dialogue, rateable=dialogue.with_rateable(rateable))
            ratings = (
                Choice(replies.RATE_GOOD, f"#r:{rateable.id}:+"),
                Choice(replies.RATE_BAD, f"#r:{rateable.id}:-"),
            )
        said = self._introduced(visit, Reply(answer.text, _links(answer), choices, ratings))
        if dialogue.failures >= _FAILURES:
            return replace(self._hand_over(visit, dialogue, question, said), turn=record)
        return Outcome(dialogue, said, turn=record)


def _is_command(text: str, command: str) -> bool:
    return text.split(maxsplit=1)[:1] == [command]


def _without_command(text: str) -> str:
    first, _, rest = text.strip().partition(" ")
    return rest.strip() if first in ("/thutuc", "/donvi") else text


def _token() -> str:
    return secrets.token_hex(4)


def _choices(offer: Offer) -> tuple[Choice, ...]:
    return tuple(
        Choice(option.label, f"{OPTION_SIGN}o:{offer.id}:{number}") for number, option in enumerate(offer.options, 1)
    )


def _chosen(payload: str, dialogue: Dialogue) -> tuple[str, Conversation] | None:
    """The question that a button stands for, and the conversation in which it was offered; None when it is
    too old.
    """
    match = re.fullmatch(rf"{OPTION_SIGN}o:(\w+):(\d)", payload)
    offer = next((one for one in dialogue.offers if match and one.id == match.group(1)), None)
    if match is None or offer is None or not 1 <= int(match.group(2)) <= len(offer.options):
        return None
    return match.group(2), replace(offer.conversation, options=offer.options)


def _links(answer: Answer) -> tuple[Link, ...]:
    return tuple(
        Link(citation.n, f"{citation.title}, {citation.path}", citation.url)
        for citation in answer.citations
        if f"[{citation.n}]" in answer.text
    )
