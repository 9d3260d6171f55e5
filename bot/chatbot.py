"""The way of one question, as a visible list of steps.

Each step reads the turn and may end it by setting an answer; the steps after it are then skipped. Every step is timed.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot import replies
from bot.answer import Answer, AnswerStatus, Option
from bot.aspects import Aspect, aspects_in
from bot.clarify import Decision, Verdict, decide, other_form
from bot.compose import Notes, Source, procedure_answer
from bot.conversation import Conversation, chosen_option, continues, is_elliptic, own_words
from bot.courtesy import without_courtesy
from bot.detail import telling
from bot.english import english_answer, is_english, vietnamese_words
from bot.plan_answer import formal_part, part_answer
from bot.privacy import masked
from bot.router import Routed, Router
from bot.routing import Ending, attack_ending, ending_after_search, ending_at_once, ending_without_evidence
from bot.ward import ward_chunks
from corpus.store import DocumentStore
from retrieval.passages import PassageFinder
from retrieval.question import Question, read_question
from retrieval.search import Found, Hit, Searcher
from retrieval.spelling import Spelling

NEW_TOPIC = 0.45
NEW_TOPIC_WORDS = 5
LONG_QUESTION = 9
_WIDE = 25


@dataclass
class Turn:
    """One question on its way. `before` is the conversation so far, `after` what this turn leaves behind."""

    typed: str
    commune: str | None
    before: Conversation
    text: str = ""
    routed: Routed | None = None
    question: Question | None = None
    aspects: tuple[Aspect, ...] = ()
    code: str | None = None
    found: Found | None = None
    verdict: Verdict | None = None
    answer: Answer | None = None
    after: Conversation = field(default_factory=Conversation)
    has_personal_data: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def answered(self) -> Answer:
        """The answer; every finished turn has one."""
        return self.answer or Answer(AnswerStatus.ERROR, replies.ERROR)


class Chatbot:
    """Answers questions from what is stored and published. Safe to use from several threads."""

    def __init__(
        self,
        store: DocumentStore,
        searcher: Searcher,
        finder: PassageFinder,
        router: Router,
        restorer: Spelling,
        base_url: str = "",
    ) -> None:
        self._store = store
        self._searcher = searcher
        self._finder = finder
        self._router = router
        self._restorer = restorer
        self._base_url = base_url

    @property
    def steps(self) -> tuple[tuple[str, Callable[[Turn], None]], ...]:
        """The steps in order."""
        return (
            ("mask", self._mask),
            ("choose", self._choose),
            ("route", self._route),
            ("resolve", self._resolve),
            ("search", self._search),
            ("decide", self._decide),
            ("compose", self._compose),
        )

    def ask(self, question: str, commune: str | None = None, history: Sequence[str] = ()) -> Answer:
        """Answer a question; `history` holds the earlier questions of the same person, oldest first."""
        before = Conversation()
        for earlier in history:
            before = self.turn(earlier, commune, before).after
        return self.turn(question, commune, before).answered

    def turn(self, question: str, commune: str | None, before: Conversation) -> "Turn":
        """One turn of a conversation; its answer and what it leaves behind. Raises UnknownCommune, IndexUnavailable."""
        if commune is not None:
            self._store.commune(commune)
        turn = Turn(question, commune, before, after=before)
        timings: dict[str, float] = {}
        for name, step in self.steps:
            if turn.answer is not None:
                break
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
        text, turn.has_personal_data = masked(turn.typed)
        turn.text = without_courtesy(text)

    def _choose(self, turn: Turn) -> None:
        """A reply to options offered before."""
        option = chosen_option(turn.text, turn.before.options)
        if option is None:
            return
        turn.notes.append(f"chọn: {option.label}")
        turn.code = option.code
        turn.text = option.label
        turn.aspects = aspects_in(turn.typed) or turn.before.aspects

    def _route(self, turn: Turn) -> None:
        """Endings that need no search."""
        if turn.code:
            return
        if is_english(turn.text):
            turn.text = vietnamese_words(turn.text) or turn.text
        routed = self._router.route(self._restorer.restore(turn.text))
        turn.routed = routed
        turn.notes.append(f"loại: {routed.route}, {routed.family} {routed.probability:.2f}, hỏi việc {routed.asks:.2f}")
        hangs_on = turn.before.topic is not None and (is_elliptic(turn.text) or continues(turn.text))
        ending = attack_ending(turn.text) if hangs_on else ending_at_once(turn.text, routed)
        if ending is not None:
            self._end(turn, ending)

    def _resolve(self, turn: Turn) -> None:
        """A short question is about what was talked about before."""
        turn.question = read_question(turn.text, self._restorer)
        # Abbreviations and lost accents hide what is asked: "bn tien" is read in its repaired form.
        turn.aspects = turn.aspects or aspects_in(_repaired(turn)) or aspects_in(turn.text)
        if turn.code is None and turn.before.topic and is_elliptic(turn.text) and not turn.question.codes:
            turn.code = turn.before.topic
            turn.notes.append("hỏi tiếp về thủ tục trước")

    def _search(self, turn: Turn) -> None:
        question = turn.question
        if question is None:
            return
        if turn.code:
            question = replace(question, codes=(turn.code,), forms=question.forms or (turn.code,))
        turn.found = self._searcher.search(question, turn.commune, _WIDE)
        if turn.code is None and turn.before.question:
            self._continue(turn, turn.before.question)

    def _continue(self, turn: Turn, earlier: str) -> None:
        """A short question may hang on the one before: as another form of it, or both together say what is meant."""
        if turn.found is None or turn.question is None or turn.question.codes:
            return
        alone = max(turn.found.procedure_probability, turn.found.part_probability)
        words, goes_on = own_words(turn.text), continues(turn.text) or bool(turn.before.asked_back)
        if words > LONG_QUESTION or (not goes_on and (words >= NEW_TOPIC_WORDS or alone >= NEW_TOPIC)):
            return
        if goes_on and turn.before.topic:
            other = other_form(turn.found.hits, turn.before.topic, turn.before.topic_name or "")
            if other is not None:
                turn.notes.append(f"hỏi tiếp về dạng khác: {other.unit.name}")
                turn.code = other.unit.procedure_code
                question = replace(turn.question, codes=(turn.code or "",))
                turn.found = self._searcher.search(question, turn.commune, _WIDE)
                return
        joined = read_question(f"{earlier} {turn.text}", self._restorer)
        together = self._searcher.search(joined, turn.commune, _WIDE)
        if together.procedure_probability >= (alone * 0.5 if goes_on else alone):
            turn.notes.append("hỏi tiếp, ghép với câu trước")
            turn.found, turn.question = together, joined

    def _decide(self, turn: Turn) -> None:
        if turn.found is None:
            return
        evidence = max(turn.found.procedure_probability, turn.found.part_probability)
        ending = ending_after_search(turn.routed, evidence) if turn.routed else None
        if ending is not None:
            self._end(turn, ending)
            return
        words = own_words(turn.text)
        asks = turn.routed.asks if turn.routed else 1.0
        verdict = decide(turn.found, words, asks, may_ask=turn.code is None)
        asked = tuple(sorted(option.label for option in verdict.options))
        if verdict.decision is Decision.CLARIFY and asked == turn.before.asked_back:
            verdict = decide(turn.found, words, asks, may_ask=False)
        turn.verdict = verdict
        if verdict.decision is Decision.NONE:
            self._end(turn, ending_without_evidence(turn.routed))
        elif verdict.decision is Decision.CLARIFY:
            lines = [f"{number}. {option.label}" for number, option in enumerate(verdict.options, 1)]
            text = "\n".join([replies.CLARIFY, *lines, replies.CLARIFY_HOW])
            turn.answer = Answer(AnswerStatus.CLARIFY, text, options=verdict.options)
            turn.after = replace(
                turn.before,
                question=turn.text,
                options=verdict.options,
                aspects=turn.aspects,
                asked_back=asked,
            )

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
            document = self._store.document(verdict.hit.unit.document_id)
            chunk = formal_part(
                verdict.hit.chunk, document, self._store.chunks_of(document.id), turn.text, question.cues
            )
            turn.answer = part_answer(chunk, document, turn.text, question.cues, notes)
            turn.after = Conversation(part=chunk.id)

    def _procedure(self, turn: Turn, hit: Hit, options: tuple[Option, ...], notes: Notes) -> Answer:
        source = self._source(hit)
        procedure = source.document.procedure
        details = telling(procedure, _repaired(turn), turn.aspects, turn.commune, self._finder) if procedure else []
        ward = self._ward_lines(turn.commune, notes) if Aspect.PLACE in turn.aspects else []
        answer = procedure_answer(source, turn.aspects, notes, details, ward, options)
        if answer.procedure:
            subject = hit.unit.name if turn.code else (turn.question.typed if turn.question else turn.text)
            turn.after = Conversation(answer.procedure.code, hit.unit.name, subject, options, turn.aspects)
        return answer

    def _source(self, hit: Hit) -> Source:
        document = self._store.document(hit.unit.document_id)
        chunks = {chunk.field or "": chunk for chunk in self._store.chunks_of(document.id)}
        return Source(document, chunks, document.as_of or self._store.ingested_on(document.id))

    def _ward_lines(self, commune: str | None, notes: Notes) -> list[str]:
        if commune is None:
            return []
        lines = []
        for chunk in ward_chunks(self._store, commune):
            document = self._store.document(chunk.document_id)
            heading, *body = [line.strip() for line in chunk.text.splitlines() if line.strip()]
            mark = notes.mark(chunk, document, document.as_of)
            lines.append(f"{heading.lstrip('#0123456789. ')}: {' '.join(body)[:180].rstrip()}{mark}")
        return lines

    def _end(self, turn: Turn, ending: Ending) -> None:
        turn.notes.append(f"kết thúc: {ending.name}")
        turn.answer = Answer(ending.status, ending.text)


def _repaired(turn: Turn) -> str:
    return turn.question.forms[-1] if turn.question and turn.question.forms else turn.text
