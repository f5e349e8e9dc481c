"""Which standards an enterprise can be assessed against today, and what is said where none is held."""

from __future__ import annotations

from api.usecases.assess import Desk
from selfassess.applicability import NotHeld, applicable_items
from selfassess.loader import list_standards
from selfassess.profile import Profile
from selfassess.standard import Standard
from selfassess.text import Text, text

SHORT_NAMES = {
    ("general", "advanced_certified"): text("高级认证自评", "advanced certified self-assessment"),
    ("general", "certified"): text("认证企业自评", "certified self-assessment"),
    ("single", "advanced_certified"): text("单项标准自评", "single-business self-assessment"),
}


def offered_standards(desk: Desk) -> list[Standard]:
    """Return the standards in force today that are for this enterprise."""
    profile = recorded_profile(desk)
    in_force = [standard for standard in list_standards() if standard.in_force(desk.today)]
    return [one for one in in_force if not isinstance(applicable_items(one, profile, desk.today), NotHeld)]


def recorded_profile(desk: Desk) -> Profile:
    """Return what the records say about the enterprise; nothing where they are away or do not know it."""
    recorded = desk.recorded(desk.today)
    return Profile(type_known=False) if recorded is None else recorded.profile.profile


def no_standard(desk: Desk) -> Text:
    """Say why no standard is held for this enterprise, what is known, and whom to ask."""
    refused = applicable_items(list_standards()[0], recorded_profile(desk), desk.today)
    if not isinstance(refused, NotHeld):
        return text("没有收录适用的标准", "no standard that applies is held")
    known = "；".join(entry.zh for entry in refused.known)
    known_en = "; ".join(entry.en for entry in refused.known)
    return text(f"{refused.reason.zh}。{known}。{refused.ask.zh}", f"{refused.reason.en}. {known_en}. {refused.ask.en}")


def short_name(standard: Standard) -> Text:
    """Return what an assessment against a standard is called on a button."""
    return SHORT_NAMES[(standard.kind, standard.level)]
