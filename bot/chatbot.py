"""The way of one question, as a visible list of steps.

Each step reads the turn and may end it by setting an answer; the steps after it are then skipped. Every step is timed.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot import replies
from bot.answer import Answer, AnswerStatus, Option
from bot.aspects import Aspect, aspects_beside, aspects_in
from bot.clarify import Decision, label_of
from bot.compose import Notes, Source, procedure_answer
from bot.conversation import Conversation, after_refusal, chosen_option, continues, own_words
from bot.courtesy import without_courtesy
from bot.deciding import decide_turn
from bot.detail import telling
from bot.english import english_answer, is_english, vietnamese_words
from bot.finding import Finder
from bot.following import no_ending
from bot.own_name import without_own_name
from bot.plan_answer import part_answer
from bot.plan_formal import formal_part
from bot.plan_lines import narrowed
from bot.privacy import masked
from bot.router import Router
from bot.routing import attack_ending, ending_at_once
from bot.sheet import shortened
from bot.turn import Turn
from bot.ward import ward_chunks
from bot.wording import Writer
from corpus.store import DocumentStore
from retrieval.one_at_a_time import computing, waiting
from retrieval.passages import PassageFinder
from retrieval.search import Hit, Searcher
from retrieval.spelling import Spelling

# Three times what is searched for (retrieval/question.py): greetings and stories before the question are read too.
_LONGEST_READ = 2_000


class Chatbot:
    """Answers questions from what is stored and published. Safe to use from several threads."""

    def __init__(
        self,
        store: DocumentStore,
        searcher: Searcher,
        passages: PassageFinder,
        router: Router,
        restorer: Spelling,
        base_url: str = "",
        writer: Writer | None = None,
    ) -> None:
        self._store = store
        self._finder = Finder(store, searcher, restorer)
        self._passages = passages
        self._router = router
        self._restorer = restorer
        self._base_url = base_url
        self._writer = writer

    @property
    def steps(self) -> tuple[tuple[str, Callable[[Turn], None]], ...]:
        """The steps in order."""
        return (
            ("mask", self._mask),
            ("choose", self._choose),
            ("route", self._route),
            ("resolve", self._finder.resolve),
            ("search", self._finder.search),
            ("decide", decide_turn),
            ("compose", self._compose),
            *((("word", self._word),) if self._writer else ()),
        )

    def ask(self, question: str, commune: str | None = None, history: Sequence[str] = ()) -> Answer:
        """Answer a question; `history` holds the earlier questions of the same person, oldest first."""
        before = Conversation()
        for earlier in history:
            before = self.turn(earlier, commune, before).after
        return self.turn(question, commune, before).answered

    def turn(self, question: str, commune: str | None, before: Conversation) -> Turn:
        """One turn of a conversation; its answer and what it leaves behind. Raises UnknownCommune, IndexUnavailable."""
        with computing():
            return self._turn(question, commune, before)

    def _turn(self, question: str, commune: str | None, before: Conversation) -> Turn:
        own_name = (self._store.commune(commune).name or "") if commune is not None else ""
        turn = Turn(question, commune, before, own_name, after=before)
        timings: dict[str, float] = {}
        for name, step in self.steps:
            if turn.answer is not None and step != self._word:
                continue
            started = time.perf_counter()
            step(turn)
            timings[name] = round((time.perf_counter() - started) * 1000, 3)
        answer = turn.answered
        if turn.has_personal_data:
            answer = replace(answer, text=f"{answer.text}\n{replies.PERSONAL_DATA}")
        turn.answer = replace(answer, timings_ms=timings)
        return turn

    def _mask(self, turn: Turn) -> None:
        """Personal data never goes further than this line, nor does what a question is wrapped in."""
        text, turn.has_personal_data = masked(turn.typed[:_LONGEST_READ])
        turn.text = without_courtesy(text)

    def _choose(self, turn: Turn) -> None:
        """A reply to options offered before."""
        before = turn.before
        rest = after_refusal(turn.text) if before.options else None
        if rest is not None and not own_words(rest):
            turn.answer = Answer(AnswerStatus.CLARIFY, replies.CLARIFY_NONE)
            turn.after = replace(before, topic=None, topic_name=None, options=(), asked_back=(replies.CLARIFY_NONE,))
            return
        turn.text = turn.text if rest is None else rest
        current = Option(label_of(before.topic_name), before.topic) if before.topic_name else None
        # Under an answer, "còn thường trú thì sao" asks on; only what answers a question back is sure to choose.
        chooses = bool(before.asked_back) or not continues(turn.text)
        option = chosen_option(turn.text, before.options, current) if chooses else None
        if option is None:
            return
        turn.notes.append(f"chọn: {option.label}")
        turn.code = option.code
        turn.text = option.label
        turn.aspects = aspects_in(turn.typed) or before.aspects

    def _route(self, turn: Turn) -> None:
        """Endings that need no search."""
        if turn.code:
            return
        english = is_english(turn.text)
        meant = turn.text if english else self._restorer.restore(turn.text)
        routed = self._router.route(without_own_name(meant, turn.own_name))
        turn.routed = routed
        turn.notes.append(f"loại: {routed.route}, {routed.family} {routed.probability:.2f}, hỏi việc {routed.asks:.2f}")
        turn.of_a_paper = self._finder.asks_of_a_paper(turn, meant, routed)
        hangs_on = turn.of_a_paper or no_ending(meant, turn.before, routed)
        ending = attack_ending(turn.text, meant) if hangs_on else ending_at_once(turn.text, routed, meant)
        if ending is not None:
            turn.end(ending)
        elif english:
            turn.text = vietnamese_words(turn.text) or turn.text

    def _compose(self, turn: Turn) -> None:
        verdict, question = turn.verdict, turn.question
        if verdict is None or verdict.hit is None or question is None:
            return
        notes = Notes(self._base_url)
        if is_english(turn.typed) and verdict.decision is Decision.PROCEDURE:
            turn.answer = english_answer(self._source(verdict.hit), notes)
        elif verdict.decision is Decision.PROCEDURE:
            turn.answer = self._procedure(turn, verdict.hit, verdict.options, notes)
        else:
            hit = narrowed(verdict.hit, turn.found.hits if turn.found else ())
            document, chunks = self._store.document_with_chunks(hit.unit.document_id)
            chunk = formal_part(hit.chunk, document, chunks, turn.text, question.cues)
            turn.answer = part_answer(chunk, document, chunks, turn.repaired, question.cues, notes)
            turn.after = Conversation(part=chunk.id)

    def _procedure(self, turn: Turn, hit: Hit, options: tuple[Option, ...], notes: Notes) -> Answer:
        source = self._source(hit)
        procedure = source.document.procedure
        if procedure and turn.code is None:  # "gia hạn thời hạn" in its name asks for no time limit.
            name = procedure.name
            turn.aspects = aspects_beside(turn.repaired, name) or aspects_beside(turn.text, name)
        details = telling(procedure, turn.repaired, turn.aspects, turn.commune, self._passages) if procedure else []
        ward = self._ward_lines(turn.commune, notes) if Aspect.PLACE in turn.aspects else []
        answer = procedure_answer(source, turn.aspects, notes, details, ward, options)
        if answer.procedure:
            subject = hit.unit.name if turn.code else (turn.question.typed if turn.question else turn.text)
            turn.after = Conversation(answer.procedure.code, hit.unit.name, subject, options, turn.aspects)
        return answer

    def _word(self, turn: Turn) -> None:
        """With a chat model configured: the composed answer in more natural words, if they stand on its sources."""
        if self._writer is not None and turn.answer is not None and not is_english(turn.typed):
            with waiting():
                turn.answer = self._writer.worded(turn.text, turn.answer, turn.notes)

    def _source(self, hit: Hit) -> Source:
        document, chunks = self._store.document_with_chunks(hit.unit.document_id)
        by_field = {chunk.field or "": chunk for chunk in chunks}
        return Source(document, by_field, document.as_of or self._store.ingested_on(document.id))

    def _ward_lines(self, commune: str | None, notes: Notes) -> list[str]:
        if commune is None:
            return []
        lines = []
        for chunk in ward_chunks(self._store, commune):
            document = self._store.document(chunk.document_id)
            heading, *body = [line.strip() for line in chunk.text.splitlines() if line.strip()]
            mark = notes.mark(chunk, document, document.as_of)
            lines.append(f"{heading.lstrip('#0123456789. ')}: {shortened(' '.join(body), 180)}{mark}")
        return lines
