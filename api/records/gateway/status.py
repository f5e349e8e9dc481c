"""The status page of one enterprise: everything about it on one day, read over one connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from api.records.errors import NotHeld, QueryTooSlow
from api.records.gateway.ageing import AgeingPenalty, list_ageing_penalties
from api.records.gateway.assignments import Assignment, list_coordinators
from api.records.gateway.cases import (
    CertificationCase,
    ObjectionCase,
    RepairCase,
    list_certification_cases,
    list_objection_cases,
    list_repair_cases,
)
from api.records.gateway.clearance import Comparison, compare_clearance
from api.records.gateway.conduct import AbnormalListing, list_abnormal_listings
from api.records.gateway.measures import (
    AgencyRecord,
    ExternalCredit,
    JointMeasure,
    list_agency_records,
    list_external_credit,
    list_joint_measures,
)
from api.records.gateway.profile import Profile, find_profile
from api.records.gateway.publication import DirectoryEntry, list_own_publications
from api.records.gateway.rating import Enterprise, Rating, find_enterprise, held_since, list_ratings
from api.records.reader import Reader
from api.records.scope import Scope

S = TypeVar("S")
Question = Callable[[Reader, Scope, str, date], S]


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What the records say about an enterprise.

    A part is None where this installation does not hold it (``not_held``) or where reading it took too long
    (``too_slow``).
    """

    day: date
    enterprise: Enterprise
    rating: Rating | None
    held_since: Rating | None
    history: tuple[Rating, ...] | None
    certification_cases: tuple[CertificationCase, ...] | None
    repair_cases: tuple[RepairCase, ...] | None
    objection_cases: tuple[ObjectionCase, ...] | None
    penalties: tuple[AgeingPenalty, ...] | None
    abnormal_listings: tuple[AbnormalListing, ...] | None
    clearance: Comparison | None
    profile: Profile | None
    joint_measures: tuple[JointMeasure, ...] | None
    agency_records: tuple[AgencyRecord, ...] | None
    external_credit: tuple[ExternalCredit, ...] | None
    publications: tuple[DirectoryEntry, ...] | None
    coordinators: tuple[Assignment, ...] | None
    not_held: tuple[str, ...]
    too_slow: tuple[str, ...]


def find_status(reader: Reader, scope: Scope, uscc: str, day: date) -> StatusPage | None:
    """Return the status page of an enterprise in reach, or None for any other."""
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        return None
    not_held: list[str] = []
    too_slow: list[str] = []

    def ask(part: str, question: Question[S]) -> S | None:
        try:
            return question(reader, scope, uscc, day)
        except NotHeld:
            not_held.append(part)
        except QueryTooSlow:
            too_slow.append(part)
        return None

    history = ask("history", list_ratings)
    rating = next((one for one in history or () if one.held_on(day)), None)
    compare = partial(compare_clearance, level=rating.level if rating else None)
    return StatusPage(
        day=day,
        enterprise=enterprise,
        rating=rating,
        held_since=held_since(history or (), day),
        history=history,
        certification_cases=ask("certification_cases", list_certification_cases),
        repair_cases=ask("repair_cases", list_repair_cases),
        objection_cases=ask("objection_cases", list_objection_cases),
        penalties=ask("penalties", list_ageing_penalties),
        abnormal_listings=ask("abnormal_listings", list_abnormal_listings),
        clearance=ask("clearance", compare),
        profile=ask("profile", find_profile),
        joint_measures=ask("joint_measures", list_joint_measures),
        agency_records=ask("agency_records", list_agency_records),
        external_credit=ask("external_credit", list_external_credit),
        publications=ask("publications", list_own_publications),
        coordinators=ask("coordinators", list_coordinators),
        not_held=tuple(not_held),
        too_slow=tuple(too_slow),
    )
