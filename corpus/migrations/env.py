"""Alembic's entry: run on the connection that `corpus.database.migrate` hands over."""

from alembic import context

from corpus.database import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
