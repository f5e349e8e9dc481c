"""Related parties of an enterprise, the firms it works with, and the levels they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from api.records.gateway.source import Record, Source, about, row_key, table_of
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope


@dataclass(frozen=True, slots=True)
class RelatedParty(Record):
    """A person, firm, telephone or address connected with the enterprise."""

    TABLE: ClassVar[str] = "related_party"

    uscc: str
    kind: str
    party_key: str
    party_name: str | None
    party_uscc: str | None
    post: str | None
    share_percent: float | None
    notified_on: date | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class BrokerRelation(Record):
    """A customs broker entrusted, a principal served, or a business partner."""

    TABLE: ClassVar[str] = "broker_relation"

    uscc: str
    role: str
    counterpart_uscc: str
    counterpart_name: str | None
    valid_from: date
    valid_to: date | None
    declarations: int | None


@dataclass(frozen=True, slots=True)
class FirmLevel:
    """A level another firm held. Levels are published, so they may be shown beside one's own relation to the firm.

    ``level`` is None where Customs holds no rating of that firm for the time.
    """

    relation: Source
    kind: str
    uscc: str
    name: str | None
    level: str | None
    level_from: date | None
    level_to: date | None
    rating: Source | None


def list_related_parties(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[RelatedParty]:
    """Return the related parties on ``day``."""
    return about(reader, scope, RelatedParty, uscc, _holds(table_of(reader, RelatedParty).c, day, day))


def list_broker_relations(reader: Reader, scope: Scope, uscc: str, first: date, last: date) -> Rows[BrokerRelation]:
    """Return brokers, principals and partners the enterprise dealt with between two days."""
    table = table_of(reader, BrokerRelation)
    return about(reader, scope, BrokerRelation, uscc, _holds(table.c, first, last), newest=table.c.valid_from)


def list_party_levels(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[FirmLevel]:
    """Return, for each related firm (branch, head office, investor, post held), the level it holds on ``day``."""
    party = table_of(reader, RelatedParty)
    firm = optional(party.c, "party_uscc")
    held = _holds(reader.tables["credit_rating"].c, day, day, begins="effective_from", ends="effective_to")
    names = (party.c.kind, firm, optional(party.c, "party_name"))
    where = (party.c.uscc == uscc, firm.is_not(None), _holds(party.c, day, day))
    return _levels(reader, scope, party, names, held, *where)


def list_counterpart_levels(reader: Reader, scope: Scope, uscc: str, first: date, last: date) -> Rows[FirmLevel]:
    """Return the levels that brokers, principals and partners held while they dealt with the enterprise."""
    table, rating = table_of(reader, BrokerRelation), reader.tables["credit_rating"]
    ended = func.coalesce(optional(table.c, "valid_to"), last)
    level_ended = optional(rating.c, "effective_to")
    overlap = and_(
        rating.c.effective_from <= ended,
        rating.c.effective_from <= last,
        or_(level_ended.is_(None), and_(level_ended >= table.c.valid_from, level_ended >= first)),
    )
    names = (table.c.role, table.c.counterpart_uscc, optional(table.c, "counterpart_name"))
    return _levels(reader, scope, table, names, overlap, table.c.uscc == uscc, _holds(table.c, first, last))


def _levels(
    reader: Reader,
    scope: Scope,
    table: Any,
    names: tuple[ColumnElement[Any], ...],
    held: ColumnElement[bool],
    *where: ColumnElement[bool],
) -> Rows[FirmLevel]:
    rating = reader.tables["credit_rating"]
    statement = (
        select(
            row_key(table).label("row_key"),
            table.c.as_of.label("row_as_of"),
            *(name.label(f"name_{position}") for position, name in enumerate(names)),
            rating.c.level.label("level"),
            rating.c.effective_from.label("level_from"),
            optional(rating.c, "effective_to").label("level_to"),
            row_key(rating).label("rating_key"),
            rating.c.as_of.label("rating_as_of"),
        )
        .select_from(table.outerjoin(rating, and_(rating.c.uscc == names[1], held)))
        .where(scope.covers(reader.tables, table.c.uscc), *where)
        .order_by(row_key(table), rating.c.effective_from)
    )
    rows = reader.rows(statement)
    contract_name = table.info["contract"]
    return Rows((_firm_level(contract_name, row) for row in rows), truncated=rows.truncated)


def _firm_level(table: str, row: Row[Any]) -> FirmLevel:
    key, as_of, kind, uscc, name, level, level_from, level_to, rating_key, rating_as_of = tuple(row)
    rating = Source("credit_rating", str(rating_key), rating_as_of) if level is not None else None
    return FirmLevel(Source(table, str(key), as_of), kind, uscc, name, level, level_from, level_to, rating)


def _holds(
    columns: Any, first: date, last: date, begins: str = "valid_from", ends: str = "valid_to"
) -> ColumnElement[bool]:
    """The condition that a row is valid at some time between two days; an unknown end is open."""
    begin, end = optional(columns, begins), optional(columns, ends)
    return and_(or_(begin.is_(None), begin <= last), or_(end.is_(None), end >= first))
