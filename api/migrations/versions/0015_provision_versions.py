"""Which wordings of provisions this installation has served."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "provision_version",
        sa.Column("provision", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at_first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("provision", "digest", name="pk_provision_version"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("provision_version")
