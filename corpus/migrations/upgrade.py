"""Alembic, called from the program instead of from a terminal."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from corpus.errors import StoreUnavailable


def upgrade(engine: Engine, folder: Path) -> None:
    """Run the migrations that the database has not seen. Raises StoreUnavailable for a newer program's database."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreUnavailable(
                f"the database at {engine.url!r} was made by a newer version of motcua ({error}); install that version"
            ) from error
