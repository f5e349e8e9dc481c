"""Evidence: documents, their revisions, and what each proves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("evidence_link", "evidence_revision", "evidence")


def upgrade() -> None:
    """Add the tables."""
    _add_evidence()
    _add_evidence_revision()
    _add_evidence_link()


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)


def _by_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name, ondelete="CASCADE")


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _add_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _by_account("evidence"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_account_id"), "evidence", ["account_id"])
    op.create_index(op.f("ix_evidence_uscc"), "evidence", ["uscc"])


def _add_evidence_revision() -> None:
    op.create_table(
        "evidence_revision",
        sa.Column("evidence_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("period_from", sa.Date()),
        sa.Column("period_to", sa.Date()),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("unread", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of("evidence_revision", "evidence_id", "evidence"),
        _by_account("evidence_revision"),
        sa.PrimaryKeyConstraint("evidence_id", "number", name=op.f("pk_evidence_revision")),
    )
    op.create_index(op.f("ix_evidence_revision_account_id"), "evidence_revision", ["account_id"])
    op.create_index(op.f("ix_evidence_revision_uscc"), "evidence_revision", ["uscc"])


def _add_evidence_link() -> None:
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("evidence_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("item", sa.String(8), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        _of("evidence_link", "assessment_id", "assessment"),
        _of("evidence_link", "evidence_id", "evidence"),
        _by_account("evidence_link"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
        sa.UniqueConstraint(
            "assessment_id", "item", "evidence_id", name=op.f("uq_evidence_link_assessment_id_item_evidence_id")
        ),
    )
    op.create_index(op.f("ix_evidence_link_account_id"), "evidence_link", ["account_id"])
    op.create_index(op.f("ix_evidence_link_evidence_id"), "evidence_link", ["evidence_id"])
    op.create_index(op.f("ix_evidence_link_uscc"), "evidence_link", ["uscc"])
