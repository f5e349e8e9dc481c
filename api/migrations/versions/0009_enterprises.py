"""Sessions of the experience centre with bookings and surveys, calendar addresses, answers in lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("lesson_answer", "calendar_feed", "centre_survey", "centre_booking", "centre_session")


def upgrade() -> None:
    """Add the tables."""
    _add_session()
    _add_booking()
    _add_survey()
    _add_feed()
    _add_answer()


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)


def _add_session() -> None:
    op.create_table(
        "centre_session",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("customs", sa.String(4), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(32)),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT),
        sa.Column("cancel_reason", sa.String(300), nullable=False),
        _to("centre_session", "made_by", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_session")),
    )
    _index("centre_session", "starts_at")


def _add_booking() -> None:
    op.create_table(
        "centre_booking",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(120), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _to("centre_booking", "session_id", "centre_session"),
        _to("centre_booking", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_booking")),
        sa.UniqueConstraint("session_id", "uscc", name=op.f("uq_centre_booking_session_id_uscc")),
    )
    _index("centre_booking", "uscc")
    _index("centre_booking", "account_id")


def _add_survey() -> None:
    op.create_table(
        "centre_survey",
        sa.Column("booking_id", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("content", sa.Integer(), nullable=False),
        sa.Column("teaching", sa.Integer(), nullable=False),
        sa.Column("arrangement", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        _to("centre_survey", "booking_id", "centre_booking"),
        _to("centre_survey", "session_id", "centre_session"),
        _to("centre_survey", "account_id", "account"),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_centre_survey")),
    )
    _index("centre_survey", "session_id")
    _index("centre_survey", "uscc")
    _index("centre_survey", "account_id")


def _add_feed() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _to("calendar_feed", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("account_id", "uscc", name=op.f("uq_calendar_feed_account_id_uscc")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    _index("calendar_feed", "uscc")


def _add_answer() -> None:
    op.create_table(
        "lesson_answer",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("lesson", sa.String(40), nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        _to("lesson_answer", "account_id", "account"),
        sa.PrimaryKeyConstraint("account_id", "lesson", "question", name=op.f("pk_lesson_answer")),
    )


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
