"""Records that settle an item: a passing and a failing example at the exact boundary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from selfassess.facts import (
    DeclarantCount,
    Listing,
    OverduePayment,
    RecordFacts,
)
from tests.selfassess.assess_cases import DAY, clean_records
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
    branches,
    brokers,
    cancelled,
    declarants,
    found,
    inspected,
    investors,
    national,
    on_list,
    overdue,
    party,
    penalties,
    principals,
    published,
    quarantine,
    rated,
    recovered,
    status,
)

CASES: list[tuple[str, str, RecordFacts, RecordFacts]] = [
    # 100 million yuan of trade a year: the 1/10,000 exception reaches to 10,000, below either limit.
    (ADV, "18", penalties(50_000), penalties(50_001)),
    (CERT, "16", penalties(100_000), penalties(100_001)),
    (OLD, "16", penalties(50_000), penalties(50_001)),
    (ADV, "18", penalties(60_000, on=ONE_YEAR_OUT), penalties(60_000, on=ONE_YEAR_IN)),
    (ADV, "19", penalties(1, 1, 1), penalties(1, 1, 1, 1)),
    (ADV, "19", penalties(100_000), penalties(100_001)),
    (CERT, "17", penalties(*[1] * 6), penalties(*[1] * 7)),
    (CERT, "17", penalties(300_000), penalties(300_001)),
    (OLD, "17", penalties(*[1] * 5), penalties(*[1] * 6)),
    (OLD, "17", penalties(100_000), penalties(100_001)),
    (
        ADV,
        "20",
        penalties(1, on=TWO_YEARS_OUT, causes="export_control"),
        penalties(1, on=TWO_YEARS_IN, causes="export_control"),
    ),
    (
        CERT,
        "18",
        penalties(1, on=ONE_YEAR_OUT, causes="solid_waste"),
        penalties(1, on=ONE_YEAR_IN, causes="solid_waste"),
    ),
    (OLD, "18", penalties(1, causes="export_control"), penalties(1, causes="solid_waste")),
    (
        ADV,
        "22",
        overdue(OverduePayment("o", date(2024, 10, 1), TWO_YEARS_OUT)),
        overdue(OverduePayment("o", date(2024, 10, 1), TWO_YEARS_IN)),
    ),
    (
        CERT,
        "20",
        overdue(OverduePayment("o", date(2025, 10, 1), ONE_YEAR_OUT)),
        overdue(OverduePayment("o", date(2025, 10, 1), ONE_YEAR_IN)),
    ),
    (
        ADV,
        "22",
        overdue(OverduePayment("o", date(2026, 6, 1), date(2026, 6, 1))),
        overdue(OverduePayment("o", date(2026, 6, 1), date(2026, 6, 2))),
    ),
    (
        ADV,
        "22",
        overdue(OverduePayment("o", date(2020, 6, 1), None, deferral_agreed=True)),
        overdue(OverduePayment("o", date(2020, 6, 1), None)),
    ),
    (
        OLD,
        "20",
        overdue(OverduePayment("o", date(2026, 6, 1), DAY - timedelta(1))),
        overdue(OverduePayment("o", date(2026, 6, 1), None)),
    ),
    (ADV, "23", inspected(50, 5, 1), inspected(50, 6, 1)),
    (ADV, "23", inspected(50, 5, 1), inspected(50, 5, 2)),
    (ADV, "23", inspected(100, 10, 2), inspected(100, 11, 2)),
    (ADV, "23", inspected(100, 10, 2), inspected(100, 10, 3)),
    (ADV, "23", inspected(60, 6, 1), inspected(50, 6, 1)),
    (CERT, "21", inspected(50, 5, 2), inspected(50, 5, 3)),
    (CERT, "21", inspected(100, 10, 3), inspected(100, 10, 4)),
    (ADV, "24", recovered(100_000), recovered(100_001)),
    (ADV, "24", recovered(60_000, 40_000), recovered(60_000, 40_001)),
    (ADV, "24", recovered(500_000, on=ONE_YEAR_OUT), recovered(500_000, on=ONE_YEAR_IN)),
    (CERT, "22", recovered(300_000), recovered(300_001)),
    (
        ADV,
        "25",
        brokers(party("discredited", held_to=TWO_YEARS_OUT)),
        brokers(party("discredited", held_to=TWO_YEARS_IN)),
    ),
    (
        ADV,
        "25",
        brokers(party("discredited", to_day=TWO_YEARS_OUT)),
        brokers(party("seriously_discredited", to_day=TWO_YEARS_IN)),
    ),
    (CERT, "23", brokers(party("regular")), brokers(party("discredited"))),
    (ADV, "26", principals(party("regular")), principals(party("discredited"))),
    (
        CERT,
        "24",
        principals(party("discredited", held_to=ONE_YEAR_OUT)),
        principals(party("discredited", held_to=ONE_YEAR_IN)),
    ),
    (ADV, "27", on_list("abnormal_list", TWO_YEARS_OUT), on_list("abnormal_list", TWO_YEARS_IN)),
    (CERT, "25", on_list("abnormal_list", ONE_YEAR_OUT), on_list("abnormal_list", None)),
    (ADV, "38", branches(party("certified")), branches(party("discredited"))),
    (
        CERT,
        "36",
        branches(party("discredited", held_to=DAY - timedelta(1))),
        branches(party("discredited", held_to=DAY)),
    ),
    (ADV, "39", investors(party("regular")), investors(party("discredited"))),
    (CERT, "37", investors(), investors(party("seriously_discredited"))),
    (ADV, "40", rated(("B", DAY)), rated(("C", DAY))),
    (CERT, "38", rated(("D", date(2025, 1, 1)), ("A", DAY)), rated(("D", DAY))),
    (ADV, "41", published("investor", "serious_discredit"), published("related_person", "serious_discredit")),
    (
        CERT,
        "39",
        published("enterprise", "serious_discredit", date(2025, 1, 1), DAY - timedelta(1)),
        published("enterprise", "serious_discredit", date(2025, 1, 1), DAY),
    ),
    (ADV, "42", published("enterprise", "serious_discredit"), published("investor", "serious_discredit")),
    (CERT, "40", clean_records(), published("investor", "serious_discredit")),
    (ADV, "43", published("related_person", "lowest_grade"), published("investor", "lowest_grade")),
    (CERT, "41", clean_records(), published("enterprise", "lowest_grade")),
    (
        OLD,
        "30",
        published("enterprise", "joint_sanction", date(2020, 1, 1), ONE_YEAR_OUT),
        published("enterprise", "joint_sanction", date(2020, 1, 1), ONE_YEAR_IN),
    ),
    (ADV, "15", status((False, DAY)), status((True, DAY))),
    (CERT, "13", status((True, date(2025, 1, 1)), (False, DAY)), status((True, DAY))),
    (
        ADV,
        "69",
        national(Listing("l", "green_supply_chain", DAY)),
        national(Listing("l", "green_factory", date(2020, 1, 1), DAY - timedelta(1))),
    ),
    (CERT, "57", national(Listing("l", "green_factory", DAY)), national()),
    (ADV, "70", national(Listing("l", "little_giant", DAY)), national(Listing("l", "green_factory", DAY))),
    (CERT, "58", national(Listing("l", "little_giant", DAY)), national()),
    (ADV, "71", national(Listing("l", "technology_centre", DAY)), national()),
    (CERT, "59", national(Listing("l", "technology_centre", DAY)), national()),
    (
        ADV,
        "73",
        brokers(party("certified"), party("advanced_certified")),
        brokers(party("certified"), party("regular")),
    ),
    (
        CERT,
        "61",
        brokers(party("certified", held_from=ONE_YEAR_IN)),
        brokers(party("certified", held_from=ONE_YEAR_IN + timedelta(1))),
    ),
    (ADV, "74", declarants(DeclarantCount("d", 10, 0, 3, 0)), declarants(DeclarantCount("d", 10, 9, 2, 0))),
    (CERT, "62", declarants(DeclarantCount("d", 20, 0, 0, 1)), declarants(DeclarantCount("d", 21, 20, 4, 1))),
    (SINGLE, "SP2", penalties(1, causes="health_quarantine"), penalties(1, 1, causes="health_quarantine")),
    (
        SINGLE,
        "SP6",
        penalties(1, 1, causes="animal_plant_quarantine"),
        penalties(1, 1, 1, causes="animal_plant_quarantine"),
    ),
    (
        SINGLE,
        "SP9",
        penalties(1, on=TWO_YEARS_OUT, causes="animal_plant_forgery"),
        penalties(1, on=TWO_YEARS_IN, causes="animal_plant_forgery"),
    ),
    (SINGLE, "SP13", penalties(1, 1, causes="food_cosmetics"), penalties(1, 1, 1, causes="food_cosmetics")),
    (SINGLE, "SP16", penalties(1, causes="food_cosmetics"), penalties(1, causes="food_cosmetics_forgery")),
    (SINGLE, "SP19", penalties(1, 1, causes="commodity_inspection"), penalties(1, 1, 1, causes="commodity_inspection")),
    (SINGLE, "SP3", quarantine(3, 10, "health_quarantine", "own"), quarantine(4, 399, "health_quarantine", "own")),
    (SINGLE, "SP3", quarantine(4, 400, "health_quarantine", "own"), quarantine(5, 499, "health_quarantine", "own")),
    (
        SINGLE,
        "SP7",
        quarantine(6, 120, "animal_plant_quarantine", "own"),
        quarantine(6, 119, "animal_plant_quarantine", "own"),
    ),
    (SINGLE, "SP14", quarantine(4, 200, "food_cosmetics", "own"), quarantine(4, 199, "food_cosmetics", "own")),
    (
        SINGLE,
        "SP20",
        quarantine(6, 200, "commodity_inspection", "own"),
        quarantine(6, 199, "commodity_inspection", "own"),
    ),
    (SINGLE, "SP11", cancelled(TWO_YEARS_OUT), cancelled(TWO_YEARS_IN)),
    (SINGLE, "SP17", on_list("food_bad_record_list", TWO_YEARS_OUT), on_list("food_bad_record_list", TWO_YEARS_IN)),
    (OLD_SINGLE, "8", on_list("food_bad_record_list", ONE_YEAR_OUT), on_list("food_bad_record_list", ONE_YEAR_IN)),
]
BROKER_CASES = [
    (SINGLE, "SP4", quarantine(4, 400, "health_quarantine", "agent"), quarantine(4, 399, "health_quarantine", "agent")),
    (
        SINGLE,
        "SP8",
        quarantine(5, 1, "animal_plant_quarantine", "agent"),
        quarantine(6, 119, "animal_plant_quarantine", "agent"),
    ),
    (SINGLE, "SP15", quarantine(3, 3, "food_cosmetics", "agent"), quarantine(4, 199, "food_cosmetics", "agent")),
    (
        SINGLE,
        "SP21",
        quarantine(3, 3, "commodity_inspection", "agent"),
        quarantine(4, 133, "commodity_inspection", "agent"),
    ),
    # 1,200 declarations a year: any penalty exceeds 1/10,000.
    (OLD_SINGLE, "10", penalties(), penalties(1)),
]


@pytest.mark.parametrize(("standard", "no", "good", "bad"), CASES)
def test_the_record_settles_the_item_at_its_boundary(
    standard: str, no: str, good: RecordFacts, bad: RecordFacts
) -> None:
    assert found(standard, no, good).grade is MET
    assert found(standard, no, bad).grade is NOT_MET


@pytest.mark.parametrize(("standard", "no", "good", "bad"), BROKER_CASES)
def test_the_record_settles_the_items_of_a_broker(standard: str, no: str, good: RecordFacts, bad: RecordFacts) -> None:
    assert found(standard, no, good, "customs_broker").grade is MET
    assert found(standard, no, bad, "customs_broker").grade is NOT_MET
