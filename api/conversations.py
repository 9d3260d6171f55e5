"""Conversations in SQL: they outlive a restart and are the same in every worker."""

import secrets
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.tables import ConversationRow
from bot.conversation import Conversation

_STATE = TypeAdapter(Conversation)
_SWEEP_EVERY = 1000


def new_name() -> str:
    """A name that nobody guesses."""
    return secrets.token_urlsafe(12)


class Conversations:
    """What was talked about, by conversation; idle ones are forgotten after `hours`."""

    def __init__(self, engine: Engine, hours: int) -> None:
        self._engine = engine
        self._kept = timedelta(hours=hours)
        self._saved = 0

    def find(self, name: str) -> Conversation | None:
        """A conversation by its name; None when it is new or forgotten."""
        with self._engine.connect() as connection:
            query = select(ConversationRow.state).where(
                ConversationRow.id == name, ConversationRow.touched_at > datetime.now(UTC) - self._kept
            )
            return _read(connection.scalar(query))

    def keep(self, name: str, conversation: Conversation, is_new: bool) -> None:
        """Remember where a conversation stands."""
        values = {
            "state": _STATE.dump_json(conversation, exclude_defaults=True).decode(),
            "touched_at": datetime.now(UTC),
        }
        if not (is_new and self._inserted(name, values)):
            with self._engine.begin() as connection:
                connection.execute(update(ConversationRow).where(ConversationRow.id == name).values(**values))
        self._saved += 1
        if self._saved % _SWEEP_EVERY == 1:
            self.sweep()

    def _inserted(self, name: str, values: dict[str, object]) -> bool:
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(ConversationRow).values(id=name, **values))
        except IntegrityError:  # Another tab was quicker, or an expired one is still there.
            return False
        return True

    def forget(self, name: str) -> None:
        """Delete a conversation because its owner asked for it."""
        with self._engine.begin() as connection:
            connection.execute(delete(ConversationRow).where(ConversationRow.id == name))

    def sweep(self) -> int:
        """Delete what is older than allowed; returns how many."""
        with self._engine.begin() as connection:
            old = ConversationRow.touched_at < datetime.now(UTC) - self._kept
            return int(connection.execute(delete(ConversationRow).where(old)).rowcount)


def _read(state: str | None) -> Conversation | None:
    """A stored state; one written by another version of the program counts as forgotten."""
    if state is None:
        return None
    try:
        return _STATE.validate_json(state)
    except ValidationError:
        return None
