"""One question on its way through the steps of the chatbot."""

from dataclasses import dataclass, field

from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.aspects import Aspect
from bot.clarify import Verdict
from bot.conversation import Conversation
from bot.english import english_ending, is_english
from bot.router import Routed
from bot.routing import Ending
from retrieval.question import Question
from retrieval.search import Found


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

    @property
    def repaired(self) -> str:
        """The question with slips of typing mended and accents restored."""
        return self.question.forms[-1] if self.question and self.question.forms else self.text

    def end(self, ending: Ending) -> None:
        """Answer with one of the endings that rest on no document."""
        self.notes.append(f"kết thúc: {ending.name}")
        text = english_ending(ending.status, ending.text) if is_english(self.typed) else ending.text
        self.answer = Answer(ending.status, text)
