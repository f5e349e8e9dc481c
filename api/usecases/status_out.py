"""What the status of an enterprise looks like when it leaves as JSON: the facts of the page, with sources and rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from api.records import rules
from api.records.gateway.ageing import AgeingPenalty, Countdown
from api.records.gateway.assignments import Assignment
from api.records.gateway.cases import CertificationCase, ObjectionCase, RepairCase
from api.records.gateway.clearance import Comparison
from api.records.gateway.conduct import AbnormalListing
from api.records.gateway.measures import AgencyRecord, ExternalCredit, JointMeasure
from api.records.gateway.penalties import Penalty
from api.records.gateway.profile import Profile
from api.records.gateway.publication import DirectoryEntry
from api.records.gateway.publication_limits import PublicationEnd
from api.records.gateway.rating import Enterprise, Rating
from api.records.gateway.status import StatusPage


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class RatingOut(_Out):
    """A level under the names of the scheme then in force."""

    record: Rating
    nearest_level: str | None = Field(
        description="today's level nearest to an old one: our reading, no transition rule"
    )
    scheme_rule: str | None = Field(description="the provision that names the level")
    basis_rule: str | None = Field(description="the provision under which it was given")


class PenaltyOut(_Out):
    """A penalty that still counts or is published."""

    record: Penalty
    counts_until: date = Field(description="the first day on which it counts for no item of the standards in force")
    countdowns: tuple[Countdown, ...]
    publication: PublicationEnd | None


class StatusOut(_Out):
    """Everything the records say about one enterprise; null is what is not held here or took too long to read.

    ``rules`` names, for each part, the provisions that make it matter: look them up under /documents/.
    """

    on: date
    enterprise: Enterprise
    level: RatingOut | None
    held_since: RatingOut | None = Field(description="where the level began, whatever it was called")
    history: list[RatingOut] | None
    certification_cases: tuple[CertificationCase, ...] | None
    repair_cases: tuple[RepairCase, ...] | None
    objection_cases: tuple[ObjectionCase, ...] | None
    penalties: list[PenaltyOut] | None
    abnormal_listings: tuple[AbnormalListing, ...] | None
    clearance: Comparison | None
    profile: Profile | None
    joint_measures: tuple[JointMeasure, ...] | None
    agency_records: tuple[AgencyRecord, ...] | None
    external_credit: tuple[ExternalCredit, ...] | None
    publications: tuple[DirectoryEntry, ...] | None
    coordinators: tuple[Assignment, ...] | None
    rules: dict[str, tuple[str, ...]]
    not_held: tuple[str, ...]
    too_slow: tuple[str, ...]


def status_out(found: StatusPage) -> StatusOut:
    """Return the status of an enterprise in the form the API sends."""
    level = found.rating.level if found.rating else ""
    return StatusOut(
        on=found.day,
        enterprise=found.enterprise,
        level=_rating(found.rating),
        held_since=_rating(found.held_since),
        history=None if found.history is None else [_rated(rating) for rating in found.history],
        certification_cases=found.certification_cases,
        repair_cases=found.repair_cases,
        objection_cases=found.objection_cases,
        penalties=_penalties(found.penalties),
        abnormal_listings=found.abnormal_listings,
        clearance=found.clearance,
        profile=found.profile,
        joint_measures=found.joint_measures,
        agency_records=found.agency_records,
        external_credit=found.external_credit,
        publications=found.publications,
        coordinators=found.coordinators,
        rules={
            **rules.RULES, "review": rules.review_rules(level), "inspection_rate": rules.inspection_rules(level),
        },
        not_held=found.not_held,
        too_slow=found.too_slow,
    )  # fmt: skip


def _rating(rating: Rating | None) -> RatingOut | None:
    return None if rating is None else _rated(rating)


def _rated(rating: Rating) -> RatingOut:
    meaning = rating.meaning
    return RatingOut(
        record=rating,
        nearest_level=meaning.nearest if meaning else None,
        scheme_rule=meaning.rule if meaning else None,
        basis_rule=rules.basis_rule(rating),
    )


def _penalties(penalties: Iterable[AgeingPenalty] | None) -> list[PenaltyOut] | None:
    if penalties is None:
        return None
    return [
        PenaltyOut(
            record=one.penalty,
            counts_until=one.matters_until,
            countdowns=one.countdowns,
            publication=one.publication,
        )
        for one in penalties
    ]
