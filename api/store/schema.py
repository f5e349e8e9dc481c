"""Whether the database has the schema this version needs, and how to bring it there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from api.db import WRITING, Database

STEPS = Path(__file__).parents[1] / "migrations"
LOCK = 7_306_002_821  # one number for this software's migrations, any will do
LATEST = "head"


class SchemaOld(Exception):
    """The database does not have the schema this version needs."""


def current_step(database: Database) -> str | None:
    """Return the last step the database has gone through, or None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def latest_step() -> str:
    """Return the step this version needs."""
    return str(ScriptDirectory(str(STEPS)).get_current_head())


def check_schema(database: Database) -> None:
    """Raise `SchemaOld` unless the database has this version's schema."""
    found, needed = current_step(database), latest_step()
    if found != needed:
        raise SchemaOld(
            f"the database is at step {found or 'none'}, this version needs {needed}: run "
            "`credit-assistant admin migrate` (make a backup first)"
        )


def migrate(database: Database, to: str = LATEST) -> None:
    """Bring the database up to a step; two processes that try at once go one after the other."""
    _run(database, command.upgrade, to)


def migrate_down(database: Database, to: str) -> None:
    """Take the database back to a step."""
    _run(database, command.downgrade, to)


def _run(database: Database, move: Any, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    engine = database.engine.execution_options(**{WRITING: True})
    with engine.begin() as connection:
        _take_turns(connection)
        config.attributes["connection"] = connection
        move(config, to)


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
