"""The steps of the schema: up, down, the same as the models, and an old one is refused by name."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from api.db import Database
from api.store import Base
from api.store.schema import STEPS, SchemaOld, check_schema, current_step, latest_step, migrate, migrate_down


def test_the_steps_give_the_schema_of_the_models(database: Database):
    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)

    assert differences == []


def test_every_step_goes_down_and_up_again(empty: Database):
    steps = [step.revision for step in reversed(list(ScriptDirectory(str(STEPS)).walk_revisions()))]

    for step in steps:
        migrate(empty, step)
        migrate_down(empty, "-1")
        migrate(empty, step)
    migrate_down(empty, "base")

    left = set(inspect(empty.engine).get_table_names())
    assert left == {"alembic_version"}


def test_migrating_a_current_database_changes_nothing(database: Database):
    migrate(database)

    assert current_step(database) == latest_step()


def test_an_old_schema_is_refused_with_the_command_to_run(empty: Database):
    migrate(empty, "0001")

    with pytest.raises(SchemaOld, match="credit-assistant admin migrate"):
        check_schema(empty)


def test_a_current_schema_is_accepted(database: Database):
    check_schema(database)

    assert current_step(database) == latest_step()
