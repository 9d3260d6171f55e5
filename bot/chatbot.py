"""The way of one question, as a visible list of steps.

Each step reads the turn and may end it by setting an answer; the steps after it are then skipped. Every step is timed.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot import replies
from bot.answer import Answer, AnswerStatus, Option
from bot.aspects import Aspect, aspects_beside, aspects_in, subject_of
from bot.clarify import Decision, Verdict, decide, label_of, named_by_several
from bot.compose import Notes, Source, procedure_answer
from bot.conversation import Conversation, after_refusal, asks_of_topic, chosen_option, continues, own_words
from bot.courtesy import without_courtesy
from bot.detail import telling
from bot.english import english_answer, english_ending, is_english, vietnamese_words
from bot.following import BARE_FORM, NEW_TOPIC_WORDS, SURELY_NEW, Message, goes_on, hangs_on, no_ending, weighed
from bot.lacking import is_asked_for, papers_named
from bot.own_name import without_own_name
from bot.plan_answer import part_answer
from bot.plan_formal import formal_part
from bot.plan_lines import narrowed
from bot.plan_prior import as_routed
from bot.privacy import masked
from bot.router import Routed, Router
from bot.routing import Ending, attack_ending, ending_after_search, ending_at_once, ending_without_evidence
from bot.sheet import shortened
from bot.ward import ward_chunks
from bot.wording import Writer
from corpus.store import DocumentStore
from retrieval.one_at_a_time import computing, waiting
from retrieval.passages import PassageFinder
from retrieval.question import Question, read_question
from retrieval.search import Found, Hit, Searcher
from retrieval.spelling import Spelling

SHORT = 4
_WIDE = 25


@dataclass
class Turn:
    """One question on its way.

    `before` is the conversation so far, `after` what this turn leaves behind, `own_name` the name of the commune.
    """

    typed: str
    commune: str | None
    before: Conversation
    own_name: str = ""
    text: str = ""
    routed: Routed | None = None
    question: Question | None = None
    aspects: tuple[Aspect, ...] = ()
    code: str | None = None
    found: Found | None = None
    continues: bool = False
    of_a_paper: bool = False
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
        writer: Writer | None = None,
    ) -> None:
        self._store = store
        self._searcher = searcher
        self._finder = finder
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
            ("resolve", self._resolve),
            ("search", self._search),
            ("decide", self._decide),
            ("compose", self._compose),
            *((("word", self._word),) if self._writer else ()),
        )

    def ask(self, question: str, commune: str | None = None, history: Sequence[str] = ()) -> Answer:
        """Answer a question; `history` holds the earlier questions of the same person, oldest first."""
        before = Conversation()
        for earlier in history:
            before = self.turn(earlier, commune, before).after
        return self.turn(question, commune, before).answered

    def turn(self, question: str, commune: str | None, before: Conversation) -> "Turn":
        """One turn of a conversation; its answer and what it leaves behind. Raises UnknownCommune, IndexUnavailable."""
        with computing():
            return self._turn(question, commune, before)

    def _turn(self, question: str, commune: str | None, before: Conversation) -> "Turn":
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
        text, turn.has_personal_data = masked(turn.typed)
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
        turn.of_a_paper = self._asks_of_a_paper(turn, meant, routed)
        hangs_on = turn.of_a_paper or no_ending(meant, turn.before, routed)
        ending = attack_ending(turn.text, meant) if hangs_on else ending_at_once(turn.text, routed, meant)
        if ending is not None:
            self._end(turn, ending)
        elif english:
            turn.text = vietnamese_words(turn.text) or turn.text

    def _asks_of_a_paper(self, turn: Turn, meant: str, routed: Routed) -> bool:
        """Whether a short question is about a paper that the procedure talked about asks for."""
        topic, name = turn.before.topic, turn.before.topic_name or ""
        papers = papers_named(meant, routed) if topic and own_words(meant) < NEW_TOPIC_WORDS else ()
        if not topic or not papers:
            return False
        hits = self._searcher.search(read_question(topic, self._restorer), turn.commune, 1).hits
        procedure = self._store.document(hits[0].unit.document_id).procedure if hits else None
        cases = procedure.dossier if procedure else ()
        return is_asked_for(papers, " ".join(paper.text for case in cases for paper in case.items), name)

    def _resolve(self, turn: Turn) -> None:
        """A short question is about what was talked about before."""
        turn.question = read_question(turn.text, self._restorer)
        # Abbreviations and lost accents hide what is asked: "bn tien" is read in its repaired form.
        turn.aspects = turn.aspects or aspects_in(_repaired(turn)) or aspects_in(turn.text)
        before = turn.before
        if turn.code or not before.topic or turn.question.codes:
            return
        if turn.of_a_paper:
            turn.aspects = turn.aspects or (Aspect.DOSSIER,)
        if turn.of_a_paper or asks_of_topic(turn.text, _repaired(turn), before.topic_name or ""):
            turn.code = before.topic
            turn.notes.append("hỏi tiếp về thủ tục trước")

    def _search(self, turn: Turn) -> None:
        question = turn.question
        if question is None:
            return
        if turn.code:
            question = replace(question, codes=(turn.code,), forms=question.forms or (turn.code,))
        turn.found = self._searcher.search(question, turn.commune, _WIDE)
        if turn.code or question.codes:
            return
        message = Message(turn.text, _repaired(turn), turn.routed, bool(turn.aspects))
        earlier = turn.before.question
        if earlier and (hangs_on(message, turn.before, turn.found) or self._leaves_open(turn, turn.found)):
            self._continue(turn, question, message, earlier)
        else:
            self._search_subject(turn, turn.found)

    def _leaves_open(self, turn: Turn, found: Found) -> bool:
        """Whether a short question after an answer would be asked back: "sang tên" after "đổi giấy tờ xe"."""
        words = own_words(turn.text)
        asks = turn.routed is not None and turn.routed.family == "asking"
        if not turn.before.topic or not asks or words >= NEW_TOPIC_WORDS:
            return False
        return decide(found, _repaired(turn), words).decision is Decision.CLARIFY

    def _continue(self, turn: Turn, question: Question, message: Message, earlier: str) -> None:
        """Together with the question before it, a short one may say what is meant: another form, or a choice."""
        before, alone = turn.before, turn.found
        if alone is None:
            return
        joined = self._searcher.search(read_question(f"{earlier} {turn.text}", self._restorer), turn.commune, _WIDE)
        if joined.procedure_probability < alone.procedure_probability * (0.5 if goes_on(turn.text, before) else 1):
            return
        turn.found = weighed(alone, joined, message, before)
        turn.continues = True
        subject = earlier if before.topic else f"{earlier} {turn.text}"
        best = turn.found.hits[0] if turn.found.hits else None
        if best and before.topic and before.topic not in (best.unit.procedure_code, *best.twins):
            subject = label_of(best.unit.name)
        turn.question = replace(question, typed=subject)
        turn.notes.append(f"hỏi tiếp, ghép với câu trước; nói về: {subject}")

    def _search_subject(self, turn: Turn, found: Found) -> None:
        """What is asked ("lệ phí bao nhiêu") says nothing of the procedure: where it blurs, its subject is searched."""
        words, repaired = own_words(turn.text), _repaired(turn)
        subject = subject_of(repaired) if turn.aspects and words <= SHORT else ""
        if not subject or found.part_probability > found.procedure_probability:
            return
        if decide(found, repaired, words).decision is Decision.PROCEDURE:
            return
        bare = self._searcher.search(read_question(subject, self._restorer), turn.commune, _WIDE)
        if bare.procedure_probability > found.procedure_probability:
            turn.notes.append(f"tìm theo việc: {subject}")
            turn.found = bare

    def _decide(self, turn: Turn) -> None:
        if turn.found is None:
            return
        before = turn.before
        turn.found = as_routed(turn.found, turn.routed)
        # A plan's parts resemble each other: their probability is shared, and a low one says more than a procedure's.
        evidence = max(turn.found.procedure_probability, turn.found.part_probability**0.5)
        hangs_on = turn.continues or turn.of_a_paper
        ending = ending_after_search(turn.routed, evidence, turn.text) if turn.routed and not hangs_on else None
        words, asks = own_words(turn.text), turn.routed.asks if turn.routed else 1.0
        # What was asked back is not asked again, and what goes on is answered, its other forms offered under it.
        may_ask = turn.code is None and not turn.continues
        verdict = decide(turn.found, _repaired(turn), words, asks, may_ask=may_ask)
        if verdict.decision is Decision.CLARIFY and before.asked_back and before.options and words < NEW_TOPIC_WORDS:
            answer = decide(turn.found, _repaired(turn), words, asks, may_ask=False)
            verdict = verdict if answer.decision is Decision.NONE else answer
        # "xin trợ cấp" names no paper that exists, but many that do.
        too_short = words <= BARE_FORM and verdict.decision is Decision.CLARIFY
        turned_away = ending is not None and not (too_short and ending.name == "admin_unknown")
        if turned_away or verdict.decision is Decision.NONE:
            named = named_by_several(turn.found, _repaired(turn)) if may_ask and _may_mean_ours(turn.routed) else None
            verdict = named or verdict
            if turned_away and ending is not None and named is None:
                self._end(turn, ending)
                return
        if turn.code and turn.code == before.topic:
            verdict = replace(verdict, options=before.options)
        turn.verdict = verdict
        if verdict.decision is Decision.NONE:
            self._end(turn, ending_without_evidence(turn.routed))
        elif verdict.decision is Decision.CLARIFY:
            lines = [f"{number}. {option.label}" for number, option in enumerate(verdict.options, 1)]
            text = "\n".join([replies.CLARIFY, *lines, replies.CLARIFY_HOW])
            turn.answer = Answer(AnswerStatus.CLARIFY, text, options=verdict.options)
            turn.after = Conversation(
                question=turn.text,
                options=verdict.options,
                aspects=turn.aspects,
                asked_back=tuple(sorted(option.label for option in verdict.options)),
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
            hit = narrowed(verdict.hit, turn.found.hits if turn.found else ())
            document, chunks = self._store.document_with_chunks(hit.unit.document_id)
            chunk = formal_part(hit.chunk, document, chunks, turn.text, question.cues)
            turn.answer = part_answer(chunk, document, chunks, _repaired(turn), question.cues, notes)
            turn.after = Conversation(part=chunk.id)

    def _procedure(self, turn: Turn, hit: Hit, options: tuple[Option, ...], notes: Notes) -> Answer:
        source = self._source(hit)
        procedure = source.document.procedure
        if procedure and turn.code is None:  # "gia hạn thời hạn" in its name asks for no time limit.
            name = procedure.name
            turn.aspects = aspects_beside(_repaired(turn), name) or aspects_beside(turn.text, name)
        details = telling(procedure, _repaired(turn), turn.aspects, turn.commune, self._finder) if procedure else []
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

    def _end(self, turn: Turn, ending: Ending) -> None:
        turn.notes.append(f"kết thúc: {ending.name}")
        text = english_ending(ending.status, ending.text) if is_english(turn.typed) else ending.text
        turn.answer = Answer(ending.status, text)


def _may_mean_ours(routed: Routed | None) -> bool:
    """Whether a message of a word or two may name a matter of ours, whatever the router takes it for."""
    if routed is None or routed.family in ("asking", "outside"):
        return True
    return routed.family == "refused" and routed.probability < SURELY_NEW


def _repaired(turn: Turn) -> str:
    return turn.question.forms[-1] if turn.question and turn.question.forms else turn.text
