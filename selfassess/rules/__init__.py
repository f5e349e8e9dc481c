"""The rules that read official records for one item each, by the name a standard file gives them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from selfassess.rules import conduct, credit, declarations, parties, penalties, proofs
from selfassess.rules.reading import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "abnormal_listing": credit.abnormal_listing,
        "adverse_results": declarations.adverse_results,
        "bad_record_list": credit.bad_record_list,
        "branches": parties.branches,
        "brokers_all_aeo": parties.brokers_all_aeo,
        "brokers_used": parties.brokers_used,
        "business_status": credit.business_status,
        "competence": proofs.competence,
        "credit_china_entries": credit.credit_china_entries,
        "criminal_cases": conduct.criminal_cases,
        "customs_findings": conduct.customs_findings,
        "customs_link": proofs.customs_link,
        "firms_of_related_persons": parties.firms_of_related_persons,
        "foreign_notifications": conduct.foreign_notifications,
        "inspection_findings": declarations.inspection_findings,
        "inspection_notices": conduct.inspection_notices,
        "internal_review_log": proofs.internal_review_log,
        "investors": parties.investors,
        "joint_sanctions": credit.joint_sanctions,
        "leavers": proofs.leavers,
        "lowest_grade": credit.lowest_grade,
        "matters_to_correct": conduct.matters_to_correct,
        "national_lists": credit.national_lists,
        "overdue_payments": penalties.overdue_payments,
        "partners": parties.partners,
        "penalties_by_cause": penalties.penalties_by_cause,
        "penalty_limits": penalties.penalty_limits,
        "posts_held_elsewhere": parties.posts_held_elsewhere,
        "principals_served": parties.principals_served,
        "public_credit_rating": credit.public_credit_rating,
        "rectification_orders": conduct.rectification_orders,
        "registration_cancellations": conduct.registration_cancellations,
        "registration_changes": conduct.registration_changes,
        "security_certificates": proofs.security_certificates,
        "statistics_sample": credit.statistics_sample,
        "tax_element_signal": declarations.tax_element_signal,
        "tax_recovery": declarations.tax_recovery,
        "trade_activity": declarations.trade_activity,
        "undertakings": conduct.undertakings,
    }
)
"""Rules over records. Finance rules (audit opinion, ratios) are calculated from figures instead."""

CALCULATED = frozenset({"audit_opinion", "solvency", "profitability", "debt_ratio_history"})
"""Names of rules that work on finance figures, see `finance.py`."""

ALSO_READS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"registration_cancellations": ("registration_cancellations",)}
)
"""Fields of the record facts a rule reads besides those its item's keys name."""
