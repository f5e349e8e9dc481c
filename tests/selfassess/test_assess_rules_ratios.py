"""Exceptions for large traders, months at the edge of a window, records that start late."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfassess.facts import (
    DeclarantCount,
    DeclarationMonth,
    ForeignNotification,
    Penalty,
    RecordFacts,
    TaxRecovery,
)
from selfassess.grades import Grade
from tests.selfassess.assess_cases import DAY, clean_records, read, table
from tests.selfassess.assess_records import ADV, CERT, MET, NOT_MET, OLD, OLD_SINGLE, SINGLE, declarants, party


def test_the_exception_for_large_traders_reaches_exactly_one_ten_thousandth() -> None:
    months = [DeclarationMonth(f"m{n}", date(2025, n, 1), 100, trade_value=Decimal(100_000_000)) for n in range(1, 13)]
    large = {"declaration_volume": table(*months)}

    def penalised(amount: int) -> RecordFacts:
        return clean_records(customs_penalties=table(Penalty("p", DAY, Decimal(amount))), **large)

    assert read(ADV, "18", penalised(120_000)).grade is MET
    assert read(ADV, "18", penalised(120_001)).grade is NOT_MET
    assert read(OLD, "16", penalised(120_000)).grade is NOT_MET


def test_a_thousandth_of_the_documents_counts_instead_of_the_number() -> None:
    months = [DeclarationMonth(f"m{n}", date(2025, n, 1), 1, documents=1_000) for n in range(1, 13)]
    large = {"declaration_volume": table(*months)}

    def penalised(times: int) -> RecordFacts:
        rows = [Penalty(f"p{n}", DAY, Decimal(1)) for n in range(times)]
        return clean_records(customs_penalties=table(*rows), **large)

    assert read(ADV, "19", penalised(12)).grade is MET
    assert read(ADV, "19", penalised(13)).grade is NOT_MET


def test_last_years_trade_that_cannot_be_computed_leaves_only_the_amount() -> None:
    unknown = {"declaration_volume": table(DeclarationMonth("m", date(2025, 5, 1), 100, trade_value=None))}
    facts = clean_records(customs_penalties=table(Penalty("p", DAY, Decimal(60_000))), **unknown)

    proposal = read(ADV, "18", facts)

    assert proposal.grade is NOT_MET
    assert "算不出来" in proposal.remarks[0].zh


def test_last_years_trade_that_was_not_read_leaves_a_large_penalty_open() -> None:
    facts = RecordFacts(customs_penalties=table(Penalty("p", DAY, Decimal(60_000))))

    assert read(ADV, "18", facts).grade is None


def test_recovered_tax_may_reach_a_thousandth_of_last_years_tax() -> None:
    months = [DeclarationMonth(f"m{n}", date(2025, n, 1), 1, tax_paid=Decimal(100_000_000)) for n in range(1, 13)]
    large = {"declaration_volume": table(*months)}

    def recover(*amounts: int) -> RecordFacts:
        rows = [TaxRecovery(f"t{n}", DAY, Decimal(amount)) for n, amount in enumerate(amounts)]
        return clean_records(tax_recovery=table(*rows), **large)

    assert read(ADV, "24", recover(1_100_000, 100_000)).grade is MET
    assert read(ADV, "24", recover(1_100_000, 100_001)).grade is NOT_MET
    assert read(ADV, "24", recover(1_200_001)).grade is NOT_MET
    assert read(CERT, "22", recover(1_200_000, 1_200_000, 1_200_000)).grade is MET
    assert read(CERT, "22", recover(*[150_000] * 4)).grade is NOT_MET


def test_a_small_broker_may_be_penalised_once_in_ten_thousand_documents() -> None:
    months = [DeclarationMonth(f"m{n}", date(2025, n, 1), 1_000) for n in range(1, 11)]

    def penalised(*amounts: int) -> Grade | None:
        rows = [Penalty(f"p{n}", DAY, Decimal(amount)) for n, amount in enumerate(amounts)]
        facts = clean_records(customs_penalties=table(*rows), declaration_volume=table(*months))
        return read(OLD_SINGLE, "10", facts, enterprise_type="customs_broker").grade

    assert penalised(10_000) is MET
    assert penalised(10_001) is NOT_MET
    assert penalised(1, 1) is NOT_MET


def test_a_month_partly_inside_the_window_decides_nothing_by_itself() -> None:
    edge = DeclarationMonth("edge", date(2025, 11, 1), 10, inspected=10, found=1)
    inside = DeclarationMonth("inside", date(2026, 3, 1), 50, inspected=30, found=5)

    unclear = read(ADV, "23", clean_records(declaration_volume=table(edge, inside)))
    on_the_first = read(ADV, "23", clean_records(declaration_volume=table(edge, inside)), date(2026, 10, 31))

    assert unclear.grade is None
    assert "首尾月份" in unclear.remarks[0].zh
    assert on_the_first.grade is NOT_MET


def test_a_record_that_starts_inside_the_window_can_fail_but_not_clear() -> None:
    late = table(complete_from=date(2026, 1, 1))
    failing = table(Penalty("p", DAY, Decimal(90_000)), complete_from=date(2026, 1, 1))

    cleared = read(ADV, "18", clean_records(customs_penalties=late))

    assert cleared.grade is None
    assert cleared.still_needed is not None
    assert "2026-01-01" in cleared.still_needed.zh
    assert read(ADV, "18", clean_records(customs_penalties=failing)).grade is NOT_MET


def test_a_review_looks_at_the_whole_review_cycle_for_the_broker_bonus() -> None:
    facts = clean_records(credit_level_brokers=table(party("regular", to_day=date(2024, 1, 31))))

    applicant = read(ADV, "73", facts)
    review = read(ADV, "73", facts, stage="under_review", review_cycle_start=date(2023, 5, 1))

    assert applicant.grade is None
    assert review.grade is NOT_MET
    assert read(ADV, "73", facts, stage="under_review").unavailable == "review_cycle_start"


def test_fewer_than_five_declarants_make_the_bonus_not_applicable() -> None:
    assert read(ADV, "74", declarants(DeclarantCount("d", 4, 4, 4, 4))).grade is Grade.NOT_APPLICABLE


def test_an_open_cause_of_a_foreign_notification_is_not_counted_as_own() -> None:
    row = ForeignNotification("n", "commodity_inspection", DAY, own_fault=None)

    assert read(SINGLE, "SP22", clean_records(foreign_notifications=table(row))).grade is None
