"""What people think of the answers, without who they are."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update

from bot.tables import RatingRow


@dataclass(frozen=True, slots=True)
class Rating:
    """One 👍 or 👎. `day` is a date, ISO; `id` is random and leads to nobody."""

    id: str
    day: str
    channel: str
    procedure_code: str | None
    is_good: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer was rated 👎."""

    rating_id: str
    reason: str


class Ratings:
    """The stored ratings."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, connection: Connection, said: Rating | Reason) -> None:
        """Keep a rating, or the reason of one given before."""
        if isinstance(said, Reason):
            connection.execute(update(RatingRow).where(RatingRow.id == said.rating_id).values(reason=said.reason))
            return
        line = {"day": said.day, "channel": said.channel, "procedure_code": said.procedure_code}
        connection.execute(insert(RatingRow).values(id=said.id, is_good=said.is_good, **line))

    def counts(self) -> dict[tuple[bool, str | None], int]:
        """How often each judgement was given, with its reason."""
        query = select(RatingRow.is_good, RatingRow.reason, func.count()).group_by(RatingRow.is_good, RatingRow.reason)
        with self._engine.connect() as connection:
            return {(good, reason): number for good, reason, number in connection.execute(query)}
