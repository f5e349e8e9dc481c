"""Enterprises that share a legal representative, investor, telephone or address, directly or through others.

The expansion goes from enterprise to shared key to enterprise, up to three steps. A key that very many
enterprises share (a registration agent's telephone, a business park) says nothing about kinship: it is
reported and not followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from api.records.gateway.rating import find_enterprise
from api.records.gateway.source import Source, row_key
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Reach, Scope

KINDS = ("legal_representative", "investor", "phone", "address")
STEPS = 3
MOST_MEMBERS = 200
WIDE = 100  # enterprises behind one key; above it the key is not followed

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """What connects a member with an enterprise one step nearer. ``shared`` is shown only within reach."""

    kind: str
    nearer_uscc: str
    shared: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Member:
    """An enterprise of the cluster. Out of reach only what is published about it is given.

    ``source`` and ``rating`` are None where Customs holds no registration or rating of it.
    """

    uscc: str
    name: str | None
    registered_on: date | None
    source: Source | None
    level: str | None
    rating: Source | None
    in_reach: bool
    step: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WideKey:
    """A key shared by so many enterprises that it was not followed."""

    kind: str
    shared: str | None
    enterprises: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """The enterprises connected with ``uscc``; ``hidden`` counts those an enterprise user may not see."""

    uscc: str
    members: tuple[Member, ...]
    wide_keys: tuple[WideKey, ...]
    hidden: int
    truncated: bool


@dataclass(slots=True)
class _Search:
    """The state of one expansion."""

    steps: dict[str, int]
    links: dict[str, dict[tuple[str, str], Link]] = field(default_factory=dict)
    wide: dict[Key, WideKey] = field(default_factory=dict)
    truncated: bool = False


def find_cluster(reader: Reader, scope: Scope, uscc: str, day: date, steps: int = STEPS) -> Cluster | None:
    """Return the enterprises connected with one in reach, or None where ``uscc`` is not in reach."""
    if find_enterprise(reader, scope, uscc) is None:
        return None
    search = _Search(steps={uscc: 0})
    nearest = {uscc}
    for step in range(1, steps + 1):
        nearest = _expand(reader, search, nearest, step, day)
        if scope.reach is Reach.ENTERPRISES:
            nearest &= scope.usccs
        if not nearest or search.truncated:
            break
    return _describe(reader, scope, uscc, search, day)


def _expand(reader: Reader, search: _Search, nearest: set[str], step: int, day: date) -> set[str]:
    """Add the enterprises one step further and return those seen for the first time."""
    table = reader.tables["related_party"]
    own = reader.rows(party_rows(table, table.c.uscc.in_(sorted(nearest)), day))
    keys: dict[Key, set[str]] = {}
    for row in own:
        keys.setdefault((row.kind, row.party_key), set()).add(row.uscc)
    for uscc in nearest:  # firms that name this enterprise itself as their investor
        keys.setdefault(("investor", uscc), set()).add(uscc)
    wide = _wide_keys(reader, search, keys)
    narrow = {key: usccs for key, usccs in keys.items() if key not in wide}
    shared = reader.rows(party_rows(table, has_key(table, narrow), day)) if narrow else Rows()
    search.truncated |= own.truncated or shared.truncated
    found = _link(search, shared, narrow, step)
    return found | _link_investors(search, own, step)


def _link(search: _Search, rows: Iterable[Row[Any]], keys: Mapping[Key, set[str]], step: int) -> set[str]:
    found: set[str] = set()
    for row in rows:
        for nearer in sorted(keys[row.kind, row.party_key] - {row.uscc}):
            if _add(search, row.uscc, step, Link(row.kind, nearer, row.party_name, _source(row))):
                found.add(row.uscc)
    return found


def _link_investors(search: _Search, rows: Iterable[Row[Any]], step: int) -> set[str]:
    """Firms that are themselves the registered investor of an enterprise nearer to the start."""
    firms = [row for row in rows if row.kind == "investor" and row.party_uscc and row.party_uscc != row.uscc]
    return {
        row.party_uscc
        for row in firms
        if _add(search, row.party_uscc, step, Link("investor", row.uscc, row.party_name, _source(row)))
    }


def _add(search: _Search, uscc: str, step: int, link: Link) -> bool:
    """Record a link away from the start; return whether the enterprise is new."""
    new = uscc not in search.steps
    if new and len(search.steps) > MOST_MEMBERS:
        search.truncated = True
        return False
    if search.steps.setdefault(uscc, step) == step:
        search.links.setdefault(uscc, {})[link.kind, link.nearer_uscc] = link
    return new


def _wide_keys(reader: Reader, search: _Search, keys: Mapping[Key, set[str]]) -> set[Key]:
    table = reader.tables["related_party"]
    counted = select(
        table.c.kind.label("kind"),
        table.c.party_key.label("party_key"),
        func.max(optional(table.c, "party_name")).label("party_name"),
        func.count().label("enterprises"),
    ).where(has_key(table, keys))
    wide = counted.group_by(table.c.kind, table.c.party_key).having(func.count() > WIDE)
    for row in reader.rows(wide):
        search.wide[row.kind, row.party_key] = WideKey(row.kind, row.party_name, row.enterprises)
    return set(search.wide)


def has_key(table: Any, keys: Iterable[Key]) -> ColumnElement[bool]:
    """Return the condition that a row of ``related_party`` has one of the keys."""
    by_kind: dict[str, list[str]] = {}
    for kind, key in sorted(keys):
        by_kind.setdefault(kind, []).append(key)
    return or_(*(and_(table.c.kind == kind, table.c.party_key.in_(of_kind)) for kind, of_kind in by_kind.items()))


def party_rows(table: Any, where: ColumnElement[bool], day: date) -> Select[Any]:
    """Return a select of the related parties of the kinds that connect enterprises, valid on ``day``."""
    return select(
        row_key(table).label("row_key"),
        table.c.as_of.label("row_as_of"),
        table.c.uscc.label("uscc"),
        table.c.kind.label("kind"),
        table.c.party_key.label("party_key"),
        optional(table.c, "party_name").label("party_name"),
        optional(table.c, "party_uscc").label("party_uscc"),
    ).where(where, table.c.kind.in_(KINDS), holds_on(table.c, day))


def holds_on(columns: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a related party is valid on ``day``; an unknown end is open."""
    begins, ends = optional(columns, "valid_from"), optional(columns, "valid_to")
    return and_(or_(begins.is_(None), begins <= day), or_(ends.is_(None), ends >= day))


