"""The sources shown beside what was said in a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("utterance", sa.Column("cited", sa.Text()))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("utterance", "cited")
