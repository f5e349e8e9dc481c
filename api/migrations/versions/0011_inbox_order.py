"""Find the oldest open message without sorting all of them: thousands wait after a rush."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OLD = "ix_channel_message_delivery_lease_until"
NEW = "ix_channel_message_delivery_answered_at_received_at"


def upgrade() -> None:
    """Order messages that wait for an answer by their arrival."""
    op.drop_index(OLD, "channel_message")
    op.create_index(NEW, "channel_message", ["delivery", "answered_at", "received_at"])


def downgrade() -> None:
    """Order them by their lease again."""
    op.drop_index(NEW, "channel_message")
    op.create_index(OLD, "channel_message", ["delivery", "lease_until"])
