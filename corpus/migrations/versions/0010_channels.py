"""Inbox, outbox, conversations, ratings, tickets and tokens of the channels."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "inbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("user_key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("option", sa.Text),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("received_ms", sa.BigInteger, nullable=False),
        *_work_columns(),
        sa.UniqueConstraint("channel", "message_id", name="uq_inbox_message"),
    )
    op.create_index("ix_inbox_person", "inbox", ["person", "at_ms", "id"])
    op.create_index("ix_inbox_state", "inbox", ["state", "not_before_ms"])
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("user_key", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        *_work_columns(),
    )
    op.create_index("ix_outbox_person", "outbox", ["person", "id"])
    op.create_index("ix_outbox_state", "outbox", ["state", "not_before_ms"])
    op.create_table(
        "contacts",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("last_ms", sa.BigInteger, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
    )
    op.create_table(
        "dialogues",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("updated_ms", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "dialogue_turns",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("person", sa.Text, nullable=False, index=True),
        sa.Column("at_ms", sa.BigInteger, nullable=False, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
    )
    op.create_table(
        "ratings",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, nullable=False, index=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("procedure_code", sa.Text),
        sa.Column("is_good", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "tickets",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False, index=True),
        sa.Column("user_key", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("opened_ms", sa.BigInteger, nullable=False),
        sa.Column("closed_ms", sa.BigInteger),
    )
    op.create_table(
        "channel_tokens",
        sa.Column("app_id", sa.Text, primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("access", sa.Text, nullable=False),
        sa.Column("refresh", sa.Text, nullable=False),
        sa.Column("previous_access", sa.Text),
        sa.Column("previous_refresh", sa.Text),
        sa.Column("access_until_ms", sa.BigInteger, nullable=False),
        sa.Column("obtained_ms", sa.BigInteger, nullable=False),
        sa.Column("renewing_by", sa.Text),
        sa.Column("renewing_until_ms", sa.BigInteger, nullable=False),
        sa.Column("trouble", sa.Text),
    )


def _work_columns() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before_ms", sa.BigInteger, nullable=False),
        sa.Column("lease_until_ms", sa.BigInteger, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("reason", sa.Text),
    ]


def downgrade() -> None:
    """Undo."""
    for table in (
        "channel_tokens", "tickets", "ratings", "dialogue_turns", "dialogues", "contacts", "outbox", "inbox",
    ):  # fmt: skip
        op.drop_table(table)
