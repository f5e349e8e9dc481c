"""What coordinators and officers watch: changes in their district, what enterprises share, counts. Each look is traced.

The lists show parts of records (a penalty, a listing), so that opening one leaves a trace in the audit log; the
record behind a line is read after a reason, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from api.auth.identity import Identity
from api.errors import BadInput, NotAllowed
from api.records.errors import NotHeld, QueryTooSlow
from api.records.gateway.cluster import KINDS
from api.records.gateway.monitoring import (
    LevelChange,
    NewListing,
    NewPenalty,
    ReviewDue,
    list_level_changes,
    list_new_listings,
    list_new_penalties,
    list_reviews_due,
)
from api.records.gateway.publication import list_registrations
from api.records.gateway.shared import NearDiscredited, Sharing, list_near_discredited, list_sharing
from api.records.gateway.statistics import By, Counts, count_enterprises
from api.records.reader import Reader, Rows
from api.records.scope import Scope
from api.services import Services

T = TypeVar("T")
PERIODS = (30, 90, 365)
LOOK_AHEAD = 180  # days in which a review falls due
MOST = 100
# What may be counted: offices are for officers, whose table is complete.
TABLES: Mapping[str, tuple[By, ...]] = {
    "level": ("level",),
    "district": ("district",),
    "kind": ("kind",),
    "district-level": ("district", "level"),
    "level-kind": ("level", "kind"),
}
OFFICER_TABLES: Mapping[str, tuple[By, ...]] = {
    "level": ("level",),
    "office": ("office",),
    "kind": ("kind",),
    "office-level": ("office", "level"),
    "level-kind": ("level", "kind"),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What changed in a period among the enterprises in reach. A list is None where it could not be read."""

    first: date
    last: date
    until: date
    level_changes: Rows[LevelChange] | None
    penalties: Rows[NewPenalty] | None
    listings: Rows[NewListing] | None
    reviews: Rows[ReviewDue] | None
    near_discredited: Rows[NearDiscredited] | None
    discredited_names: Mapping[str, str]


def read_watch(services: Services, reader: Reader, scope: Scope, who: Identity, days: int, today: date) -> Watch:
    """Return the changes of the last ``days`` days and the reviews of the next `LOOK_AHEAD`. Raises `BadInput`."""
    if days not in PERIODS:
        raise BadInput("没有这个期间。", "There is no such period.")
    _trace(services, who, "changes", days=days)
    first, until = today - timedelta(days=days), today + timedelta(days=LOOK_AHEAD)
    near = _asked(lambda: list_near_discredited(reader, scope, today, cap=MOST))
    firms = sorted({one.discredited_uscc for one in near or ()})
    names = _asked(lambda: list_registrations(reader, Scope.public(), firms)) if firms else None
    return Watch(
        first=first,
        last=today,
        until=until,
        level_changes=_asked(lambda: list_level_changes(reader, scope, first, today, cap=MOST)),
        penalties=_asked(lambda: list_new_penalties(reader, scope, first, today, cap=MOST)),
        listings=_asked(lambda: list_new_listings(reader, scope, first, today, cap=MOST)),
        reviews=_asked(lambda: list_reviews_due(reader, scope, today, until, cap=MOST)),
        near_discredited=near,
        discredited_names={one.uscc: one.name for one in names or ()},
    )


def read_sharing(
    services: Services, reader: Reader, scope: Scope, who: Identity, kind: str, after: str, today: date
) -> Rows[Sharing]:
    """Return which enterprises in reach share a person, investor, telephone or address with others."""
    _trace(services, who, "sharing")
    return list_sharing(reader, scope, today, (kind,) if kind else KINDS, after=after[:18])


def tables_for(who: Identity, scope: Scope) -> Mapping[str, tuple[By, ...]]:
    """Return the tables of counts that a person may see. Raises `NotAllowed`."""
    if not who.is_staff:
        raise NotAllowed
    return OFFICER_TABLES if scope.is_officer else TABLES


def read_counts(reader: Reader, scope: Scope, who: Identity, table: str, today: date) -> Counts | None:
    """Return one table of counts: the own district in full for officers, the nation with small groups hidden for
    everyone else. Raises `BadInput`."""
    by = tables_for(who, scope).get(table)
    if by is None:
        raise BadInput("没有这张统计表。", "There is no such table.")
    return count_enterprises(reader, scope, today, by)


def _asked(question: Callable[[], T]) -> T | None:
    """One list that cannot be read leaves the others."""
    try:
        return question()
    except (NotHeld, QueryTooSlow):
        return None


def _trace(services: Services, who: Identity, what: str, **details: str | int) -> None:
    if not who.is_staff:
        raise NotAllowed
    with services.database.writing() as session:
        services.trail.append(session, who, "monitoring_read", services.now(), "", what=what, **details)
