"""Messages from and to channels, allowances, tokens, leases, bindings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "channel_binding_code",
    "channel_binding",
    "channel_lease",
    "channel_token",
    "channel_allowance",
    "channel_sending",
    "channel_message",
)


def upgrade() -> None:
    """Add the tables."""
    _add_channel_message()
    _add_channel_sending()
    _add_channel_allowance()
    _add_channel_token()
    _add_channel_lease()
    _add_channel_binding()
    _add_channel_binding_code()


def downgrade() -> None:
    """Take them away again."""
    for table in TABLES:
        op.drop_table(table)


def _add_channel_message() -> None:
    op.create_table(
        "channel_message",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("dedupe_key", sa.String(130), nullable=False),
        sa.Column("peer", sa.String(128), nullable=False),
        sa.Column("account_id", sa.String(32)),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("lease_owner", sa.String(40)),
        sa.Column("lease_until", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", MOMENT),
        sa.Column("reply", sa.Text()),
        sa.Column("answered_at", MOMENT),
        sa.Column("delivery", sa.String(10)),
        sa.Column("delivered_at", MOMENT),
        _to("channel_message", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_message")),
        sa.UniqueConstraint(
            "channel", "account", "dedupe_key", name=op.f("uq_channel_message_channel_account_dedupe_key")
        ),
    )
    _index("channel_message", "account_id")
    _index("channel_message", "delivery", "lease_until")
    _index("channel_message", "received_at")


def _add_channel_sending() -> None:
    op.create_table(
        "channel_sending",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("idempotency_key", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("peer", sa.String(128), nullable=False),
        sa.Column("account_id", sa.String(32)),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("lease_owner", sa.String(40)),
        sa.Column("lease_until", MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("platform_id", sa.String(64), nullable=False),
        sa.Column("sent_at", MOMENT),
        _to("channel_sending", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_sending")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_channel_sending_idempotency_key")),
    )
    _index("channel_sending", "account_id")
    _index("channel_sending", "state", "due_at")


def _add_channel_allowance() -> None:
    op.create_table(
        "channel_allowance",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("peer", sa.String(128), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "peer", "reason", name=op.f("pk_channel_allowance")),
    )
    _index("channel_allowance", "until")


def _add_channel_token() -> None:
    op.create_table(
        "channel_token",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("expires_at", MOMENT),
        sa.Column("lease_owner", sa.String(40)),
        sa.Column("lease_until", MOMENT),
        sa.Column("broken_until", MOMENT),
        sa.Column("code", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel_token")),
    )


def _add_channel_lease() -> None:
    op.create_table(
        "channel_lease",
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("owner", sa.String(40)),
        sa.Column("until", MOMENT),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("wanted_at", MOMENT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel_lease")),
    )


def _add_channel_binding() -> None:
    op.create_table(
        "channel_binding",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("peer", sa.String(128), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("uscc", sa.String(18)),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("unreachable_at", MOMENT),
        _to("channel_binding", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_binding")),
        sa.UniqueConstraint(
            "channel", "account", "account_id", name=op.f("uq_channel_binding_channel_account_account_id")
        ),
        sa.UniqueConstraint("channel", "account", "peer", name=op.f("uq_channel_binding_channel_account_peer")),
    )
    _index("channel_binding", "account_id")
    _index("channel_binding", "uscc")


def _add_channel_binding_code() -> None:
    op.create_table(
        "channel_binding_code",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("sign_in_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("peer", sa.String(128), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.CheckConstraint("purpose IN ('code', 'page', 'confirmation')", name=op.f("ck_channel_binding_code_purpose")),
        _to("channel_binding_code", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_binding_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_channel_binding_code_code_hash")),
    )
    _index("channel_binding_code", "account_id")


def _to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
