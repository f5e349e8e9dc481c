"""Which enterprises share a person, telephone or address: lists for coordinators and officers over all in reach.

A key that very many enterprises share says nothing about kinship and is left out, as in `cluster.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from api.records.codes import DISCREDITED_LEVELS
from api.records.gateway.cluster import KINDS, WIDE, has_key, holds_on, party_rows
from api.records.gateway.search import reach_of_enterprise
from api.records.gateway.source import Source, row_key
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Reach, Scope

WATCHES = (Reach.ASSIGNED, Reach.CUSTOMS)
FINDINGS = ("discredit_finding", "serious_discredit_finding")
LOOKED_AT = 5_000  # enterprises at a time
FIRMS = 200  # discredited enterprises at a time; all their keys together stay below the row cap


@dataclass(frozen=True, slots=True)
class Sharing:
    """Something an enterprise in reach shares, and how many enterprises share it, itself included."""

    source: Source
    uscc: str
    name: str
    enterprise: Source
    kind: str
    shared: str | None
    enterprises: int


@dataclass(frozen=True, slots=True)
class NearDiscredited:
    """An enterprise in reach that shares something with a discredited one: perhaps its shadow."""

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
        """Whether it was registered after the other was found discredited."""
        return self.found_on is not None and self.registered_on > self.found_on


def list_sharing(
    reader: Reader,
    scope: Scope,
    day: date,
    kinds: Sequence[str] = KINDS,
    after: str = "",
    cap: int = 50,
    at_a_time: int = LOOKED_AT,
) -> Rows[Sharing]:
    """Return what enterprises in reach share with others, in the order of credit codes, beginning after one.

    Where few share anything, many are looked at to fill a page: some thousands at a time, each time within the
    limits of a query.
    """
    if scope.reach not in WATCHES:
        return Rows()
    found: list[Sharing] = []
    while len(found) <= cap and (until := _some_further(reader, scope, after, at_a_time)) is not None:
        rows = reader.rows(_shared_between(reader, scope, day, kinds, after, until), cap=cap + 1 - len(found))
        found.extend(map(_sharing, rows))
        after = until
    return Rows(found[:cap], truncated=len(found) > cap)


def _some_further(reader: Reader, scope: Scope, after: str, enterprises: int) -> str | None:
    """The credit code so many enterprises further, or the last one; None where none is left.

    Both ends are always given: without one a database may think it better to begin with all related parties.
    """
    enterprise = reader.tables["enterprise"]
    within = reach_of_enterprise(reader, scope, enterprise)
    codes = select(enterprise.c.uscc.label("uscc")).where(within, enterprise.c.uscc > after)
    next_ones = codes.order_by(enterprise.c.uscc).limit(enterprises).subquery("next_ones")
    last = reader.first(select(func.max(next_ones.c.uscc)))
    return None if last is None else last[0]


def _shared_between(
    reader: Reader, scope: Scope, day: date, kinds: Sequence[str], after: str, until: str
) -> Select[Any]:
    party, enterprise = reader.tables["related_party"], reader.tables["enterprise"]
    same = party.alias("same")
    enterprises = (
        select(func.count())
        .where(same.c.kind == party.c.kind, same.c.party_key == party.c.party_key, holds_on(same.c, day))
        .scalar_subquery()
    )
    return (
        select(
            *_of("party", party),
            enterprise.c.uscc.label("uscc"),
            enterprise.c.name.label("name"),
            *_of("enterprise", enterprise),
            party.c.kind.label("kind"),
            optional(party.c, "party_name").label("shared"),
            enterprises.label("enterprises"),
        )
        .select_from(enterprise.join(party, party.c.uscc == enterprise.c.uscc))
        .where(reach_of_enterprise(reader, scope, enterprise))
        .where(enterprise.c.uscc > after, enterprise.c.uscc <= until)
        .where(party.c.kind.in_(kinds), holds_on(party.c, day), enterprises.between(2, WIDE))
        .order_by(enterprise.c.uscc, row_key(party))
    )


def list_near_discredited(
    reader: Reader, scope: Scope, day: date, cap: int = 200, at_a_time: int = FIRMS
) -> Rows[NearDiscredited]:
    """Return enterprises in reach that share something with one discredited on ``day``, the youngest first.

    The discredited are gone through some hundreds at a time: every question stays small whatever their number.
    """
    if scope.reach not in WATCHES:
        return Rows()
    found: list[NearDiscredited] = []
    cut_off = False
    for firms in _discredited(reader, day, at_a_time):
        near = _near(reader, scope, {row.uscc: row for row in firms}, day)
        found.extend(near)
        cut_off |= near.truncated
    found.sort(key=lambda item: (-item.registered_on.toordinal(), item.uscc, item.source.row_id))
    return Rows(found[:cap], truncated=cut_off or len(found) > cap)


def _near(reader: Reader, scope: Scope, firms: Mapping[str, Row[Any]], day: date) -> Rows[NearDiscredited]:
    party, enterprise = reader.tables["related_party"], reader.tables["enterprise"]
    own = reader.rows(party_rows(party, party.c.uscc.in_(sorted(firms)), day))
    owners: dict[tuple[str, str], list[str]] = {}
    for row in own:
        owners.setdefault((row.kind, row.party_key), []).append(row.uscc)
    narrow = _narrow(reader, owners, day)
    if not narrow:
        return Rows(truncated=own.truncated)
    joined = (
        party_rows(party, has_key(party, narrow), day)
        .add_columns(
            enterprise.c.name.label("name"),
            enterprise.c.customs_office_name.label("office"),
            enterprise.c.registered_on.label("registered_on"),
            *_of("enterprise", enterprise),
        )
        .join_from(party, enterprise, enterprise.c.uscc == party.c.uscc)
        .where(reach_of_enterprise(reader, scope, enterprise))
    )
    rows = reader.rows(joined)
    near = (
        _near_one(row, firms[owner])
        for row in rows
        for owner in owners[row.kind, row.party_key]
        if owner != row.uscc
    )  # fmt: skip
    return Rows(near, truncated=own.truncated or rows.truncated)


def _narrow(reader: Reader, keys: Iterable[tuple[str, str]], day: date) -> list[tuple[str, str]]:
    """The keys that more than one enterprise shares, but not very many."""
    keys = list(keys)
    if not keys:
        return []
    party = reader.tables["related_party"]
    counted = (
        select(party.c.kind.label("kind"), party.c.party_key.label("party_key"))
        .where(has_key(party, keys), holds_on(party.c, day))
        .group_by(party.c.kind, party.c.party_key)
        .having(func.count().between(2, WIDE))
    )
    return [(row.kind, row.party_key) for row in reader.rows(counted)]


def _discredited(reader: Reader, day: date, at_a_time: int) -> Iterator[Rows[Row[Any]]]:
    """The enterprises discredited on ``day``, some hundreds at a time."""
    for level in DISCREDITED_LEVELS:
        last, more = "", True
        while more:
            firms = reader.rows(_of_level(reader, level, day, last), cap=at_a_time)
            if firms:
                yield firms
                last = firms[-1].uscc
            more = firms.truncated


def _of_level(reader: Reader, level: str, day: date, after: str) -> Select[Any]:
    """Enterprises of a level with the finding of discredit it rests on, in the order of credit codes."""
    rating = reader.tables["credit_rating"]
    of, finding = rating.alias("of"), rating.alias("finding")
    latest = (
        select(row_key(of))
        .where(of.c.uscc == rating.c.uscc, of.c.basis.in_(FINDINGS), of.c.effective_from <= day)
        .order_by(of.c.effective_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    ends = optional(rating.c, "effective_to")
    return (
        select(
            rating.c.uscc.label("uscc"),
            rating.c.level.label("level"),
            *_of("rating", rating),
            finding.c.effective_from.label("found_on"),
            *_of("finding", finding),
        )
        .select_from(rating.outerjoin(finding, row_key(finding) == latest))
        .where(rating.c.level == level, rating.c.effective_from <= day, rating.c.uscc > after)
        .where(or_(ends.is_(None), ends >= day))
        .order_by(rating.c.uscc)
    )


def _of(name: str, table: Any) -> Iterator[ColumnElement[Any]]:
    yield row_key(table).label(f"{name}_row")
    yield table.c.as_of.label(f"{name}_as_of")


def _sharing(row: Row[Any]) -> Sharing:
    source = Source("related_party", str(row.party_row), row.party_as_of)
    enterprise = Source("enterprise", str(row.enterprise_row), row.enterprise_as_of)
    return Sharing(source, row.uscc, row.name, enterprise, row.kind, row.shared, row.enterprises)


def _near_one(row: Row[Any], firm: Row[Any]) -> NearDiscredited:
    found = firm.found_on is not None
    return NearDiscredited(
        source=Source("related_party", str(row.row_key), row.row_as_of),
        uscc=row.uscc,
        name=row.name,
        customs_office_name=row.office,
        registered_on=row.registered_on,
        enterprise=Source("enterprise", str(row.enterprise_row), row.enterprise_as_of),
        kind=row.kind,
        shared=row.party_name,
        discredited_uscc=firm.uscc,
        level=firm.level,
        rating=Source("credit_rating", str(firm.rating_row), firm.rating_as_of),
        found_on=firm.found_on,
        finding=Source("credit_rating", str(firm.finding_row), firm.finding_as_of) if found else None,
    )
