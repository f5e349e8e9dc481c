"""Thresholds and pass logic applied to figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.logic import NOT_COMPUTABLE, Figure, Holds, check, judge
from tests.selfassess.laws import law

ADVANCED = get_standard("advanced-2026").items
CERTIFIED = get_standard("certified-2026").items
ALL_SOLVENT: dict[str, Figure] = {
    "production_enterprise": True,
    "debt_to_asset_ratio": Fraction(85, 100),
    "cash_ratio": Fraction(1, 5),
    "operating_cash_flow_to_debt": Fraction(1, 10),
    "current_ratio": 1,
}
MISSED = dict.fromkeys(("cash_ratio", "operating_cash_flow_to_debt", "current_ratio"), Fraction(-1))


@pytest.mark.parametrize(
    ("kept", "grade"),
    [(4, Grade.MET), (3, Grade.MET), (2, Grade.MET), (1, Grade.PARTLY_MET), (0, Grade.NOT_MET)],
)
def test_solvency_follows_the_number_of_ratios_kept(kept: int, grade: Grade) -> None:
    names = ["debt_to_asset_ratio", "cash_ratio", "operating_cash_flow_to_debt", "current_ratio"]
    bad = {"debt_to_asset_ratio": Fraction(99, 100)} | MISSED
    figures = ALL_SOLVENT | {name: bad[name] for name in names[kept:]}

    assert judge(ADVANCED["13"], figures).grade is grade


def test_the_debt_limit_is_that_of_the_production_type() -> None:
    between = ALL_SOLVENT | MISSED | {"debt_to_asset_ratio": Fraction(80, 100)}

    assert judge(ADVANCED["13"], between).grade is Grade.PARTLY_MET
    assert judge(ADVANCED["13"], between | {"production_enterprise": False}).grade is Grade.NOT_MET


def test_an_unsaid_production_type_matters_only_between_the_two_limits() -> None:
    unsaid = {name: figure for name, figure in (ALL_SOLVENT | MISSED).items() if name != "production_enterprise"}

    low = judge(ADVANCED["13"], unsaid | {"debt_to_asset_ratio": Fraction(75, 100)})
    between = judge(ADVANCED["13"], unsaid | {"debt_to_asset_ratio": Fraction(76, 100)})

    assert low.grade is Grade.PARTLY_MET
    assert between.grade is None
    assert set(between.possible) == {Grade.PARTLY_MET, Grade.NOT_MET}


def test_two_known_ratios_settle_it_and_one_does_not() -> None:
    assert judge(ADVANCED["13"], {"cash_ratio": 1, "current_ratio": 1}).grade is Grade.MET
    assert judge(ADVANCED["13"], {"cash_ratio": 1}).possible == (Grade.PARTLY_MET, Grade.MET)


@pytest.mark.parametrize(
    ("opinion", "grade"),
    [
        ("unqualified", Grade.MET),
        ("qualified", Grade.PARTLY_MET),
        ("adverse", Grade.NOT_MET),
        ("disclaimer", Grade.NOT_MET),
    ],
)
def test_the_audit_opinion_decides_its_item(opinion: str, grade: Grade) -> None:
    assert judge(ADVANCED["12"], {"audit_opinion": opinion}).grade is grade
    assert judge(CERTIFIED["11"], {"audit_opinion": opinion}).grade is grade


def test_the_2022_standard_does_not_say_what_a_disclaimer_leads_to() -> None:
    items = get_standard("general-2022-106").items

    assert judge(items["13"], {"audit_opinion": "disclaimer"}).grade is None
    assert judge(items["13"], {"erp_linked_and_balance_sheet_provided": True}).grade is Grade.MET


def test_an_alternative_that_cannot_be_computed_is_ignored_and_an_unknown_one_is_not() -> None:
    large: dict[str, Figure] = {"single_customs_penalty_amount": 60_000}
    ratio = "single_penalty_to_previous_year_trade_value"

    assert judge(ADVANCED["18"], large | {ratio: NOT_COMPUTABLE}).grade is Grade.NOT_MET
    assert judge(ADVANCED["18"], large).grade is None
    assert judge(ADVANCED["18"], large | {ratio: Fraction(1, 10_000)}).grade is Grade.MET
    assert judge(ADVANCED["18"], large | {ratio: Fraction(10_001, 100_000_000)}).grade is Grade.NOT_MET


def test_the_operating_margin_also_needs_a_profit() -> None:
    threshold = ADVANCED["14"].threshold("operating_margin")

    assert check(threshold, {"operating_profit_margin": Fraction(1, 100), "operating_profit": 1}) is Holds.YES
    assert check(threshold, {"operating_profit_margin": Fraction(1, 100), "operating_profit": -1}) is Holds.NO
    assert check(threshold, {"operating_profit_margin": Fraction(1, 100)}) is Holds.UNKNOWN


@pytest.mark.parametrize(
    ("letter", "grade"),
    [
        ("A", Grade.MET),
        ("B", Grade.MET),
        ("b+", Grade.MET),
        ("C", Grade.NOT_MET),
        ("D", Grade.NOT_MET),
        ("B-", None),
        ("", None),
        ("优", None),
    ],
)
def test_a_public_rating_of_b_or_better_is_met(letter: str, grade: Grade | None) -> None:
    assert judge(ADVANCED["40"], {"public_credit_rating": letter}).grade is grade


@pytest.mark.parametrize(
    ("figures", "grade"),
    [
        ({"declarant_headcount": 4}, Grade.NOT_APPLICABLE),
        ({"declarant_headcount": 5, "share_junior_passed": 1}, Grade.MET),
        (
            {"declarant_headcount": 10, "share_intermediate_passed": Fraction(3, 10), "share_junior_passed": 0},
            Grade.MET,
        ),
        (
            {
                "declarant_headcount": 10,
                "share_junior_passed": Fraction(9, 10),
                "share_intermediate_passed": Fraction(29, 100),
                "share_senior_passed": Fraction(9, 100),
                "senior_passed_count": 1,
            },
            Grade.NOT_MET,
        ),
    ],
)
def test_the_competence_bonus_has_three_ways_and_a_gate(figures: dict[str, Figure], grade: Grade) -> None:
    assert judge(ADVANCED["74"], figures).grade is grade


def test_an_item_deemed_met_needs_nothing_else() -> None:
    assert judge(ADVANCED["9"], {"iso27001_certificate_valid": True}).grade is Grade.MET
    assert judge(ADVANCED["9"], {"iso27001_certificate_valid": False}).grade is None


@law(st.dictionaries(st.sampled_from(sorted(ALL_SOLVENT)), st.fractions(-1, 2), max_size=5), st.data())
def test_a_further_known_figure_only_narrows_what_is_possible(
    figures: dict[str, Fraction], data: st.DataObject
) -> None:
    known: dict[str, Figure] = {name: value for name, value in figures.items() if name != "production_enterprise"}
    name = data.draw(st.sampled_from(sorted(ALL_SOLVENT)))
    more: Figure = data.draw(st.booleans()) if name == "production_enterprise" else data.draw(st.fractions(-1, 2))

    before = set(judge(ADVANCED["13"], known).possible)
    after = set(judge(ADVANCED["13"], known if name in known else known | {name: more}).possible)

    assert after <= before
    assert after
