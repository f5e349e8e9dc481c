"""Answers given and what was said of them, the board of unanswered questions, guides, counts of the model."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    _add_answers()
    _add_board()
    _add_guides()


def downgrade() -> None:
    """Take them away again."""
    for table in ("guide_entry", "board_case", "board_question", "model_count", "answer_rating", "given_answer"):
        op.drop_table(table)


def _add_answers() -> None:
    op.create_table(
        "given_answer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("worded_by", sa.String(10), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("chosen_day", sa.Date(), nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("chosen_language", sa.String(8), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("is_masked", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cited", sa.JSON(), nullable=False),
        sa.Column("retrieved", sa.JSON(), nullable=False),
        sa.Column("guide", sa.String(32), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("latency_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_given_answer"),
    )
    op.create_index("ix_given_answer_given_at", "given_answer", ["given_at"])
    op.create_index("ix_given_answer_given_on_kind_latency_step", "given_answer", ["given_on", "kind", "latency_step"])
    op.create_table(
        "answer_rating",
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("rating", sa.String(10), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rating IN ('helpful', 'wrong', 'outdated')", name="ck_answer_rating_rating"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["given_answer.id"], name="fk_answer_rating_answer_id_given_answer", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_rating"),
    )
    op.create_table(
        "model_count",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("counted_on", "name", name="pk_model_count"),
    )


def _add_board() -> None:
    op.create_table(
        "board_question",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("assigned_to", sa.String(32), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'answered', 'set_aside')", name="ck_board_question_state"),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["account.id"], name="fk_board_question_assigned_to_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_board_question"),
    )
    op.create_index("ix_board_question_state_last_at", "board_question", ["state", "last_at"])
    op.create_table(
        "board_case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("question_id", sa.String(32), nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("ending", sa.String(12), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ending IN ('unknown', 'out_of_scope', 'wrong', 'outdated')", name="ck_board_case_ending"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["board_question.id"], name="fk_board_case_question_id_board_question", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["given_answer.id"], name="fk_board_case_answer_id_given_answer", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_board_case"),
        sa.UniqueConstraint("answer_id", name="uq_board_case_answer_id"),
    )
    op.create_index("ix_board_case_question_id_asked_on", "board_case", ["question_id", "asked_on"])


def _add_guides() -> None:
    op.create_table(
        "guide_entry",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("question_id", sa.String(32), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("provisions", sa.JSON(), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(32), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.String(32), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('review', 'returned', 'live', 'ended')", name="ck_guide_entry_state"),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["board_question.id"],
            name="fk_guide_entry_question_id_board_question",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name="fk_guide_entry_written_by_account", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["account.id"], name="fk_guide_entry_reviewed_by_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_guide_entry"),
    )
    for columns in (["state"], ["change"], ["question_id"]):
        op.create_index(f"ix_guide_entry_{columns[0]}", "guide_entry", columns)
