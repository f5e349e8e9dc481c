"""Which provisions make a figure of a record matter, by id of the knowledge base.

Where the rule in force is not held, the id is that of the provision that says so (confidence n/k), with the old rule
behind it. A test proves that each exists and is in force, or old and then shown as old.
"""

from __future__ import annotations

from collections.abc import Mapping

from api.records.gateway.cases import Case, CertificationCase
from api.records.gateway.rating import Rating

RULES: Mapping[str, tuple[str, ...]] = {
    "level": ("gacc-order-282#art-4", "gacc-order-282#art-32-1"),
    "carried_over": ("gacc-order-282#unknown-transition",),
    "penalties": (
        "gacc-2026-34#single-penalty",
        "gacc-2026-34#penalty-count",
        "gacc-2026-34#solid-waste-export-control",
        "gacc-2026-34#look-back",
    ),
    "look_back_start": ("gacc-2026-34-standards-notes#time-counting",),
    "amount": ("gacc-2026-34-standards-notes#unknown-penalty-amount", "gacc-order-251#art-37"),
    "listings": ("gacc-2026-34#abnormal-list", "credit-publication-mechanisms#abnormal-list"),
    "profile": ("customs-credit-systems#profiling",),
    "measures": ("gacc-order-282#art-6", "joint-measures-2016-2017#since-2020"),
    "agencies": ("customs-credit-systems#collection", "credit-figures#credibility-database"),
    "external_credit": ("gacc-2026-34#external-credit",),
    "publications": (
        "gacc-order-282#art-33",
        "gacc-order-282#unknown-publication-scope",
        "gacc-order-251#art-11",
        "gacc-order-282#unknown-publication-periods",
    ),
    "penalty_publication": ("ndrc-order-36#period-start", "ndrc-order-36#relation-to-282"),
    "objection": ("customs-credit-systems#publication-platform", "guide-objection#objection"),
    "objection_limit": ("gacc-order-282#unknown-objection-time-limit", "gacc-order-251#art-12"),
    "repair": ("gacc-order-282#art-36-40", "ndrc-order-36#channel", "gacc-order-282#upgrade-and-repair"),
    "coordinators": ("gacc-2018-coordinator#who", "gacc-2018-coordinator#standing"),
    "platform": ("credit-publication-mechanisms#platform", "customs-credit-systems#publication-platform"),
    "benefits": (
        "gacc-order-282#art-32-2",
        "gacc-2026-32#probable-content",
        "gacc-order-251#art-30",
        "credit-figures#inspection-rate-2019",
    ),
    "monitoring": ("customs-credit-systems#information-management",),
    "related": ("gacc-2026-34#linked-parties", "customs-credit-systems#information-management"),
}
_BASIS: Mapping[str, Mapping[str, str]] = {
    "certification": {
        "gacc-order-251": "gacc-order-251#art-18",
        "gacc-order-282": "gacc-order-282#unknown-certification-procedure",
    },
    "revalidation": {
        "gacc-order-225": "gacc-order-225#recertification",
        "gacc-order-237": "gacc-order-237#recertification",
        "gacc-order-251": "gacc-order-251#art-19",
        "gacc-order-282": "gacc-order-282#advanced-review-cycle",
    },
    "failed_revalidation": {
        "gacc-order-225": "gacc-order-225#recertification",
        "gacc-order-237": "gacc-order-237#recertification",
        "gacc-order-251": "gacc-order-251#art-19",
        "gacc-order-282": "gacc-order-282#unknown-review-failure",
    },
    "discredit_finding": {
        "gacc-order-225": "gacc-order-225#discredit-non-brokers",
        "gacc-order-237": "gacc-order-237#discredit-non-brokers",
        "gacc-order-251": "gacc-order-251#art-22",
        "gacc-order-282": "gacc-order-282#unknown-discredit-criteria",
    },
    "serious_discredit_finding": {
        "gacc-order-251": "gacc-order-251#art-23",
        "gacc-order-282": "gacc-order-282#unknown-serious-discredit-criteria",
    },
    "tier_upgrade": {
        "gacc-order-225": "gacc-order-225#recovery",
        "gacc-order-237": "gacc-order-237#recovery",
        "gacc-order-251": "gacc-order-251#art-28",
        "gacc-order-282": "gacc-order-282#art-29-30",
    },
    "scheme_change": {"gacc-order-282": "gacc-order-282#unknown-transition"},
}
_INSPECTION = {
    "advanced_certified": ("gacc-order-282#unknown-inspection-rate-advanced", "gacc-order-251#art-30"),
    "certified": ("gacc-order-282#unknown-inspection-rate-certified",),
    "regular": ("gacc-order-282#unknown-inspection-rate-regular",),
    "discredited": ("gacc-order-282#unknown-inspection-rate-discredited", "gacc-order-251#art-31"),
    "seriously_discredited": ("gacc-order-282#unknown-inspection-rate-seriously-discredited",),
}
_REVIEW = {
    "advanced_certified": ("gacc-order-282#advanced-review-cycle", "gacc-2026-31#who"),
    "certified": ("gacc-order-282#unknown-certified-review-cycle",),
}
_CASES = {
    "application": ("gacc-order-282#unknown-certification-time-limit",),
    "simplified_revalidation": ("gacc-2026-31#who", "gacc-2026-31#unknown-procedure"),
    "irregular_review": ("gacc-order-282#unknown-review-failure",),
    "record_repair": ("gacc-order-282#art-36-40", "gacc-order-282#unknown-repair-decision-time"),
    "tier_upgrade": ("gacc-order-282#art-29-30", "gacc-order-282#unknown-upgrade-waiting"),
}
_STATES = {"rectification": ("gacc-order-282#rectification", "gacc-order-282#rectification-length")}


def basis_rule(rating: Rating) -> str | None:
    """Return the provision of its time under which a level was given."""
    return _BASIS.get(rating.basis, {}).get(rating.scheme)


def review_rules(level: str) -> tuple[str, ...]:
    """Return the provisions about the next review of a level of today."""
    return _REVIEW.get(level, ())


def inspection_rules(level: str) -> tuple[str, ...]:
    """Return the provisions about the inspection rate of a level of today."""
    return _INSPECTION.get(level, ())


def case_rules(case: Case) -> tuple[str, ...]:
    """Return the provisions an open certification, review, repair or upgrade case runs under."""
    rules = _CASES.get(case.kind, ())
    if not rules and isinstance(case, CertificationCase):
        rules = review_rules(case.level_sought)
    return rules + _STATES.get(case.state, ())


def every_rule() -> frozenset[str]:
    """Return every provision named here."""
    lists = (*RULES.values(), *_INSPECTION.values(), *_REVIEW.values(), *_CASES.values(), *_STATES.values())
    named = {rule for rules in lists for rule in rules} | {rule for of in _BASIS.values() for rule in of.values()}
    return frozenset(named)
