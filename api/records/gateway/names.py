"""Find enterprises by a part of the name, fast on 660,000 of them.

With a name index the database looks only at names that hold the pieces asked for; without one it reads every
name. PostgreSQL: a GIN index on `name_pieces`, every character and every two neighbouring ones. SQLite: a full-text
table ``enterprise_name_index`` whose text is the name with spaces between its characters. Both only narrow the
search: the condition that the name holds the part is always checked on the name itself.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, FromClause, Text, cast, column, func, literal, null, select, table, true

from api.records.reader import Reader

NAME_INDEX = "enterprise_name_index"
LONGEST_PART = 60


def clean_part(text: str) -> str:
    """Return what was typed, without control characters, full-width forms and surrounding space."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST_PART])
    return "".join(character for character in plain if unicodedata.category(character)[0] != "C").strip()[:LONGEST_PART]


def name_holds(reader: Reader, enterprise: Any, part: str) -> tuple[FromClause, ColumnElement[bool]]:
    """Return what to select from and the condition that the enterprise's name holds ``part``."""
    dialect = reader.records.engine.dialect.name
    holds = func.instr(enterprise.c.name, part) > 0 if dialect == "sqlite" else func.strpos(enterprise.c.name, part) > 0
    if not _has_name_index(reader, dialect, enterprise):
        return enterprise, holds
    if dialect == "sqlite":
        return _by_full_text(enterprise, part, holds)
    return enterprise, name_pieces(enterprise.c.name).op("@>")(cast(_pieces(part), ARRAY(Text))) & holds


def name_pieces(name: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return every character of a name and every two neighbouring ones, as an array of PostgreSQL.

    It has to be written as the index has it: constants stand in the statement, not beside it.
    """
    second = literal(2, literal_execute=True)
    letters = func.string_to_array(name, null())
    return letters.op("||")(_pairs(name)).op("||")(_pairs(func.substr(name, second)))


def _pairs(text: ColumnElement[Any]) -> ColumnElement[Any]:
    """Cut a text into pieces of two characters, at a control character that no name and no search text holds."""
    pattern, kept, everywhere = (literal(constant, Text, literal_execute=True) for constant in ("(..)", r"\1", "g"))
    cut = func.chr(literal(1, literal_execute=True))
    return func.string_to_array(func.regexp_replace(text, pattern, kept.op("||")(cut), everywhere), cut)


def _pieces(part: str) -> list[str]:
    return sorted({part[place : place + 2] for place in range(len(part) - 1)}) or [part]


def _by_full_text(enterprise: Any, part: str, holds: ColumnElement[bool]) -> tuple[FromClause, ColumnElement[bool]]:
    letters = [character for character in part if character.isalnum()]
    if not letters:
        return enterprise, holds
    index = table(NAME_INDEX, column("rowid"), column("name"))
    phrase = '"' + " ".join(letters) + '"'
    joined = index.join(enterprise, enterprise.c.id == index.c.rowid)
    return joined, index.c.name.op("MATCH")(phrase) & holds


def _has_name_index(reader: Reader, dialect: str, enterprise: Any) -> bool:
    if reader.records.name_index is None:
        reader.records.name_index = reader.first(_catalogue(dialect, enterprise)) is not None
    return reader.records.name_index


def _catalogue(dialect: str, enterprise: Any) -> Any:
    if dialect == "sqlite":
        master = table("sqlite_master", column("name"))
        return select(master.c.name).where(master.c.name == NAME_INDEX)
    indexes = table("pg_indexes", column("schemaname"), column("tablename"), column("indexdef"))
    return select(indexes.c.tablename).where(
        indexes.c.tablename == enterprise.name,
        indexes.c.schemaname == enterprise.schema if enterprise.schema else true(),
        indexes.c.indexdef.contains("regexp_replace"),
    )
