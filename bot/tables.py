"""Tables of the channels. All moments are Unix milliseconds, so that both databases compare them alike.

`person` is a pseudonym (bot/dialogues.py); `user_key`, the address, is kept only while something waits to be
answered or sent, and is emptied with the text when that is done.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpus.database import Base

Number = BigInteger().with_variant(Integer, "sqlite")


class _Queued:
    """What a row of a queue holds: whose it is, and how far its handling has come."""

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    user_key: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    not_before_ms: Mapped[int] = mapped_column(BigInteger)
    lease_until_ms: Mapped[int] = mapped_column(BigInteger)
    worker: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)


class InboxRow(_Queued, Base):
    """An event that came in. `state`: waiting, taken, done, dead."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "message_id", name="uq_inbox_message"),
        Index("ix_inbox_person", "person", "at_ms", "id"),
        Index("ix_inbox_state", "state", "not_before_ms"),
    )

    message_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    option: Mapped[str | None] = mapped_column(Text)
    at_ms: Mapped[int] = mapped_column(BigInteger)
    received_ms: Mapped[int] = mapped_column(BigInteger)


class OutboxRow(_Queued, Base):
    """A message to be sent. `state`: waiting, taken, held (until the person writes), done, dead."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_person", "person", "id"),
        Index("ix_outbox_state", "state", "not_before_ms"),
    )

    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    created_ms: Mapped[int] = mapped_column(BigInteger)


class ContactRow(Base):
    """When a person last wrote and how many messages were sent since."""

    __tablename__ = "contacts"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    last_ms: Mapped[int] = mapped_column(BigInteger)
    sent: Mapped[int]


class DialogueRow(Base):
    """Where a conversation stands."""

    __tablename__ = "dialogues"

    person: Mapped[str] = mapped_column(Text, primary_key=True)
    channel: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_ms: Mapped[int] = mapped_column(BigInteger, index=True)


class DialogueTurnRow(Base):
    """One question, masked, and what was answered."""

    __tablename__ = "dialogue_turns"

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    person: Mapped[str] = mapped_column(Text, index=True)
    at_ms: Mapped[int] = mapped_column(BigInteger, index=True)
    question: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)


class RatingRow(Base):
    """What somebody thought of an answer; nobody's name is kept with it."""

    __tablename__ = "ratings"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[str] = mapped_column(Text, index=True)
    channel: Mapped[str] = mapped_column(Text)
    procedure_code: Mapped[str | None] = mapped_column(Text)
    is_good: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)


class TicketRow(Base):
    """A citizen waiting for staff. `state`: open, closed."""

    __tablename__ = "tickets"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    channel: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text, index=True)
    user_key: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    opened_ms: Mapped[int] = mapped_column(BigInteger)
    closed_ms: Mapped[int | None] = mapped_column(BigInteger)


class TokenRow(Base):
    """The pair of tokens of a Zalo app, the pair before it, and who is renewing it."""

    __tablename__ = "channel_tokens"

    app_id: Mapped[str] = mapped_column(Text, primary_key=True)
    generation: Mapped[int]
    access: Mapped[str] = mapped_column(Text)
    refresh: Mapped[str] = mapped_column(Text)
    previous_access: Mapped[str | None] = mapped_column(Text)
    previous_refresh: Mapped[str | None] = mapped_column(Text)
    access_until_ms: Mapped[int] = mapped_column(BigInteger)
    obtained_ms: Mapped[int] = mapped_column(BigInteger)
    renewing_by: Mapped[str | None] = mapped_column(Text)
    renewing_until_ms: Mapped[int] = mapped_column(BigInteger)
    trouble: Mapped[str | None] = mapped_column(Text)
