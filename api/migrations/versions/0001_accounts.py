"""Accounts, memberships, one-time codes, recovery codes, sign-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("sign_in", "recovery_code", "one_time_code", "membership", "account")


def upgrade() -> None:
    """Add the tables of people."""
    _add_account()
    _add_membership()
    _add_one_time_code()
    _add_recovery_code()
    _add_sign_in()


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)


def _add_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("sign_in_name", sa.String(80), nullable=False),
        sa.Column("display_name", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("coordinator", sa.String(60)),
        sa.Column("customs", sa.String(4)),
        sa.Column("oidc_issuer", sa.String(255)),
        sa.Column("oidc_subject", sa.String(255)),
        sa.Column("totp_secret", sa.String(255)),
        sa.Column("totp_confirmed_at", MOMENT),
        sa.Column("totp_last_step", sa.Integer()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("password_changed_at", MOMENT),
        sa.Column("disabled_at", MOMENT),
        sa.CheckConstraint(
            "kind IN ('enterprise', 'coordinator', 'officer', 'administrator')", name=op.f("ck_account_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("oidc_issuer", "oidc_subject", name=op.f("uq_account_oidc_issuer_oidc_subject")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_account_sign_in_name")),
    )


def _add_membership() -> None:
    op.create_table(
        "membership",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        _to_account("membership", "account_id"),
        sa.PrimaryKeyConstraint("account_id", "uscc", name=op.f("pk_membership")),
    )
    _index("membership", "uscc")


def _add_one_time_code() -> None:
    op.create_table(
        "one_time_code",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("uscc", sa.String(18)),
        sa.Column("account_id", sa.String(32)),
        sa.Column("issued_by", sa.String(32)),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.CheckConstraint("purpose IN ('binding', 'invitation', 'set_up')", name=op.f("ck_one_time_code_purpose")),
        _to_account("one_time_code", "account_id"),
        _to_account("one_time_code", "issued_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_one_time_code_code_hash")),
    )
    _index("one_time_code", "account_id", "issued_by", "uscc")


def _add_recovery_code() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("used_at", MOMENT),
        _to_account("recovery_code", "account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    _index("recovery_code", "account_id")


def _add_sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("second_factor_at", MOMENT),
        sa.Column("uscc", sa.String(18)),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        _to_account("sign_in", "account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    _index("sign_in", "account_id")


def _to_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["account.id"], name=op.f(f"fk_{table}_{column}_account"), ondelete="CASCADE"
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
