"""Official texts that administrators keep: editions that cannot be changed, and drafts on the way to one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
SEALED = ("library_edition", "library_text")


def upgrade() -> None:
    """Add the tables, and the locks on what may only be added."""
    _add_editions()
    _add_drafts()
    for table in SEALED:
        _lock(table)


def downgrade() -> None:
    """Take them away again."""
    for table in ("text_draft", "library_text", "library_edition"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION library_refuse()")


def _add_editions() -> None:
    op.create_table(
        "library_edition",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("proposed_by", sa.String(32), nullable=False),
        sa.Column("approved_by", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_library_edition"),
    )
    op.create_table(
        "library_text",
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition"], ["library_edition.number"], name="fk_library_text_edition_library_edition"
        ),
        sa.PrimaryKeyConstraint("edition", "document_id", name="pk_library_text"),
    )
    op.create_index("ix_library_text_document_id", "library_text", ["document_id"])


def _add_drafts() -> None:
    op.create_table(
        "text_draft",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(80), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("base_edition", sa.Integer(), nullable=False),
        sa.Column("editors", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("submitted_by", sa.String(32), nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(32), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.CheckConstraint("act IN ('add', 'correct', 'restore', 'take_out', 'import')", name="ck_text_draft_act"),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'withdrawn')", name="ck_text_draft_state"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_text_draft"),
    )
    op.create_index("ix_text_draft_state", "text_draft", ["state"])


def _lock(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION library_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION library_refuse()"
    )
