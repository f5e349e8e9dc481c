"""A plain reading of the record-decidable items of Announcement 2026-34, to test that the records suffice.

True: met. False: not met. None: the records leave it open, or the item does not apply.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Values = Mapping[tuple[str, int | None], object]
Rule = Callable[[Values], bool | None]


@dataclass(frozen=True)
class Limits:
    """What differs between the two standards."""

    years: int  # the look-back of most conduct items
    trade_years: int
    single: int
    count: int
    share: Decimal
    total: int
    high_quality: tuple[int, float]
    recovered: int
    large_recoveries: int
    recovered_share: Decimal
    debt: tuple[float, float]
    solvency: tuple[float, float, float]
    competence: tuple[float, float]


ADVANCED = Limits(
    2, 1, 50_000, 3, Decimal("0.001"), 100_000, (1, 0.02), 100_000, 1, Decimal("0.001"), (0.85, 0.75), (0.2, 0.1, 1.0),
    (0.30, 0.10),
)  # fmt: skip
CERTIFIED = Limits(
    1, 2, 100_000, 5, Decimal("0.005"), 300_000, (2, 0.03), 300_000, 3, Decimal("0.003"), (0.95, 0.85), (0.1, 0.0, 0.8),
    (0.20, 0.05),
)  # fmt: skip


def _none_of(metric: str, years: int | None) -> Rule:
    return lambda v: v[metric, years] == 0


def _at_most(metric: str, most: int, years: int = 1) -> Rule:
    return lambda v: v[metric, years] <= most


def _listed(metric: str) -> Rule:
    return lambda v: bool(v[metric, None])


def _single_penalty(limits: Limits) -> Rule:
    def rule(v: Values) -> bool:
        largest, value = v["single_customs_penalty_amount", 1], v["previous_year_import_export_value", None]
        return largest <= limits.single or (value is not None and largest <= value / 10_000)

    return rule


def _penalty_count(limits: Limits) -> Rule:
    def rule(v: Values) -> bool:
        documents = v["previous_year_customs_document_count", None]
        few = v["customs_penalty_count", 1] <= limits.count
        share = documents is not None and v["customs_violation_count", 1] <= limits.share * documents
        return (few or share) and v["customs_penalty_sum", 1] <= limits.total

    return rule


def _findings(limits: Limits) -> Rule:
    def rule(v: Values) -> bool:
        inspected = v["inspected_self_declared", 1]
        found, best = v["declarations_with_findings", 1], v["declarations_with_high_quality_findings", 1]
        if inspected <= 50:
            return found <= 5 and best <= limits.high_quality[0]
        return found / inspected <= 0.10 and best / inspected <= limits.high_quality[1]

    return rule


def _recovered(limits: Limits) -> Rule:
    def rule(v: Values) -> bool:
        total, tax = v["recovered_tax_sum", 1], v["previous_year_total_tax", None]
        few = v["recoveries_over_100000_count", 1] <= limits.large_recoveries
        return total <= limits.recovered or (few and tax is not None and total <= limits.recovered_share * tax)

    return rule


def _opinion(v: Values) -> bool | None:
    return {"unqualified": True, "qualified": None}.get(v["audit_opinion", None], False)


def _two_of(met: list[bool]) -> bool | None:
    return True if sum(met) >= 2 else None if sum(met) else False


def _solvency(limits: Limits) -> Rule:
    def rule(v: Values) -> bool | None:
        cash, flow, current = limits.solvency
        money = {name: float(v[name, None]) for name in (
            "total_assets", "total_liabilities", "current_assets", "current_liabilities", "cash",
            "trading_financial_assets", "net_operating_cash_flow",
        )}  # fmt: skip
        debt = limits.debt[0 if v["manufacturer", None] else 1]
        return _two_of([
            money["total_liabilities"] / money["total_assets"] <= debt,
            (money["cash"] + money["trading_financial_assets"]) / money["current_liabilities"] >= cash,
            money["net_operating_cash_flow"] / money["total_liabilities"] >= flow,
            money["current_assets"] / money["current_liabilities"] >= current,
        ])  # fmt: skip

    return rule


def _profitability(v: Values) -> bool | None:
    revenue = v["revenue", None]
    average = (v["total_assets", None] + v["opening_total_assets", None]) / 2
    return _two_of([
        v["net_profit", None] > 0,
        v["operating_profit", None] > 0 and v["operating_profit", None] / revenue >= Decimal("0.01"),
        (revenue - v["cost_of_sales", None]) / revenue >= Decimal("0.01"),
        v["net_operating_cash_flow", None] > 0,
        (v["total_profit", None] + v["interest_expense", None]) / average >= Decimal("0.01"),
    ])  # fmt: skip


def _security(v: Values) -> bool | None:
    conclusion = v["mlps_conclusion", None]
    return True if v["iso27001_certificate", None] or conclusion == "符合" else None


def _competence(limits: Limits) -> Rule:
    def rule(v: Values) -> bool | None:
        everyone = v["declarant_headcount", None]
        if everyone < 5:
            return None
        intermediate, senior = v["intermediate_passed", None], v["senior_passed", None]
        return (
            v["junior_passed", None] == everyone
            or intermediate / everyone >= limits.competence[0]
            or (senior >= 1 and senior / everyone >= limits.competence[1])
        )

    return rule


def _rating_b(v: Values) -> bool:
    return v["public_credit_rating", None] in ("A", "B")


def general_rules(limits: Limits) -> dict[int, Rule]:
    """The rules of the general standard, under the item numbers of the advanced one."""
    years = limits.years
    return {
        1: lambda v: bool(v["contact_person_filed", None]) and v["posts_not_notified", None] == 0,
        8: lambda v: True if v["system_linked_to_customs", None] else None,
        9: _security,
        12: _opinion,
        13: _solvency(limits),
        14: _profitability,
        15: lambda v: not v["in_dissolution_or_bankrupt", None],
        16: _none_of("unfiled_registration_changes", years),
        17: _none_of("intentional_crime_convictions_of_related_persons", years),
        18: _single_penalty(limits),
        19: _penalty_count(limits),
        20: _none_of("penalties_solid_waste_or_export_control", years),
        21: lambda v: v["import_export_activity", limits.trade_years] > 0,
        22: _none_of("overdue_customs_payments", years),
        23: _findings(limits),
        24: _recovered(limits),
        25: _none_of("entrusted_brokers_dishonest", years),
        26: _none_of("principals_dishonest", years),
        27: _none_of("occurrences_found_by_customs", years),
        33: _none_of("corrections_not_made", years),
        34: _none_of("treatments_not_performed", years),
        35: _none_of("undertakings_not_kept", years),
        37: _none_of("firms_of_related_persons_dishonest", None),
        38: _none_of("branches_or_parent_dishonest", None),
        39: _none_of("registered_investors_dishonest", None),
        40: _rating_b,
        41: _none_of("creditchina_serious_dishonesty_entries", None),
        42: _none_of("creditchina_serious_dishonesty_entries.investors", None),
        43: _none_of("creditchina_lowest_grade_entries", None),
        66: _none_of("partners_dishonest", 1),
        69: _listed("green_list"),
        70: _listed("little_giant_list"),
        71: _listed("tech_centre_list"),
        72: lambda v: v["statistics_sample", None] == "按要求报送",
        73: lambda v: None if v["share_of_brokers_AEO", 1] is None else v["share_of_brokers_AEO", 1] == 100,
        74: _competence(limits),
    }


def _adverse(field: str, role: str, most: int, share: float) -> Rule:
    def rule(v: Values) -> bool | None:
        inspected = v[f"inspected_batches.{field}.{role}", 1]
        adverse = v[f"adverse_inspection_results.{field}.{role}", 1]
        return None if not inspected else adverse <= most or adverse <= share * inspected

    return rule


SINGLE_RULES: dict[int, Rule] = {
    1: lambda v: v["years_with_special_goods_trade", 3] >= 3 and v["laboratory_activity_years", None] >= 3,
    2: _at_most("penalties_in_this_field.health_quarantine", 1),
    3: _adverse("health_quarantine", "own", 3, 0.01),
    4: _adverse("health_quarantine", "agent", 3, 0.01),
    6: _at_most("penalties_in_this_field.animal_plant_quarantine", 2),
    7: _adverse("animal_plant_quarantine", "own", 5, 0.05),
    8: _adverse("animal_plant_quarantine", "agent", 5, 0.05),
    9: _none_of("forgery_penalties.animal_plant_quarantine", 2),
    11: _none_of("registration_cancellations", 2),
    12: _none_of("foreign_notifications_own_fault.animal_plant_quarantine", 2),
    13: _at_most("penalties_in_this_field.food_cosmetics", 2),
    14: _adverse("food_cosmetics", "own", 3, 0.02),
    15: _adverse("food_cosmetics", "agent", 3, 0.02),
    16: _none_of("forgery_penalties.food_cosmetics", 2),
    17: _none_of("bad_record_listings", 2),
    18: _none_of("foreign_notifications_own_fault.food_cosmetics", 2),
    19: _at_most("penalties_in_this_field.commodity_inspection", 2),
    20: _adverse("commodity_inspection", "own", 3, 0.03),
    21: _adverse("commodity_inspection", "agent", 3, 0.03),
    22: _none_of("foreign_notifications_own_fault.commodity_inspection", 2),
}
CERTIFIED_NUMBERS = {
    1: 1, 8: 8, 12: 11, 13: 12, 15: 13, 16: 14, 17: 15, 18: 16, 19: 17, 20: 18, 21: 19, 22: 20, 23: 21, 24: 22, 25: 23,
    26: 24, 27: 25, 33: 31, 34: 32, 35: 33, 37: 35, 38: 36, 39: 37, 40: 38, 41: 39, 42: 40, 43: 41, 66: 54, 69: 57,
    70: 58, 71: 59, 72: 60, 73: 61, 74: 62,
}  # fmt: skip
OPEN_AT_BEST = {8, 9}  # the record can only show that the item counts as met, never that it is not
