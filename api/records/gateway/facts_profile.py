"""What the records say about which items concern an enterprise: its type, production, businesses, review cycle.

A proposal for the enterprise to confirm: the core systems do not record these the way the standards ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.records.codes import AEO_LEVELS
from api.records.gateway.cases import list_certification_cases
from api.records.gateway.clearance import list_field_months
from api.records.gateway.rating import Rating, find_enterprise, list_ratings
from api.records.gateway.source import Source
from api.records.reader import Reader
from api.records.scope import Scope
from selfassess.item import EnterpriseType
from selfassess.profile import Profile
from selfassess.window import add_months

TYPES: dict[str, tuple[EnterpriseType, ...]] = {
    "trader": ("trader",),
    "customs_broker": ("customs_broker",),
    "trader_and_broker": ("trader", "customs_broker"),
}
REVIEWS = ("revalidation", "simplified_revalidation", "irregular_review")
STARTS_A_CYCLE = ("certification", "revalidation")


@dataclass(frozen=True, slots=True)
class RecordedProfile:
    """The profile the records suggest. More than one type means that the enterprise has to say which it is here."""

    profile: Profile
    types: tuple[EnterpriseType, ...]
    sources: tuple[Source, ...]


def read_profile(reader: Reader, scope: Scope, uscc: str, day: date) -> RecordedProfile | None:
    """Return the profile of an enterprise in reach, or None for any other."""
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        return None
    types = TYPES.get(enterprise.kind, ("trader", "customs_broker"))
    cases = [case for case in list_certification_cases(reader, scope, uscc, day) if case.is_open]
    reviews = [case for case in cases if case.kind in REVIEWS]
    cycle = _review_cycle(list_ratings(reader, scope, uscc, day))
    months = list_field_months(reader, scope, uscc, day, months=12)
    # The day of registration with Customs shows only that the enterprise is at least that old.
    old_enough = enterprise.registered_on <= add_months(day, -12)
    profile = Profile(
        enterprise_type=types[0],
        production=enterprise.manufacturer,
        businesses=frozenset(month.field for month in months) or None,
        stage="under_review" if reviews and cycle is not None else "applicant",
        established_on=enterprise.registered_on if old_enough else None,
        review_cycle_start=cycle.effective_from if reviews and cycle is not None else None,
    )
    read = (enterprise, *reviews, *([cycle] if cycle is not None else []))
    return RecordedProfile(profile, types, tuple(record.source for record in read))


def _review_cycle(history: tuple[Rating, ...]) -> Rating | None:
    """The rating the running review cycle began with: the latest certification or revalidation of a level held now."""
    for rating in history:
        if rating.level not in AEO_LEVELS:
            return None
        if rating.basis in STARTS_A_CYCLE:
            return rating
    return None
