"""Conversations on the web and in channels; notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("notice", "utterance", "conversation")


def upgrade() -> None:
    """Add the tables."""
    _add_conversation()
    _add_utterance()
    _add_notice()


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)


def _add_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("account_id", sa.String(32)),
        sa.Column("uscc", sa.String(18)),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("last_channel", sa.String(20), nullable=False),
        sa.Column("last_account", sa.String(40), nullable=False),
        sa.Column("last_peer", sa.String(128), nullable=False),
        sa.Column("attended_by", sa.String(10), nullable=False),
        sa.Column("waiting_since", MOMENT),
        sa.Column("promised_at", MOMENT),
        sa.Column("escalated_at", MOMENT),
        sa.Column("attendant", sa.String(32)),
        _to("conversation", "account_id", "account"),
        _to("conversation", "attendant", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("key", name=op.f("uq_conversation_key")),
    )
    _index("conversation", "account_id")
    _index("conversation", "attended_by", "promised_at")
    _index("conversation", "uscc")


def _add_utterance() -> None:
    op.create_table(
        "utterance",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.String(10), nullable=False),
        sa.Column("speaker", sa.String(32)),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("on", sa.Date()),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.CheckConstraint("said_by IN ('person', 'assistant', 'staff')", name=op.f("ck_utterance_said_by")),
        _to("utterance", "conversation_id", "conversation"),
        _to("utterance", "speaker", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utterance")),
        sa.UniqueConstraint("conversation_id", "number", name=op.f("uq_utterance_conversation_id_number")),
    )


def _add_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18)),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("read_at", MOMENT),
        _to("notice", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_notice_account_id_key")),
    )
    _index("notice", "sent_at", "due_at")
    _index("notice", "uscc")


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
