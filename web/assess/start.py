"""What the start page offers: the standards for this enterprise, and why another one is not offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from api.errors import BadInput
from api.store import Assessment
from api.usecases.assess import Desk, Opened, open_listed
from api.usecases.assess_comparison import percent_of, shares_of
from api.usecases.assess_documents import Document
from api.usecases.assess_evidence import evidence_of_each
from api.usecases.assess_submission import standing_versions
from selfassess.applicability import NotHeld, applicable_items
from selfassess.loader import list_standards
from selfassess.profile import Profile
from selfassess.standard import Section, Standard
from web.assess.cards import brief_cards
from web.assess.filters import Progress, progress_of

MOST_LISTED = 20
PROFILE_DAYS = ("established_on", "review_cycle_start")


@dataclass(frozen=True)
class Offer:
    """A standard; ``refused`` says why it is not for this enterprise, with what is known instead."""

    standard: Standard
    refused: NotHeld | None

    @property
    def items(self) -> int:
        """How many items it has, bonus items not counted."""
        return sum(not item.bonus for item in self.standard.items.values())

    @property
    def bonus(self) -> int:
        """How many bonus items it has."""
        return len(self.standard.items) - self.items


@dataclass(frozen=True)
class Listed:
    """An assessment in the list."""

    id: str
    standard: Standard
    day: date
    changed_at: Any
    progress: Progress
    percent: int
    passed: bool | None
    version: int | None


def recorded_types(desk: Desk) -> tuple[str, ...]:
    """Return the types the enterprise is recorded as; empty where the records do not say."""
    recorded = desk.recorded(desk.today)
    return () if recorded is None else recorded.profile.types


def offers(profile: Profile, today: date) -> tuple[Offer, ...]:
    """Return every standard held, those in force today first."""
    standards = sorted(list_standards(), key=lambda one: not one.in_force(today))
    return tuple(Offer(one, _refused(one, profile, today)) for one in standards)


def businesses_of(standards: Sequence[Standard]) -> tuple[Section, ...]:
    """Return the businesses that single-business standards ask about, each once."""
    sections = {section.id: section for one in standards if one.kind == "single" for section in one.sections}
    return tuple(sections.values())


def list_started(desk: Desk, rows: Sequence[Assessment]) -> tuple[Listed, ...]:
    """Return assessments with how far they are."""
    several = open_listed(desk, rows[:MOST_LISTED])
    documents = evidence_of_each(desk, several)
    versions = standing_versions(desk.work.session, [opened.id for opened in several])
    return tuple(_listed(opened, documents[opened.id], versions.get(opened.id)) for opened in several)


def said_in(form: FormData, *, is_single: bool) -> dict[str, Any]:
    """Return what a form says about the enterprise; what was left blank is left to the records.

    Only a single-business standard asks for the businesses. Raises `BadInput` where it got none.
    """
    said: dict[str, Any] = {}
    production, stage, kind = (str(form.get(name) or "") for name in ("production", "stage", "enterprise_type"))
    if production in ("true", "false"):
        said["production"] = production == "true"
    for name, value in (("stage", stage), ("enterprise_type", kind)):
        if value:
            said[name] = value
    for name in PROFILE_DAYS:
        if day := str(form.get(name) or ""):
            said[name] = day
    if stage == "applicant":
        said.pop("review_cycle_start", None)
    if is_single:
        said["businesses"] = [str(one) for one in form.getlist("businesses")]
        if not said["businesses"]:
            raise BadInput("单项标准按业务对照，请至少选一类业务。", "Choose the businesses the enterprise does.")
    return said


def _refused(standard: Standard, profile: Profile, today: date) -> NotHeld | None:
    day = today if standard.in_force(today) else standard.effective_to or today
    found = applicable_items(standard, profile, day)
    return found if isinstance(found, NotHeld) else None


def _listed(opened: Opened, documents: Sequence[Document], version: int | None) -> Listed:
    return Listed(
        id=opened.id,
        standard=opened.standard,
        day=opened.row.day,
        changed_at=opened.row.changed_at,
        progress=progress_of(brief_cards(opened, documents).values()),
        percent=percent_of(shares_of(opened)),
        passed=opened.assessed.outcome.passed,
        version=version,
    )
