"""Notices to many enterprises at once, and who agreed to get them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "notice_consent",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("policy", sa.Boolean(), nullable=False),
        sa.Column("reminder", sa.Boolean(), nullable=False),
        sa.Column("by_channel", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _to("notice_consent", "account_id", "account"),
        sa.PrimaryKeyConstraint("account_id", name="pk_notice_consent"),
    )
    op.create_table(
        "broadcast",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("provision", sa.String(120), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('policy', 'reminder')", name=op.f("ck_broadcast_kind")),
        _to("broadcast", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
    )
    op.create_index("ix_broadcast_account_id_sent_at", "broadcast", ["account_id", "sent_at"])
    op.create_index("ix_broadcast_key", "broadcast", ["key"])
    op.create_table(
        "broadcast_recipient",
        sa.Column("broadcast_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("by_channel", sa.Boolean(), nullable=False),
        _to("broadcast_recipient", "broadcast_id", "broadcast"),
        _to("broadcast_recipient", "account_id", "account"),
        sa.PrimaryKeyConstraint("broadcast_id", "account_id", name="pk_broadcast_recipient"),
    )
    op.create_index("ix_broadcast_recipient_uscc", "broadcast_recipient", ["uscc"])
    op.create_index("ix_broadcast_recipient_account_id", "broadcast_recipient", ["account_id"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("broadcast_recipient", "broadcast", "notice_consent"):
        op.drop_table(table)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")
