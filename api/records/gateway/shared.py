"""Which enterprises share a person, telephone or address: lists for coordinators and officers over all in reach.

A key that very many enterprises share says nothing about kinship and is left out, as in `cluster.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, and_, distinct, func, or_, select

from api.records.codes import DISCREDITED_LEVELS
from api.records.gateway.cluster import KINDS, WIDE
from api.records.gateway.search import reach_of_enterprise
from api.records.gateway.source import Source, row_key
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Reach, Scope

WATCHES = (Reach.ASSIGNED, Reach.CUSTOMS)
FINDINGS = ("discredit_finding", "serious_discredit_finding")


@dataclass(frozen=True, slots=True)
class SharedKey:
    """A person, telephone or address with the number of enterprises behind it, some of them in reach."""

    kind: str
    party_key: str
    shared: str | None
    enterprises: int
    in_reach: int


@dataclass(frozen=True, slots=True)
class NearDiscredited:
    """An enterprise in reach that shares something with a discredited one: perhaps its shadow.

    ``registered_after`` says that it was registered after the other was found discredited.
    """

    source: Source
    uscc: str
    name: str
    customs_office_name: str
    registered_on: date
    enterprise: Source
    kind: str
    shared: str | None
    discredited_uscc: str
    level: str
    rating: Source
    found_on: date | None
    finding: Source | None

    @property
    def registered_after(self) -> bool:
        """Whether it was registered after the finding."""
        return self.found_on is not None and self.registered_on > self.found_on


def list_shared_keys(
    reader: Reader, scope: Scope, day: date, kind: str = "legal_representative", after: str = "", cap: int = 50
) -> Rows[SharedKey]:
    """Return keys of ``kind`` that an enterprise in reach shares with another, ordered by key, beginning after one."""
    if scope.reach not in WATCHES:
        return Rows()
    party, enterprise = reader.tables["related_party"], reader.tables["enterprise"]
    mine = party.alias("mine")
    in_reach = (
        select(mine.c.party_key.label("party_key"), func.count(distinct(mine.c.uscc)).label("in_reach"))
        .select_from(mine.join(enterprise, enterprise.c.uscc == mine.c.uscc))
        .where(reach_of_enterprise(reader, scope, enterprise), mine.c.kind == kind, mine.c.party_key > after)
        .where(_holds(mine.c, day))
        .group_by(mine.c.party_key)
        .subquery("in_reach")
    )
    everyone = func.count(distinct(party.c.uscc))
    statement = (
        select(
            in_reach.c.party_key,
            func.max(optional(party.c, "party_name")).label("shared"),
            everyone.label("enterprises"),
            func.max(in_reach.c.in_reach).label("in_reach"),
        )
        .select_from(in_reach.join(party, and_(party.c.kind == kind, party.c.party_key == in_reach.c.party_key)))
        .where(_holds(party.c, day))
        .group_by(in_reach.c.party_key)
        .having(everyone.between(2, WIDE))
        .order_by(in_reach.c.party_key)
    )
    rows = reader.rows(statement, cap=cap)
    return Rows((SharedKey(kind, *tuple(row)) for row in rows), truncated=rows.truncated)


def list_near_discredited(reader: Reader, scope: Scope, day: date, cap: int = 200) -> Rows[NearDiscredited]:
    """Return enterprises in reach that share something with one discredited on ``day``, the youngest first."""
    if scope.reach not in WATCHES:
        return Rows()
    tables = reader.tables
    party, enterprise, rating = tables["related_party"], tables["enterprise"], tables["credit_rating"]
    bad, narrow, finding = party.alias("bad"), _narrow_keys(reader, day), rating.alias("finding")
    key_columns = (optional(party.c, "party_name").label("shared"), bad.c.uscc.label("discredited_uscc"))
    statement = (
        select(
            *_of("party", party), enterprise.c.uscc.label("uscc"), enterprise.c.name.label("name"),
            enterprise.c.customs_office_name.label("office"), enterprise.c.registered_on.label("registered_on"),
            *_of("enterprise", enterprise), party.c.kind.label("kind"), *key_columns,
            rating.c.level.label("level"), *_of("rating", rating),
            finding.c.effective_from.label("found_on"), *_of("finding", finding),
        )
        .select_from(
            rating.join(bad, bad.c.uscc == rating.c.uscc)
            .join(narrow, and_(narrow.c.kind == bad.c.kind, narrow.c.party_key == bad.c.party_key))
            .join(party, and_(party.c.kind == bad.c.kind, party.c.party_key == bad.c.party_key))
            .join(enterprise, enterprise.c.uscc == party.c.uscc)
            .outerjoin(finding, row_key(finding) == _latest_finding(rating, day))
        )
        .where(_discredited(rating, day), _holds(bad.c, day), _holds(party.c, day))
        .where(party.c.uscc != bad.c.uscc, reach_of_enterprise(reader, scope, enterprise))
        .order_by(enterprise.c.registered_on.desc(), enterprise.c.uscc, row_key(party))
    )  # fmt: skip
    rows = reader.rows(statement, cap=cap)
    return Rows(map(_near, rows), truncated=rows.truncated)


def _narrow_keys(reader: Reader, day: date) -> Subquery:
    """The keys of discredited enterprises that few others share."""
    party, rating = reader.tables["related_party"], reader.tables["credit_rating"]
    of_bad, everyone = party.alias("of_bad"), party.alias("everyone")
    keys = (
        select(of_bad.c.kind.label("kind"), of_bad.c.party_key.label("party_key"))
        .select_from(rating.join(of_bad, of_bad.c.uscc == rating.c.uscc))
        .where(_discredited(rating, day), of_bad.c.kind.in_(KINDS), _holds(of_bad.c, day))
        .distinct()
        .subquery("keys")
    )
    same = and_(everyone.c.kind == keys.c.kind, everyone.c.party_key == keys.c.party_key)
    return (
        select(keys.c.kind, keys.c.party_key)
        .select_from(keys.join(everyone, same))
        .group_by(keys.c.kind, keys.c.party_key)
        .having(func.count().between(2, WIDE))
        .subquery("narrow")
    )


def _latest_finding(rating: Any, day: date) -> Any:
    """The number of the latest rating of the same enterprise that rests on a finding of discredit."""
    of = rating.alias("of")
    return (
        select(row_key(of))
        .where(of.c.uscc == rating.c.uscc, of.c.basis.in_(FINDINGS), of.c.effective_from <= day)
        .order_by(of.c.effective_from.desc())
        .limit(1)
        .scalar_subquery()
    )


def _discredited(rating: Any, day: date) -> ColumnElement[bool]:
    ends = optional(rating.c, "effective_to")
    in_force = and_(rating.c.effective_from <= day, or_(ends.is_(None), ends >= day))
    return and_(rating.c.level.in_(DISCREDITED_LEVELS), in_force)


def _holds(columns: Any, day: date) -> ColumnElement[bool]:
    begins, ends = optional(columns, "valid_from"), optional(columns, "valid_to")
    return and_(or_(begins.is_(None), begins <= day), or_(ends.is_(None), ends >= day))


def _of(name: str, table: Any) -> Iterable[ColumnElement[Any]]:
    yield row_key(table).label(f"{name}_key")
    yield table.c.as_of.label(f"{name}_as_of")


def _near(row: Row[Any]) -> NearDiscredited:
    return NearDiscredited(
        source=Source("related_party", str(row.party_key), row.party_as_of),
        uscc=row.uscc,
        name=row.name,
        customs_office_name=row.office,
        registered_on=row.registered_on,
        enterprise=Source("enterprise", str(row.enterprise_key), row.enterprise_as_of),
        kind=row.kind,
        shared=row.shared,
        discredited_uscc=row.discredited_uscc,
        level=row.level,
        rating=Source("credit_rating", str(row.rating_key), row.rating_as_of),
        found_on=row.found_on,
        finding=None if row.found_on is None else Source("credit_rating", str(row.finding_key), row.finding_as_of),
    )
