"""Reviews: who has a version, officers' grades, decisions; grades and decisions are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Not the officer: an account that is deleted leaves no name behind.
LOCKED = {
    "review_grade": ("item", "claimed", "grade", "reason", "comment", "at"),
    "review_decision": ("kind", "reason", "content", "at"),
}


def upgrade() -> None:
    """Add the tables, and the locks on what may only be added."""
    _add_case()
    _add_grade()
    _add_decision()
    for table, columns in LOCKED.items():
        _lock(table, columns)


def downgrade() -> None:
    """Take them away again."""
    for table in ("review_decision", "review_grade", "review_case"):
        op.drop_table(table)


def _add_case() -> None:
    op.create_table(
        "review_case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("submission_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("officer_id", sa.String(32)),
        sa.Column("escalated_by", sa.String(32)),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("taken_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("due_on", sa.Date()),
        _to("review_case", "submission_id", "submission", "CASCADE"),
        _to("review_case", "officer_id", "account", "SET NULL"),
        _to("review_case", "escalated_by", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_review_case_submission_id")),
    )
    _index("review_case")


def _add_grade() -> None:
    op.create_table(
        "review_grade",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("item", sa.String(8), nullable=False),
        sa.Column("claimed", sa.String(20), nullable=False),
        sa.Column("grade", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.String(32)),
        sa.Column("at", MOMENT, nullable=False),
        _to("review_grade", "case_id", "review_case", "CASCADE"),
        _to("review_grade", "officer_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_review_grade")),
    )
    _index("review_grade")


def _add_decision() -> None:
    op.create_table(
        "review_decision",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.String(32)),
        sa.Column("at", MOMENT, nullable=False),
        _to("review_decision", "case_id", "review_case", "CASCADE"),
        _to("review_decision", "officer_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_review_decision")),
    )
    _index("review_decision")


def _to(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _index(table: str) -> None:
    for column in ("uscc", "officer_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _lock(table: str, columns: tuple[str, ...]) -> None:
    listed = ", ".join(columns)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {listed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    # The function was made with the self-assessments.
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {listed} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION assessment_refuse()"
    )
