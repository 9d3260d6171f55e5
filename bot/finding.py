"""What a turn is about: by itself, or together with what was said before it."""

from dataclasses import replace

from bot.aspects import Aspect, aspects_in, subject_of
from bot.clarify import Decision, decide, label_of
from bot.conversation import asks_of_topic, own_words
from bot.following import NEW_TOPIC_WORDS, Message, goes_on, hangs_on, weighed
from bot.lacking import is_asked_for, papers_named
from bot.router import Routed
from bot.turn import Turn
from corpus.store import DocumentStore
from retrieval.question import Question, read_question
from retrieval.search import Found, Searcher
from retrieval.spelling import Spelling

_SHORT = 4
_WIDE = 25


class Finder:
    """Searches for what a turn is about."""

    def __init__(self, store: DocumentStore, searcher: Searcher, restorer: Spelling) -> None:
        self._store = store
        self._searcher = searcher
        self._restorer = restorer

    def asks_of_a_paper(self, turn: Turn, meant: str, routed: Routed) -> bool:
        """Whether a short question is about a paper that the procedure talked about asks for."""
        topic, name = turn.before.topic, turn.before.topic_name or ""
        papers = papers_named(meant, routed) if topic and own_words(meant) < NEW_TOPIC_WORDS else ()
        if not topic or not papers:
            return False
        hits = self._searcher.search(read_question(topic, self._restorer), turn.commune, 1).hits
        procedure = self._store.document(hits[0].unit.document_id).procedure if hits else None
        cases = procedure.dossier if procedure else ()
        return is_asked_for(papers, " ".join(paper.text for case in cases for paper in case.items), name)

    def resolve(self, turn: Turn) -> None:
        """A short question is about what was talked about before."""
        turn.question = read_question(turn.text, self._restorer)
        # Abbreviations and lost accents hide what is asked: "bn tien" is read in its repaired form.
        turn.aspects = turn.aspects or aspects_in(turn.repaired) or aspects_in(turn.text)
        before = turn.before
        if turn.code or not before.topic or turn.question.codes:
            return
        if turn.of_a_paper:
            turn.aspects = turn.aspects or (Aspect.DOSSIER,)
        if turn.of_a_paper or asks_of_topic(turn.text, turn.repaired, before.topic_name or ""):
            turn.code = before.topic
            turn.notes.append("hỏi tiếp về thủ tục trước")

    def search(self, turn: Turn) -> None:
        """The hits for the question, for what it asks about, or for it together with the one before."""
        question = turn.question
        if question is None:
            return
        if turn.code:
            question = replace(question, codes=(turn.code,), forms=question.forms or (turn.code,))
        turn.found = self._searcher.search(question, turn.commune, _WIDE)
        if turn.code or question.codes:
            return
        message = Message(turn.text, turn.repaired, turn.routed, bool(turn.aspects))
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
        return decide(found, turn.repaired, words).decision is Decision.CLARIFY

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
        words, repaired = own_words(turn.text), turn.repaired
        subject = subject_of(repaired) if turn.aspects and words <= _SHORT else ""
        if not subject or found.part_probability > found.procedure_probability:
            return
        if decide(found, repaired, words).decision is Decision.PROCEDURE:
            return
        bare = self._searcher.search(read_question(subject, self._restorer), turn.commune, _WIDE)
        if bare.procedure_probability > found.procedure_probability:
            turn.notes.append(f"tìm theo việc: {subject}")
            turn.found = bare
