"""Run the steps over the connection that `api/store/schema.py` hands in; no setting is read here."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from api.store import Base
from api.store.base import UtcTime


def written(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our own column type as the one the database knows: steps do not import the models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=written,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
