"""Records that settle an item partly, or are only a lead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from selfassess.facts import (
    Certificate,
    DeclarationMonth,
    Leaver,
    Listing,
    Obligation,
    Occurrence,
    RecordFacts,
    Row,
)
from selfassess.loader import get_standard
from tests.selfassess.assess_cases import DAY, clean_records, table
from tests.selfassess.assess_records import (
    ADV,
    CERT,
    MET,
    NOT_MET,
    OLD,
    OLD_SINGLE,
    ONE_YEAR_IN,
    ONE_YEAR_OUT,
    SINGLE,
    TWO_YEARS_IN,
    TWO_YEARS_OUT,
    crimes,
    found,
    national,
    notified,
    order,
    party,
    penalties,
    posts,
    recovered,
    with_rows,
)

FAILS_ONLY = [
    (ADV, "17", crimes("intentional_crime", TWO_YEARS_OUT), crimes("intentional_crime", TWO_YEARS_IN)),
    (CERT, "15", crimes("negligence", DAY), crimes("intentional_crime", ONE_YEAR_IN)),
    (OLD, "15", clean_records(), crimes("intentional_crime", ONE_YEAR_IN)),
    (ADV, "33", order("correction", DAY), order("correction", DAY - timedelta(1))),
    (
        CERT,
        "31",
        order("correction", date(2025, 9, 1), ONE_YEAR_OUT),
        order("correction", date(2025, 9, 1), ONE_YEAR_IN),
    ),
    (OLD, "26", order("return", date(2026, 1, 1)), order("correction", date(2026, 1, 1))),
    (
        ADV,
        "34",
        order("return", date(2026, 1, 1), date(2026, 1, 1)),
        order("return", date(2026, 1, 1), date(2026, 1, 2)),
    ),
    (CERT, "32", order("correction", date(2026, 1, 1)), order("risk_reduction", date(2026, 1, 1))),
    (OLD, "27", clean_records(), order("destruction", date(2026, 1, 1))),
    (ADV, "37", posts(party("regular")), posts(party("discredited"))),
    (CERT, "35", posts(party("discredited", to_day=DAY - timedelta(1))), posts(party("discredited", to_day=DAY))),
    (
        SINGLE,
        "SP12",
        notified(1, "animal_plant_quarantine", TWO_YEARS_OUT),
        notified(1, "animal_plant_quarantine", TWO_YEARS_IN),
    ),
    (SINGLE, "SP18", notified(1, "food_cosmetics", TWO_YEARS_OUT), notified(1, "food_cosmetics", TWO_YEARS_IN)),
    (SINGLE, "SP22", notified(0, "commodity_inspection"), notified(1, "commodity_inspection")),
    (OLD_SINGLE, "6", notified(2, "food"), notified(3, "food")),
    (OLD_SINGLE, "7", notified(1, "food"), notified(1, "food", severe=True)),
]


@pytest.mark.parametrize(("standard", "no", "open_", "bad"), FAILS_ONLY)
def test_a_partial_record_can_fail_an_item_but_not_clear_it(
    standard: str, no: str, open_: RecordFacts, bad: RecordFacts
) -> None:
    cleared = found(standard, no, open_)

    assert cleared.grade is None
    assert cleared.still_needed is not None
    assert found(standard, no, bad).grade is NOT_MET


MET_ONLY = [
    (
        ADV,
        "8",
        Certificate("k", "erp_customs_link", date(2020, 1, 1), DAY),
        Certificate("k", "erp_customs_link", date(2020, 1, 1), DAY - timedelta(1)),
    ),
    (CERT, "8", Certificate("k", "e_commerce_platform_link", DAY), Certificate("k", "iso27001", DAY)),
    (ADV, "9", Certificate("k", "iso27001", DAY), Certificate("k", "iso27001", DAY + timedelta(1))),
    (
        ADV,
        "9",
        Certificate("k", "mlps_report", DAY, None, "符合"),
        Certificate("k", "mlps_report", DAY, None, "基本符合"),
    ),
]


@pytest.mark.parametrize(("standard", "no", "valid", "invalid"), MET_ONLY)
def test_a_certificate_makes_the_item_deemed_met_and_its_absence_fails_nothing(
    standard: str, no: str, valid: Certificate, invalid: Certificate
) -> None:
    without = found(standard, no, clean_records(certificates=table(invalid)))

    assert found(standard, no, clean_records(certificates=table(valid))).grade is MET
    assert without.grade is None
    assert without.still_needed is not None


@pytest.mark.parametrize(
    ("standard", "no", "last"), [(ADV, "21", ONE_YEAR_IN), (CERT, "19", TWO_YEARS_IN), (OLD, "19", ONE_YEAR_IN)]
)
def test_a_declaration_in_the_window_shows_activity_and_none_leaves_it_open(standard: str, no: str, last: date) -> None:
    whole_month_in = (last.replace(day=1) + timedelta(days=40)).replace(day=1)
    whole_month_out = (last.replace(day=1) - timedelta(days=1)).replace(day=1)

    def month(first: date) -> RecordFacts:
        return clean_records(declaration_volume=table(DeclarationMonth("m", first, declarations=1)))

    assert found(standard, no, month(whole_month_in)).grade is MET
    assert found(standard, no, month(last.replace(day=1))).grade is None
    out = found(standard, no, month(whole_month_out))
    assert out.grade is None
    assert out.still_needed is not None


LEADS = [
    (ADV, "28", "statistics_action", "inflated_trade"),
    (CERT, "26", "statistics_action", "inflated_trade"),
    *[
        (ADV, no, "customs_internal_findings", kind)
        for no, kind in [
            ("29", "false_statement"),
            ("30", "obstruction"),
            ("31", "tampering"),
            ("32", "refusal_or_delay"),
            ("36", "bribery"),
        ]
    ],
    *[
        (CERT, no, "customs_internal_findings", kind)
        for no, kind in [
            ("27", "false_statement"),
            ("28", "obstruction"),
            ("29", "tampering"),
            ("30", "refusal_or_delay"),
            ("34", "bribery"),
        ]
    ],
    *[
        (OLD, no, "customs_internal_findings", kind)
        for no, kind in [
            ("21", "bribery"),
            ("22", "false_statement"),
            ("23", "obstruction"),
            ("24", "tampering"),
            ("25", "refusal_or_delay"),
            ("29", "concealment"),
        ]
    ],
    (SINGLE, "SP5", "customs_internal_findings", "fraudulent_approval"),
    (SINGLE, "SP10", "customs_internal_findings", "qualification_cancelled"),
]


@pytest.mark.parametrize(("standard", "no", "record", "kind"), LEADS)
def test_a_finding_is_a_lead_and_never_a_grade(standard: str, no: str, record: str, kind: str) -> None:
    months = get_standard(standard).items[no].lookback.months  # type: ignore[union-attr]
    first = ONE_YEAR_IN if months == 12 else TWO_YEARS_IN

    inside = found(standard, no, with_rows(record)(Occurrence("f", kind, first)))
    outside = found(standard, no, with_rows(record)(Occurrence("f", kind, first - timedelta(1))))
    other = found(standard, no, with_rows(record)(Occurrence("f", "something_else", first)))

    assert (inside.grade, inside.suggests) == (None, NOT_MET)
    assert (outside.grade, outside.suggests) == (None, None)
    assert other.suggests is None


OWN_REGISTERS = [
    (
        ADV,
        "16",
        "registration_info",
        Obligation("r", "registration_change", TWO_YEARS_OUT, TWO_YEARS_IN),
        Obligation("r", "registration_change", DAY, DAY),
    ),
    (
        CERT,
        "14",
        "registration_info",
        Obligation("r", "registration_change", date(2026, 1, 1)),
        Obligation("r", "registration_change", date(2025, 1, 1), ONE_YEAR_OUT),
    ),
    (
        ADV,
        "35",
        "undertakings_register",
        Obligation("u", "undertaking", date(2026, 1, 1)),
        Obligation("u", "undertaking", DAY),
    ),
    (
        CERT,
        "33",
        "undertakings_register",
        Obligation("u", "undertaking", ONE_YEAR_OUT, ONE_YEAR_IN),
        Obligation("u", "undertaking", date(2025, 1, 1), ONE_YEAR_OUT),
    ),
    (ADV, "52", "hr_leaver_list", Leaver("l", date(2026, 1, 1), None), Leaver("l", date(2026, 1, 1), date(2026, 1, 1))),
]


@pytest.mark.parametrize(("standard", "no", "record", "missed", "kept"), OWN_REGISTERS)
def test_a_missed_duty_in_a_register_is_a_lead(standard: str, no: str, record: str, missed: Row, kept: Row) -> None:
    assert found(standard, no, with_rows(record)(missed)).suggests is NOT_MET
    assert found(standard, no, with_rows(record)(kept)).suggests is None
    assert found(standard, no, with_rows(record)(missed)).grade is None


SHOWN = [
    (ADV, "1", posts(party("regular")), "1"),
    (CERT, "1", posts(party("regular", to_day=date(2025, 1, 1))), "0"),
    (ADV, "4", with_rows("customs_inspection_notices")(Occurrence("n", "audit", DAY)), "1"),
    (CERT, "4", with_rows("customs_inspection_notices")(Occurrence("n", "audit", DAY + timedelta(1))), "0"),
    (ADV, "5", clean_records(), "0/0"),
    (CERT, "5", clean_records(), "0/0"),
    (ADV, "11", penalties(1, 2), "2"),
    (CERT, "10", penalties(1), "1"),
    (OLD, "12", penalties(1, 2, 3), "3"),
    (OLD, "28", recovered(5_000), "5,000元"),
    (ADV, "66", with_rows("credit_level_partners")(party("discredited")), "1"),
    (CERT, "54", with_rows("credit_level_partners")(party("advanced_certified")), "0"),
    (ADV, "72", national(Listing("l", "statistics_sample", DAY)), "是"),
    (CERT, "60", national(), "否"),
]


@pytest.mark.parametrize(("standard", "no", "facts", "value"), SHOWN)
def test_what_people_must_judge_is_only_shown(standard: str, no: str, facts: RecordFacts, value: str) -> None:
    proposal = found(standard, no, facts)

    assert proposal.shown[-1].value == value
    assert (proposal.grade, proposal.suggests) == (None, None)
    assert proposal.still_needed is not None
