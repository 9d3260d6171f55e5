"""Tables of the web: conversations and API keys."""

from datetime import datetime

from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from corpus.database import Base


class ConversationRow(Base):
    """Where a conversation stands; what it keeps of a question is masked."""

    __tablename__ = "web_conversations"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    touched_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class KeyRow(Base):
    """A server that may call the API. Of its key only the SHA-256 is kept."""

    __tablename__ = "api_keys"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    rate: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
