"""Related parties of an enterprise, the firms it works with, and the levels those firms held.

Levels are published, so they may be shown beside one's own relation to a firm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Row, and_, literal, or_, select

from api.records.codes import DISCREDITED_LEVELS
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
class HeldLevel:
    """A level a firm held, and the rating that says so."""

    source: Source
    level: str
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class LinkedFirm:
    """A firm connected with the enterprise, the time of the connection, and the levels it held in the time asked.

    ``kind`` is the kind of party or the role; ``levels`` is empty where Customs holds no rating of that firm.
    """

    source: Source
    kind: str
    uscc: str
    name: str | None
    linked_from: date | None
    linked_to: date | None
    levels: tuple[HeldLevel, ...]


def list_related_parties(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[RelatedParty]:
    """Return the related parties on ``day``."""
    return about(reader, scope, RelatedParty, uscc, _holds(table_of(reader, RelatedParty).c, day, day))


def list_broker_relations(reader: Reader, scope: Scope, uscc: str, first: date, last: date) -> Rows[BrokerRelation]:
    """Return brokers, principals and partners the enterprise dealt with between two days."""
    table = table_of(reader, BrokerRelation)
    return about(reader, scope, BrokerRelation, uscc, _holds(table.c, first, last), newest=table.c.valid_from)


def list_party_firms(reader: Reader, scope: Scope, uscc: str, first: date, last: date) -> Rows[LinkedFirm]:
    """Return branches, head office, investors and firms of related persons, with the levels they held."""
    party = table_of(reader, RelatedParty)
    firm = optional(party.c, "party_uscc")
    where = (scope.covers(reader.tables, party.c.uscc), party.c.uscc == uscc, firm.is_not(None))
    return _firms(reader, party, party.c.kind, firm, optional(party.c, "party_name"), first, last, *where)


def list_sibling_branches(reader: Reader, scope: Scope, uscc: str, first: date, last: date) -> Rows[LinkedFirm]:
    """Return the other branches of the head office of an enterprise that is a branch, with the levels they held."""
    party = table_of(reader, RelatedParty)
    own = party.alias("own")
    head_office = select(own.c.party_key).where(
        scope.covers(reader.tables, own.c.uscc), own.c.uscc == uscc, own.c.kind == "head_office"
    )
    where = (party.c.kind == "head_office", party.c.party_key.in_(head_office), party.c.uscc != uscc)
    return _firms(reader, party, literal("sibling_branch"), party.c.uscc, literal(None), first, last, *where)


def list_counterparts(reader: Reader, scope: Scope, uscc: str, first: date, last: date) -> Rows[LinkedFirm]:
    """Return the brokers entrusted between two days with every level they held, and of the principals and partners
    (of which there may be thousands) those that were discredited."""
    table, rating = table_of(reader, BrokerRelation), reader.tables["credit_rating"]
    where = (
        scope.covers(reader.tables, table.c.uscc),
        table.c.uscc == uscc,
        or_(table.c.role == "broker", rating.c.level.in_(DISCREDITED_LEVELS)),
    )
    name = optional(table.c, "counterpart_name")
    return _firms(reader, table, table.c.role, table.c.counterpart_uscc, name, first, last, *where)


def _firms(
    reader: Reader,
    table: Any,
    kind: ColumnElement[Any],
    firm: ColumnElement[Any],
    name: ColumnElement[Any],
    first: date,
    last: date,
    *where: ColumnElement[bool],
) -> Rows[LinkedFirm]:
    rating = reader.tables["credit_rating"]
    held = _holds(rating.c, first, last, begins="effective_from", ends="effective_to")
    statement = (
        select(
            row_key(table).label("row_key"),
            table.c.as_of.label("row_as_of"),
            kind.label("kind"),
            firm.label("firm"),
            name.label("firm_name"),
            optional(table.c, "valid_from").label("linked_from"),
            optional(table.c, "valid_to").label("linked_to"),
            row_key(rating).label("rating_key"),
            rating.c.as_of.label("rating_as_of"),
            rating.c.level.label("level"),
            rating.c.effective_from.label("level_from"),
            optional(rating.c, "effective_to").label("level_to"),
        )
        .select_from(table.outerjoin(rating, and_(rating.c.uscc == firm, held)))
        .where(_holds(table.c, first, last), *where)
        .order_by(row_key(table), rating.c.effective_from)
    )
    rows = reader.rows(statement)
    return Rows(_grouped(table.info["contract"], rows), truncated=rows.truncated)


def _grouped(table: str, rows: Iterable[Row[Any]]) -> Iterator[LinkedFirm]:
    for _, group in groupby(rows, key=lambda row: row.row_key):
        of = list(group)
        head = of[0]
        levels = tuple(
            HeldLevel(
                Source("credit_rating", str(row.rating_key), row.rating_as_of), row.level, row.level_from, row.level_to
            )
            for row in of
            if row.level is not None
        )
        source = Source(table, str(head.row_key), head.row_as_of)
        yield LinkedFirm(source, head.kind, head.firm, head.firm_name, head.linked_from, head.linked_to, levels)


def _holds(
    columns: Any, first: date, last: date, begins: str = "valid_from", ends: str = "valid_to"
) -> ColumnElement[bool]:
    """The condition that a row is valid at some time between two days; an unknown end is open."""
    begin, end = optional(columns, begins), optional(columns, ends)
    return and_(or_(begin.is_(None), begin <= last), or_(end.is_(None), end >= first))
