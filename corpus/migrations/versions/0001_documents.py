"""Documents, versions, chunks, communes and what is published of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "communes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("province", sa.Text),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("scope", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("procedure_code", sa.Text, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("withdrawn_on", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "versions",
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "chunks",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document_id", sa.Text, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("field", sa.Text),
        sa.Column("procedure_code", sa.Text, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("search_text", sa.Text),
        sa.Column("phrasings", sa.JSON, nullable=False),
    )
    op.create_index("ix_chunks_document_version", "chunks", ["document_id", "version"])
    op.create_table(
        "scopes",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("generation", sa.Text),
        sa.Column("published_revision", sa.Integer, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Undo."""
    for table in ("scopes", "chunks", "versions", "documents", "communes"):
        op.drop_table(table)
