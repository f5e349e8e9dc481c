"""The audit log, which the database itself refuses to change; reasons for reading; rate counters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

SQLITE_LOCKS = (
    """
    CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
    WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry)
    BEGIN SELECT RAISE(ABORT, 'audit_entry is numbered without gaps'); END
    """,
)
POSTGRESQL_LOCKS = (
    """
    CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$
    """,
    """
    CREATE FUNCTION audit_entry_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit_entry) THEN
        RAISE EXCEPTION 'audit_entry is numbered without gaps';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
    """,
    """
    CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()
    """,
    """
    CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_in_order()
    """,
)


def upgrade() -> None:
    """Add the three tables and the locks on the log."""
    _add_audit_entry()
    _add_record_reading()
    _add_rate_counter()
    for statement in SQLITE_LOCKS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_LOCKS:
        op.execute(statement)


def downgrade() -> None:
    """Take them away again."""
    for table in ("rate_counter", "record_reading", "audit_entry"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_refuse()")
        op.execute("DROP FUNCTION audit_entry_in_order()")


def _add_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_actor"), "audit_entry", ["actor"])
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"])


def _add_record_reading() -> None:
    op.create_table(
        "record_reading",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("sign_in_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_record_reading_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_reading")),
        sa.UniqueConstraint("sign_in_id", "uscc", name=op.f("uq_record_reading_sign_in_id_uscc")),
    )
    op.create_index(op.f("ix_record_reading_uscc"), "record_reading", ["uscc"])
    op.create_index(op.f("ix_record_reading_account_id"), "record_reading", ["account_id"])


def _add_rate_counter() -> None:
    op.create_table(
        "rate_counter",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_counter")),
    )
    op.create_index(op.f("ix_rate_counter_expires_at"), "rate_counter", ["expires_at"])
