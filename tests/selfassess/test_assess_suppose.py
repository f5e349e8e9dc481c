"""What would change if something happened."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from selfassess.errors import UnknownItem
from selfassess.facts import Penalty, TaxRecovery
from selfassess.figures import read_figures
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.profile import Profile
from selfassess.situation import Situation
from selfassess.suppose import Change, GradeAt, IndicatorAt, OneMorePenalty, OneMoreRow, suppose
from tests.selfassess.assess_cases import DAY, all_met, clean_records, table
from tests.selfassess.laws import law

ADVANCED = get_standard("advanced-2026")
CLEAN = Situation(ADVANCED, DAY, all_met(ADVANCED), Profile(production=True), clean_records())
NEXT_YEAR = date(2027, 2, 1)


def test_one_more_penalty_of_60000_fails_the_single_limit_until_its_anniversary() -> None:
    found = suppose(CLEAN, [OneMorePenalty(NEXT_YEAR, Decimal(60_000))])

    assert found.before.outcome.passed is True
    assert found.after.outcome.passed is False
    assert found.changes == (Change("18", Grade.MET, Grade.NOT_MET),)
    assert found.recovery is not None
    assert found.recovery.all_pass_on == date(2028, 2, 1)


def test_the_same_penalty_for_export_control_fails_for_two_years() -> None:
    event = OneMorePenalty(NEXT_YEAR, Decimal(60_000), frozenset({"export_control"}))

    found = suppose(CLEAN, [event])

    assert [change.no for change in found.changes] == ["18", "20"]
    assert found.recovery is not None
    assert {entry.no: entry.passes_on for entry in found.recovery.items} == {
        "18": date(2028, 2, 1),
        "20": date(2029, 2, 1),
    }


def test_a_small_fourth_penalty_fails_the_number_of_penalties() -> None:
    three = clean_records(customs_penalties=table(*(Penalty(f"p{n}", DAY, Decimal(10)) for n in range(3))))

    found = suppose(Situation(ADVANCED, DAY, all_met(ADVANCED), facts=three), [OneMorePenalty(DAY, Decimal(10))])

    assert [change.no for change in found.changes] == ["19"]


def test_without_records_a_supposed_penalty_can_only_harm() -> None:
    sheet = all_met(ADVANCED) | {"20": Grade.NOT_MET}

    found = suppose(Situation(ADVANCED, DAY, sheet), [OneMorePenalty(DAY, Decimal(60_000))])

    assert [change.no for change in found.changes] == []
    assert found.after.outcome.grades["20"] is Grade.NOT_MET


def test_without_records_a_penalty_above_both_sums_fails_the_sum() -> None:
    found = suppose(Situation(ADVANCED, DAY, all_met(ADVANCED)), [OneMorePenalty(DAY, Decimal(200_000))])

    assert [change.no for change in found.changes] == ["19"]


def test_a_supposed_recovery_is_one_more_row() -> None:
    event = OneMoreRow("tax_recovery", TaxRecovery("supposed", DAY, Decimal(150_000)), DAY)

    assert [change.no for change in suppose(CLEAN, [event]).changes] == ["24"]


def test_a_cash_ratio_of_a_fifth_lifts_the_solvency_item() -> None:
    lines = {"cash": 1, "trading_financial_assets": 0, "current_assets": 20, "current_liabilities": 10}
    rest = {"total_assets": 100, "total_liabilities": 99, "net_operating_cash_flow": 0}
    poor = read_figures(lines | rest)
    sheet = all_met(ADVANCED) | {"13": Grade.PARTLY_MET}

    found = suppose(
        Situation(ADVANCED, DAY, sheet, Profile(production=True), figures=poor),
        [IndicatorAt("cash_ratio", Fraction(1, 5))],
    )

    assert found.changes == (Change("13", Grade.PARTLY_MET, Grade.MET),)


def test_a_grade_can_be_supposed_and_events_add_up() -> None:
    found = suppose(CLEAN, [GradeAt("2", Grade.NOT_MET), OneMorePenalty(DAY, Decimal(60_000))])

    assert [change.no for change in found.changes] == ["2", "18"]


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(UnknownItem, match="unknown indicator 'luck'"):
        suppose(CLEAN, [IndicatorAt("luck", Fraction(1))])


@law(
    st.integers(0, 400_000),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["", "solid_waste", "export_control"]),
    st.booleans(),
    cases=40,
)
def test_a_further_penalty_never_helps(amount: int, on: date, cause: str, with_records: bool) -> None:
    earlier = clean_records(customs_penalties=table(Penalty("p", date(2026, 2, 1), Decimal(60_000))))
    situation = Situation(ADVANCED, DAY, {}, facts=earlier if with_records else None)

    found = suppose(situation, [OneMorePenalty(on, Decimal(amount), frozenset(filter(None, [cause])))])

    if on <= DAY:
        assert not any(change.before is Grade.NOT_MET for change in found.changes)
