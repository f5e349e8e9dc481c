"""How each kind of database takes rows in bulk and makes names searchable."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import cast

import psycopg
from psycopg import sql
from sqlalchemy import Column, Connection, Index, MetaData, String, Table
from sqlalchemy.schema import CreateIndex

from api.records.gateway.names import name_pieces
from api.records.sample.rows import Values


class SqliteTarget:
    """SQLite: one executemany per batch and table, no journal while loading."""

    def prepare(self, connection: Connection) -> None:
        """Give up crash safety for the time of the load: a broken load is simply made again."""
        for pragma in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -65536"):
            connection.exec_driver_sql(pragma)
        connection.commit()

    def insert(self, connection: Connection, table: Table, rows: Sequence[Values]) -> None:
        """Write rows given in the order of the contract's columns."""
        connection.exec_driver_sql(str(table.insert().compile(connection)), list(rows))

    def finish(self, connection: Connection) -> None:
        """Fill the full-text table of names, one character a word, and collect statistics."""
        driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        driver.create_function("spaced", 1, " ".join, deterministic=True)
        for statement in (
            "CREATE VIRTUAL TABLE enterprise_name_index USING fts5(name, content='', tokenize='unicode61')",
            "INSERT INTO enterprise_name_index(rowid, name) SELECT id, spaced(name) FROM enterprise",
            "INSERT INTO enterprise_name_index(enterprise_name_index) VALUES ('optimize')",
            "ANALYZE",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()

    def clear(self, connection: Connection) -> None:
        """Drop the full-text table of an earlier sample."""
        connection.exec_driver_sql("DROP TABLE IF EXISTS enterprise_name_index")


class PostgresTarget:
    """PostgreSQL: COPY, then a GIN index over the pieces of names, statistics and a visibility map."""

    def prepare(self, connection: Connection) -> None:
        """Nothing is needed before COPY."""

    def insert(self, connection: Connection, table: Table, rows: Sequence[Values]) -> None:
        """Write rows given in the order of the contract's columns."""
        driver = cast("psycopg.Connection[Values]", connection.connection.driver_connection)
        columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self, connection: Connection) -> None:
        """Index the pieces of names, then collect statistics."""
        # a table of its own: an index belongs to the table of its columns, and SQLite has no such index
        enterprise = Table("enterprise", MetaData(), Column("name", String))
        index = Index("ix_enterprise_name_pieces", name_pieces(enterprise.c.name), postgresql_using="gin")
        connection.execute(CreateIndex(index))
        connection.commit()
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")

    def clear(self, connection: Connection) -> None:
        """Nothing beside the tables."""


def reader_grants(role: str, schema: str = "public") -> list[sql.Composed]:
    """Return the statements that give ``role`` SELECT on every table of ``schema`` and nothing else.

    The first of the two locks of a real installation: the role is created by its database administrator,
    with a login of its own, and owns nothing.
    """
    name, where = sql.Identifier(role), sql.Identifier(schema)
    return [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(where, name),
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(where, name),
        sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(where, name),
        sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(name),
    ]
