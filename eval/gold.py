"""One question of a set and what would be right: the gold. Written by people, so every field is checked.

A set is independent of how documents are cut into chunks: sources are named by code, by document and path, or by words
of the source that are looked for after normalisation.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.answer import AnswerStatus

MAX_QUESTION = 10_000

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\w.]{5,40}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Expected(StrEnum):
    """How the question should end; `any` where every ending but an error is right."""

    ANSWERED = AnswerStatus.ANSWERED
    CLARIFY = AnswerStatus.CLARIFY
    NO_ANSWER = AnswerStatus.NO_ANSWER
    OUT_OF_SCOPE = AnswerStatus.OUT_OF_SCOPE
    EMERGENCY = AnswerStatus.EMERGENCY
    GREETING = AnswerStatus.GREETING
    REFUSED = AnswerStatus.REFUSED
    ANY = "any"


class Place(BaseModel):
    """A part of a document: its id as `motcua documents` lists it, and its path as citations show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Name
    path: Words


class GoldQuestion(BaseModel):
    """One line of a question set."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, title="Question")

    id: Name = Field(description="name of the question, unique in the set")
    question: str = Field(
        min_length=1,
        max_length=MAX_QUESTION,
        pattern=r"\S",
        description="the question exactly as somebody would type it",
    )
    commune: Name | None = Field(
        default=None, description="id of the commune that is asked; none: only national procedures"
    )
    history: tuple[Words, ...] = Field(default=(), description="earlier questions of the same person, oldest first")
    expect: Expected = Field(description="how it should end; `any`: anything but an error, and no `forbidden` words")
    codes: tuple[Code, ...] = Field(default=(), description="codes of the right procedures; any one of them is right")
    places: tuple[Place, ...] = Field(
        default=(), description="right parts of documents, by id and path; any one of them is right"
    )
    evidence: tuple[Words, ...] = Field(
        default=(), description="six to twelve words of the source that must be found and cited"
    )
    offer: tuple[Code, ...] = Field(
        default=(), description="codes of which at least one must be offered as a choice (or answered)"
    )
    facts: tuple[Words, ...] = Field(default=(), description="what the answer must say")
    forbidden: tuple[Words, ...] = Field(default=(), description="what the answer must not say")
    tags: tuple[Name, ...] = Field(default=(), description="groups of the report; the first one names the field")

    @model_validator(mode="after")
    def _has_gold(self) -> "GoldQuestion":
        """An expected answer without anything to compare it with proves nothing."""
        if self.expect is Expected.ANSWERED and not (self.codes or self.places or self.evidence or self.facts):
            raise ValueError("empty gold: an expected answer needs codes, places, evidence or facts")
        return self

    @property
    def field(self) -> str | None:
        """The field (lĩnh vực) the question belongs to."""
        return self.tags[0] if self.tags else None

    @property
    def names_source(self) -> bool:
        """Whether it is known what search should find."""
        return self.expect is Expected.ANSWERED and bool(self.codes or self.places or self.evidence)
