"""A question -> its answer, with the conversation looked up before and kept after it. Runs in worker threads."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from api.conversations import Conversations, new_name
from bot.answer import Answer
from bot.assemble import Parts
from bot.conversation import Conversation
from retrieval.errors import IndexUnavailable

_FRESH_SECONDS = 60.0
_LONGEST_KEPT = 500  # Signs; nobody else types a longer question letter for letter.


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that an answer depends on: equal questions in equal places get equal answers."""

    question: str
    commune: str | None
    before: Conversation
    generations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    moment: float
    answer: Answer
    after: Conversation


class Answering:
    """Asks the chatbot, or gives again what it said to the same question a moment ago."""

    def __init__(self, parts: Parts, conversations: Conversations, kept: int) -> None:
        self._parts = parts
        self._conversations = conversations
        self._kept = kept
        self._ready: OrderedDict[_Asked, _Ready] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, question: str, commune: str | None, name: str | None) -> tuple[str, Answer]:
        """The conversation's name and the answer. Raises UnknownCommune, IndexUnavailable."""
        started = time.perf_counter()
        before = self._conversations.find(name) if name else None
        name = name or new_name()
        asked = _Asked(_chosen(question, before), commune, before or Conversation(), self._generations(commune))
        ready = self._known(asked)
        if ready is None:
            turn = self._parts.chatbot.turn(asked.question, commune, asked.before)
            answer, after = turn.answered, turn.after
            if not turn.has_personal_data and len(asked.question) <= _LONGEST_KEPT:
                self._keep(asked, _Ready(time.monotonic(), answer, after))
        else:
            answer, after = (
                replace(ready.answer, timings_ms={"repeated": _milliseconds(started)}),
                ready.after,
            )
        if after != asked.before:
            self._conversations.keep(name, after, is_new=before is None)
        return name, answer

    def _generations(self, commune: str | None) -> tuple[str, ...]:
        try:
            return tuple(one.manifest.generation for one in self._parts.index.generations(commune))
        except IndexUnavailable:  # A greeting needs no index; what does need it says so itself.
            return ()

    def _known(self, asked: _Asked) -> _Ready | None:
        with self._lock:
            ready = self._ready.get(asked)
            return None if _is_stale(ready) else ready

    def _keep(self, asked: _Asked, ready: _Ready) -> None:
        with self._lock:
            self._ready[asked] = ready
            self._ready.move_to_end(asked)
            while len(self._ready) > self._kept or _is_stale(next(iter(self._ready.values()), None)):
                self._ready.popitem(last=False)


def _is_stale(ready: _Ready | None) -> bool:
    return ready is not None and time.monotonic() - ready.moment > _FRESH_SECONDS


def _chosen(question: str, before: Conversation | None) -> str:
    """A button pressed gives back its whole label, however long: that is the option of that number."""
    labels = [option.label for option in before.options] if before else []
    return str(labels.index(question) + 1) if labels.count(question) == 1 else question


def _milliseconds(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
