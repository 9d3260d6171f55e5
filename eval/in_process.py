"""The assistant in this process: the search and the chatbot over one data folder."""

import time
from collections.abc import Iterable
from functools import cached_property

from bot.answer import Answer, Citation
from bot.assistant import AssistantParts
from bot.conversation import Conversation
from corpus.vietnamese import one_line
from eval.gold import GoldQuestion
from eval.reply import Choice, FoundPart, Reply, Source
from retrieval.entries import Unit
from retrieval.question import read_question
from retrieval.search import Found, Hit

LIMIT = 10


class InProcess:
    """Asks the chatbot, and the search on its own where the chatbot ended without one."""

    def __init__(self, parts: AssistantParts) -> None:
        self._parts = parts

    def reply(self, gold: GoldQuestion, question: str) -> Reply:
        """Answer a question after the history of `gold`. Raises UnknownCommune."""
        commune = gold.commune or self._parts.settings.default_commune
        before = Conversation()
        chatbot = self._parts.chatbot
        for earlier in gold.history:
            before = chatbot.turn(earlier, commune, before).after
        started = time.perf_counter()
        turn = chatbot.turn(question, commune, before)
        total = (time.perf_counter() - started) * 1000
        found = turn.found
        if found is None and gold.names_source:
            found = self._found(question, commune)
        return read_answer(turn.answered, parts_of(found) if found else None, total)

    def alike(self, codes: tuple[str, ...]) -> frozenset[str]:
        """The codes and those of procedures with the same name."""
        groups = {self._units[code].group for code in codes if code in self._units}
        return frozenset(codes).union(*(self._members[group] for group in groups))

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """The names of those codes that are published."""
        return {code: one_line(self._units[code].name) for code in codes if code in self._units}

    def _found(self, question: str, commune: str | None) -> Found:
        return self._parts.searcher.search(read_question(question, self._parts.restorer), commune, LIMIT)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """Every published procedure by its code."""
        units: dict[str, Unit] = {}
        for scope in self._parts.store.scopes():
            if scope.generation is not None:
                for generation in self._parts.index.generations(scope.id):
                    units |= {unit.procedure_code: unit for unit in generation.units if unit.procedure_code}
        return units

    @cached_property
    def _members(self) -> dict[str, set[str]]:
        """The codes of each group of twins."""
        members: dict[str, set[str]] = {}
        for code, unit in self._units.items():
            members.setdefault(unit.group, set()).add(code)
        return members


def parts_of(found: Found) -> tuple[FoundPart, ...]:
    """The hits of a search."""
    return tuple(_part(hit) for hit in found.hits)


def read_answer(answer: Answer, found: tuple[FoundPart, ...] | None, total_ms: float) -> Reply:
    """An answer as the measures see it."""
    return Reply(
        status=answer.status.value,
        text=answer.text,
        code=answer.procedure.code if answer.procedure else None,
        sources=tuple(_source(citation) for citation in answer.citations),
        choices=tuple(Choice(option.label, option.code) for option in answer.options),
        found=found,
        steps_ms=dict(answer.timings_ms),
        total_ms=total_ms,
    )


def _part(hit: Hit) -> FoundPart:
    unit = hit.unit
    codes = tuple(dict.fromkeys(code for code in (unit.procedure_code, *hit.twins) if code))
    return FoundPart(codes, one_line(unit.name), unit.document_id, hit.chunk.path, hit.chunk.text, round(hit.score, 4))


def _source(citation: Citation) -> Source:
    return Source(
        n=citation.n,
        document=citation.document_id,
        title=citation.title,
        number=citation.number,
        issued_on=citation.issued_on,
        as_of=citation.as_of,
        path=citation.path,
        quote=citation.quote,
    )
