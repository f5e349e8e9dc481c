"""How answers drafted by a language model came about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "drafted_answer",
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("prompt", sa.String(16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("fates", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("trace_id", name="pk_drafted_answer"),
    )
    op.create_index("ix_drafted_answer_drafted_at", "drafted_answer", ["drafted_at"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("drafted_answer")
