"""Time in force, what a document replaces, and what replaced it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS = (
    ("number", sa.Text),
    ("in_force_from", sa.Date),
    ("in_force_to", sa.Date),
    ("replaced_by", sa.Text),
    ("replaces", sa.JSON),
)


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("documents") as table:
        for name, kind in _COLUMNS:
            table.add_column(sa.Column(name, kind))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("documents") as table:
        for name, _ in _COLUMNS:
            table.drop_column(name)
