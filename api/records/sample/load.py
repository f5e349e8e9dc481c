"""Create a synthetic shared database and fill it in bulk, on SQLite and PostgreSQL alike.

The target is only ever a database this software made: anything else is refused.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    inspect,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment

from api.records.contract import CONTRACT
from api.records.engine import parse_url
from api.records.errors import NotHeld, SampleRefused
from api.records.reader import Records
from api.records.sample.generate import generate
from api.records.sample.targets import PostgresTarget, SqliteTarget

MARKER = Table(
    "sample_info",
    MetaData(),
    Column("enterprises", Integer, comment="虚构企业数"),
    Column("seed", Integer, comment="随机种子"),
    Column("day", Date, comment="虚构的当日"),
    Column("note", String(200), comment="说明"),
)
NOTE = "本库全部为虚构数据 / every record in this database is fictitious"


@dataclass(frozen=True, slots=True)
class SampleInfo:
    """What a synthetic database was made with."""

    enterprises: int
    seed: int
    day: date


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is. ``phase`` is load, index or done."""

    phase: str
    enterprises: int
    of: int
    rows: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and how fast."""

    enterprises: int
    rows: int
    by_table: Mapping[str, int]
    load_seconds: float
    index_seconds: float

    @property
    def rows_per_second(self) -> float:
        """Rows loaded per second, indexes not counted."""
        return self.rows / self.load_seconds if self.load_seconds else 0.0


Report = Callable[[Progress], None]


def make_sample(
    url: str, *, enterprises: int, seed: int, day: date, progress: Report | None = None, replace: bool = False
) -> Loaded:
    """Create and fill a synthetic database at ``url``. Raises `SampleRefused` where something else is there.

    ``replace`` allows overwriting an earlier synthetic database, and nothing else.
    """
    if enterprises < 1:
        raise ValueError("a sample needs at least one enterprise")
    report = progress or (lambda _: None)
    engine = create_engine(parse_url(url))
    try:
        _make_room(engine, replace)
        return _fill(engine, enterprises, seed, day, report)
    finally:
        engine.dispose()


def find_sample(records: Records) -> SampleInfo:
    """Return what the database was made with. Raises `NotHeld` where it is not a synthetic one."""
    with records.reader() as reader:
        found = reader.first(select(MARKER.c.enterprises, MARKER.c.seed, MARKER.c.day))
    if found is None:
        raise NotHeld("this is not a complete synthetic database")
    return SampleInfo(found.enterprises, found.seed, found.day)


def _fill(engine: Engine, enterprises: int, seed: int, day: date, report: Report) -> Loaded:
    target = _target_of(engine)
    by_table = dict.fromkeys(CONTRACT.tables, 0)
    started = time.perf_counter()
    with engine.connect() as connection:
        target.prepare(connection)
        _create_tables(connection)
        for done, batch in generate(enterprises, seed, day):
            for name, rows in batch.items():
                target.insert(connection, CONTRACT.tables[name], rows)
                by_table[name] += len(rows)
            report(Progress("load", done, enterprises, sum(by_table.values())))
        connection.execute(MARKER.insert().values(enterprises=enterprises, seed=seed, day=day, note=NOTE))
        connection.commit()
        loaded = time.perf_counter()
        total = sum(by_table.values())
        report(Progress("index", enterprises, enterprises, total))
        for table in CONTRACT.tables.values():
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                connection.execute(CreateIndex(index))
        connection.commit()
        target.finish(connection)
    report(Progress("done", enterprises, enterprises, total))
    return Loaded(enterprises, total, by_table, loaded - started, time.perf_counter() - loaded)


def _make_room(engine: Engine, replace: bool) -> None:
    """Refuse a database that is not empty, except an earlier sample that may be replaced."""
    found = set(inspect(engine).get_table_names())
    if not found:
        return
    if MARKER.name not in found:
        raise SampleRefused("the target database holds tables that this software did not make")
    if not replace:
        raise SampleRefused("the target database holds an earlier sample; ask for it to be replaced")
    target = _target_of(engine)
    with engine.begin() as connection:
        target.clear(connection)
        for table in (*reversed(CONTRACT.sorted_tables), MARKER):
            table.drop(connection, checkfirst=True)


def _create_tables(connection: Connection) -> None:
    """Create tables without indexes: those are built once, at the end."""
    for table in (*CONTRACT.tables.values(), MARKER):
        connection.execute(CreateTable(table))
        if connection.dialect.supports_comments:
            if table.comment:
                connection.execute(SetTableComment(table))
            for column in table.columns:
                connection.execute(SetColumnComment(column))


def _target_of(engine: Engine) -> PostgresTarget | SqliteTarget:
    return SqliteTarget() if engine.dialect.name == "sqlite" else PostgresTarget()
