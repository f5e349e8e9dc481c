"""Self-assessments: answers, figures, walks, tasks and submissions; what was said or handed in cannot be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("submission", "assessment_task", "assessment_walk", "assessment_figures", "assessment_answer", "assessment")

# Deleting stays possible: an enterprise may have everything of its own deleted.
LOCKED = {
    "assessment_answer": ("item", "grade", "note", "held", "source", "replaces", "account_id", "at"),
    "assessment_figures": ("content", "origin", "account_id", "at"),
    "submission": ("version", "standard", "snapshot", "sha256", "account_id", "submitted_at"),
}


def upgrade() -> None:
    """Add the tables, and the locks on what may only be added."""
    _add_assessment()
    _add_assessment_answer()
    _add_assessment_figures()
    _add_assessment_walk()
    _add_assessment_task()
    _add_submission()
    for table, columns in LOCKED.items():
        _lock(table, columns)


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION assessment_refuse()")


def _lock(table: str, columns: tuple[str, ...]) -> None:
    listed = ", ".join(columns)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {listed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION assessment_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {listed} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION assessment_refuse()"
    )


def _by_account(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_account")
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name, ondelete="CASCADE")


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _add_assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("standard", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("put_away_at", MOMENT),
        sa.Column("carried_from", sa.String(32)),
        _by_account("assessment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_account_id"), "assessment", ["account_id"])
    op.create_index(op.f("ix_assessment_uscc"), "assessment", ["uscc"])


def _add_assessment_answer() -> None:
    op.create_table(
        "assessment_answer",
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("item", sa.String(8), nullable=False),
        sa.Column("grade", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("held", sa.String(60), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("replaces", sa.String(200), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of("assessment_answer", "assessment_id", "assessment"),
        _by_account("assessment_answer"),
        sa.PrimaryKeyConstraint("assessment_id", "number", name=op.f("pk_assessment_answer")),
    )
    op.create_index(op.f("ix_assessment_answer_account_id"), "assessment_answer", ["account_id"])
    op.create_index(op.f("ix_assessment_answer_uscc"), "assessment_answer", ["uscc"])


def _add_assessment_figures() -> None:
    op.create_table(
        "assessment_figures",
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(200), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of("assessment_figures", "assessment_id", "assessment"),
        _by_account("assessment_figures"),
        sa.PrimaryKeyConstraint("assessment_id", "number", name=op.f("pk_assessment_figures")),
    )
    op.create_index(op.f("ix_assessment_figures_account_id"), "assessment_figures", ["account_id"])
    op.create_index(op.f("ix_assessment_figures_uscc"), "assessment_figures", ["uscc"])


def _add_assessment_walk() -> None:
    op.create_table(
        "assessment_walk",
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _of("assessment_walk", "assessment_id", "assessment"),
        _by_account("assessment_walk"),
        sa.PrimaryKeyConstraint("assessment_id", "account_id", name=op.f("pk_assessment_walk")),
    )
    op.create_index(op.f("ix_assessment_walk_account_id"), "assessment_walk", ["account_id"])
    op.create_index(op.f("ix_assessment_walk_uscc"), "assessment_walk", ["uscc"])


def _add_assessment_task() -> None:
    op.create_table(
        "assessment_task",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("item", sa.String(8), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _of("assessment_task", "assessment_id", "assessment"),
        _by_account("assessment_task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_task")),
    )
    op.create_index(op.f("ix_assessment_task_account_id"), "assessment_task", ["account_id"])
    op.create_index(op.f("ix_assessment_task_assessment_id"), "assessment_task", ["assessment_id"])
    op.create_index(op.f("ix_assessment_task_uscc"), "assessment_task", ["uscc"])


def _add_submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(60), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("peers", sa.String(120), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_by", sa.String(32)),
        sa.Column("withdrawn_why", sa.String(500), nullable=False),
        _of("submission", "assessment_id", "assessment"),
        _by_account("submission"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("assessment_id", "version", name=op.f("uq_submission_assessment_id_version")),
    )
    op.create_index(op.f("ix_submission_account_id"), "submission", ["account_id"])
    op.create_index(op.f("ix_submission_peers"), "submission", ["peers"])
    op.create_index(op.f("ix_submission_uscc"), "submission", ["uscc"])