def _describe(reader: Reader, scope: Scope, uscc: str, search: _Search, day: date) -> Cluster:
    enterprise, rating = reader.tables["enterprise"], reader.tables["credit_rating"]
    others = sorted(set(search.steps) - {uscc})
    ends = optional(rating.c, "effective_to")
    held = and_(
        rating.c.uscc == enterprise.c.uscc, rating.c.effective_from <= day, or_(ends.is_(None), ends >= day)
    )  # fmt: skip
    statement = (
        select(
            enterprise.c.uscc.label("uscc"),
            enterprise.c.name.label("name"),
            enterprise.c.registered_on.label("registered_on"),
            row_key(enterprise).label("row_key"),
            enterprise.c.as_of.label("row_as_of"),
            rating.c.level.label("level"),
            row_key(rating).label("rating_key"),
            rating.c.as_of.label("rating_as_of"),
            scope.covers(reader.tables, enterprise.c.uscc).label("in_reach"),
        )
        .select_from(enterprise.outerjoin(rating, held))
        .where(enterprise.c.uscc.in_(others))
    )
    known = {row.uscc: row for row in (reader.rows(statement) if others else ())}
    members = [_member(other, known.get(other), search) for other in others]
    own_only = scope.reach is Reach.ENTERPRISES
    shown = [member for member in members if member.in_reach or not own_only]
    return Cluster(
        uscc=uscc,
        members=tuple(sorted(shown, key=lambda member: (member.step, member.uscc))),
        wide_keys=tuple(search.wide[key] for key in sorted(search.wide))
        if scope.reach is not Reach.ENTERPRISES
        else (),
        hidden=len(members) - len(shown),
        truncated=search.truncated,
    )


def _member(uscc: str, row: Row[Any] | None, search: _Search) -> Member:
    in_reach = bool(row.in_reach) if row is not None else False
    links = tuple(
        link if in_reach else Link(link.kind, link.nearer_uscc, None, link.source)
        for _, link in sorted(search.links.get(uscc, {}).items())
    )
    step = search.steps[uscc]
    if row is None:
        return Member(uscc, None, None, None, None, None, in_reach, step, links)
    source = Source("enterprise", str(row.row_key), row.row_as_of)
    rating = None if row.level is None else Source("credit_rating", str(row.rating_key), row.rating_as_of)
    return Member(uscc, row.name, row.registered_on, source, row.level, rating, in_reach, step, links)


def _source(row: Row[Any]) -> Source:
    return Source("related_party", str(row.row_key), row.row_as_of)
