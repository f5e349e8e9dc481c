"""Figures about compliance: penalties, taxes and payments, registration, orders and undertakings.

Each function takes the enterprise as it was read within the scope: nobody gets a zero for what they may not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from api.records.gateway.figure import Figure, over, windows
from api.records.gateway.penalties import (
    Penalty,
    list_abnormal_listings,
    list_criminal_cases,
    list_obligations,
    list_overdue_payments,
    list_penalties,
    list_registration_changes,
    list_tax_recoveries,
)
from api.records.gateway.rating import Enterprise
from api.records.gateway.windows import Window
from api.records.reader import Reader
from api.records.scope import Scope

BUSINESS_FIELDS = ("health_quarantine", "animal_plant_quarantine", "food_cosmetics", "commodity_inspection")
RESTRICTED_FIELDS = ("solid_waste", "export_control")
SINGLE_RECOVERY = Decimal(100_000)  # Announcement 2026-34, advanced item 24 and certified item 22: the single-case line


def penalty_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield what advanced items 18 to 20 and the single-business items ask about penalties."""
    found = list_penalties(reader, scope, enterprise.uscc, day)
    for span in windows(day):
        penalties = [penalty for penalty in found if span.holds(penalty.decided_on)]
        yield from _penalty_totals(penalties, span, not found.truncated)
        yield from _penalties_by_field(penalties, span, not found.truncated)


def _penalty_totals(penalties: list[Penalty], span: Window, complete: bool) -> Iterator[Figure]:
    amounts = [penalty.amount for penalty in penalties]
    disclosed = [penalty for penalty in penalties if penalty.self_disclosed]
    restricted = [penalty for penalty in penalties if penalty.field in RESTRICTED_FIELDS]
    totals = (
        ("customs_penalty_count", len(penalties), penalties),
        ("customs_violation_count", sum(penalty.violations for penalty in penalties), penalties),
        ("single_customs_penalty_amount", max(amounts, default=Decimal(0)), penalties),
        ("customs_penalty_sum", sum(amounts, Decimal(0)), penalties),
        ("self_disclosed_penalty_count", len(disclosed), disclosed),
        ("penalties_solid_waste_or_export_control", len(restricted), restricted),
    )
    for metric, value, of in totals:
        yield over("customs_penalties", metric, value, span, of, complete=complete)


def _penalties_by_field(penalties: list[Penalty], span: Window, complete: bool) -> Iterator[Figure]:
    for field in BUSINESS_FIELDS:
        of = [penalty for penalty in penalties if penalty.field == field]
        forged = [penalty for penalty in of if penalty.forgery]
        yield over("customs_penalties", f"penalties_in_this_field.{field}", len(of), span, of, complete=complete)
        yield over("customs_penalties", f"forgery_penalties.{field}", len(forged), span, forged, complete=complete)


def payment_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield late payments (advanced item 22) and recovered tax (item 24)."""
    late = [payment for payment in list_overdue_payments(reader, scope, enterprise.uscc, day) if payment.is_late(day)]
    recovered = list_tax_recoveries(reader, scope, enterprise.uscc, day)
    for span in windows(day):
        owed = [payment for payment in late if span.meets(payment.deadline, payment.paid_on)]
        cases = [case for case in recovered if span.holds(case.recovered_on)]
        large = [case for case in cases if case.amount > SINGLE_RECOVERY]
        yield over("overdue_payments", "overdue_customs_payments", len(owed), span, owed)
        total = sum((case.amount for case in cases), Decimal(0))
        yield over("tax_recovery", "recovered_tax_sum", total, span, cases)
        yield over("tax_recovery", "recoveries_over_100000_count", len(large), span, large)


def registration_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield changes not filed as required (advanced item 16), abnormal listings (27) and convictions (17)."""
    changes = list_registration_changes(reader, scope, enterprise.uscc, day)
    listings = list_abnormal_listings(reader, scope, enterprise.uscc, day)
    cases = [case for case in list_criminal_cases(reader, scope, enterprise.uscc, day) if case.intentional]
    for span in windows(day):
        unfiled = [change for change in changes if change.found_unfiled and span.holds(change.changed_on)]
        listed = [listing for listing in listings if span.meets(listing.listed_on, listing.removed_on)]
        convicted = [
            case
            for case in cases
            if case.subject == "related_person" and case.judged_on is not None and span.holds(case.judged_on)
        ]
        yield over("registration_info", "unfiled_registration_changes", len(unfiled), span, unfiled)
        yield over("abnormal_list", "occurrences_found_by_customs", len(listed), span, listed)
        metric = "intentional_crime_convictions_of_related_persons"
        yield over("criminal_record_certificates", metric, len(convicted), span, convicted)


def obligation_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield orders not carried out (advanced items 33 and 34) and undertakings not kept (35)."""
    found = list_obligations(reader, scope, enterprise.uscc, day)
    groups = {
        ("customs_rectification_orders", "corrections_not_made"): ("correction",),
        ("customs_rectification_orders", "treatments_not_performed"): (
            "quarantine_treatment", "return_shipment", "destruction", "technical_rectification", "risk_reduction",
        ),
        ("undertakings_register", "undertakings_not_kept"): ("undertaking",),
    }  # fmt: skip
    for span in windows(day):
        for (key, metric), kinds in groups.items():
            broken = [
                obligation
                for obligation in found
                if obligation.kind in kinds
                and obligation.found_unfulfilled_on is not None
                and span.holds(obligation.found_unfulfilled_on)
            ]
            yield over(key, metric, len(broken), span, broken)
