"""When failing items pass by themselves."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st

from selfassess.facts import (
    CreditEntry,
    DeclarationMonth,
    LevelPeriod,
    Listing,
    Obligation,
    OverduePayment,
    Party,
    Penalty,
    RecordFacts,
    Row,
    TaxRecovery,
)
from selfassess.forecast import Forecast, fails_by_record, forecast
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.prefill import read_records
from selfassess.profile import Profile
from selfassess.rules.reading import Case
from tests.selfassess.assess_cases import DAY, clean_records, read, table
from tests.selfassess.laws import law

ADVANCED = get_standard("advanced-2026")
_AMOUNTS = [Decimal(amount) for amount in (1, 30_000, 50_001, 100_001, 250_000)]


def _listed(day: date, length: int) -> Listing:
    return Listing("a", "abnormal_list", day, min(DAY, day + timedelta(days=length)))


def _late(day: date, length: int) -> OverduePayment:
    return OverduePayment("o", day, day + timedelta(days=length))


def _published(day: date, length: int) -> CreditEntry:
    return CreditEntry("c", "enterprise", "serious_discredit", day, day + timedelta(days=length))


def _ahead(facts: RecordFacts, standard_id: str = "advanced-2026", day: date = DAY) -> Forecast:
    return forecast(get_standard(standard_id), facts, Profile(), day)


def _days(found: Forecast) -> dict[str, date | None]:
    return {entry.no: entry.passes_on for entry in found.items}


def test_a_clean_record_passes_today() -> None:
    found = _ahead(clean_records())

    assert found.items == ()
    assert found.all_pass_on == DAY


def test_a_penalty_stops_counting_exactly_one_year_later() -> None:
    facts = clean_records(customs_penalties=table(Penalty("p", date(2026, 3, 5), Decimal(60_000))))

    found = _ahead(facts)

    assert _days(found) == {"18": date(2027, 3, 5)}
    assert read("advanced-2026", "18", facts, date(2027, 3, 4)).grade is Grade.NOT_MET
    assert read("advanced-2026", "18", facts, date(2027, 3, 5)).grade is Grade.MET


def test_a_leap_day_penalty_stops_counting_on_the_first_of_march() -> None:
    facts = clean_records(customs_penalties=table(Penalty("p", date(2024, 2, 29), Decimal(60_000))))

    assert _days(_ahead(facts, "general-2022-106", date(2024, 6, 1))) == {"16": date(2025, 3, 1)}


def test_the_sum_passes_when_enough_of_it_has_aged_out() -> None:
    rows = [Penalty(f"p{month}", date(2026, month, 1), Decimal(45_000)) for month in (2, 5, 8)]

    found = _ahead(clean_records(customs_penalties=table(*rows)))

    assert _days(found) == {"19": date(2027, 2, 1)}


def test_all_items_pass_together_on_the_last_day_and_the_timeline_tells_each() -> None:
    facts = clean_records(
        customs_penalties=table(Penalty("p", date(2026, 3, 5), Decimal(60_000))),
        abnormal_list=table(Listing("a", "abnormal", date(2025, 1, 1), date(2025, 3, 1))),
        tax_recovery=table(TaxRecovery("t", date(2026, 6, 10), Decimal(200_000))),
        overdue_payments=table(OverduePayment("o", date(2025, 6, 1), date(2025, 6, 15))),
    )

    found = _ahead(facts)

    assert [(event.day, event.no) for event in found.timeline] == [
        (date(2027, 3, 1), "27"),
        (date(2027, 3, 5), "18"),
        (date(2027, 6, 10), "24"),
        (date(2027, 6, 15), "22"),
    ]
    assert found.all_pass_on == date(2027, 6, 15)


def test_the_certified_standard_forgets_earlier() -> None:
    facts = clean_records(abnormal_list=table(Listing("a", "abnormal", date(2026, 1, 1), date(2026, 2, 1))))

    assert _days(_ahead(facts)) == {"27": date(2028, 2, 1)}
    assert _days(_ahead(facts, "certified-2026")) == {"25": date(2027, 2, 1)}


def test_what_is_still_open_does_not_pass_with_time() -> None:
    facts = clean_records(
        overdue_payments=table(OverduePayment("o", date(2026, 1, 1), None)),
        customs_rectification_orders=table(Obligation("r", "correction", date(2026, 1, 1))),
        credit_level_branches=table(Party("b", "branch", (LevelPeriod("discredited", date(2025, 1, 1)),))),
    )

    found = _ahead(facts)

    assert _days(found) == {"22": None, "33": None, "38": None}
    assert found.all_pass_on is None
    assert "先处理" in found.items[0].reason.zh


def test_a_publication_with_an_end_passes_the_day_after_it() -> None:
    entry = CreditEntry("c", "enterprise", "serious_discredit", date(2026, 1, 1), date(2026, 12, 31))

    assert _days(_ahead(clean_records(creditchina=table(entry)))) == {"41": date(2027, 1, 1)}


def test_a_rate_can_get_worse_again_when_good_months_age_out() -> None:
    months = [
        DeclarationMonth("bad", date(2026, 1, 1), 1, inspected=6, found=6),
        DeclarationMonth("good", date(2026, 2, 1), 1, inspected=49, found=0),
        DeclarationMonth("later", date(2026, 9, 1), 1, inspected=6, found=6),
    ]
    facts = clean_records(declaration_volume=table(*months))

    item = next(entry for entry in _ahead(facts).items if entry.no == "23")

    assert item.passes_on is not None
    assert item.fails_again_on is not None
    assert item.passes_on < item.fails_again_on


def test_trade_and_last_years_figures_are_taken_as_they_are() -> None:
    months = [DeclarationMonth(f"m{n}", date(2025, n, 1), 1, trade_value=Decimal(100_000_000)) for n in range(1, 13)]
    facts = clean_records(
        declaration_volume=table(*months),
        customs_penalties=table(Penalty("p", date(2026, 12, 1), Decimal(120_001))),
    )

    found = _ahead(facts, day=date(2026, 12, 15))

    assert _days(found)["18"] == date(2027, 12, 1)
    assert "沿用现有数字" in found.assumption.zh


@law(st.lists(st.tuples(st.dates(date(2025, 1, 1), DAY), st.integers(1, 120_000)), min_size=1, max_size=6), cases=60)
def test_the_day_found_is_the_first_one_that_passes(events: list[tuple[date, int]]) -> None:
    rows = [Penalty(f"p{n}", day, Decimal(amount)) for n, (day, amount) in enumerate(events)]
    facts = clean_records(customs_penalties=table(*rows))

    for no, day in _days(_ahead(facts)).items():
        assert day is not None
        before = read("advanced-2026", no, facts, day - timedelta(days=1)).grade
        assert before is Grade.NOT_MET
        assert read("advanced-2026", no, facts, day).grade is Grade.MET
        first_half = DAY + (day - DAY) / 2
        if first_half > DAY:
            assert read("advanced-2026", no, facts, first_half).grade is Grade.NOT_MET


_DAYS = st.dates(date(2024, 6, 1), DAY)
_FACTS = st.fixed_dictionaries(
    {
        "customs_penalties": st.lists(st.builds(Penalty, st.just("p"), _DAYS, st.sampled_from(_AMOUNTS)), max_size=4),
        "tax_recovery": st.lists(st.builds(TaxRecovery, st.just("t"), _DAYS, st.sampled_from(_AMOUNTS)), max_size=3),
        "abnormal_list": st.lists(st.builds(_listed, _DAYS, st.integers(0, 90)), max_size=2),
        "overdue_payments": st.lists(st.builds(_late, _DAYS, st.integers(1, 60)), max_size=2),
        "creditchina": st.lists(st.builds(_published, _DAYS, st.integers(0, 900)), max_size=2),
    }
)


@law(_FACTS, st.sampled_from(["advanced-2026", "certified-2026"]), cases=6)
def test_the_forecast_is_what_looking_at_every_day_would_find(rows: dict[str, list[Row]], standard_id: str) -> None:
    facts = clean_records(**{name: table(*listed) for name, listed in rows.items()})

    found = _ahead(facts, standard_id)

    days = [DAY + timedelta(days=n) for n in range(1, 920)]
    failing = {entry.no: _passing_days(standard_id, entry.no, facts, days) for entry in found.items}
    assert _days(found) == {no: min(passing, default=None) for no, passing in failing.items()}
    together = set(days).intersection(*failing.values()) if failing else {DAY}
    assert found.all_pass_on == min(together, default=None)


def _passing_days(standard_id: str, no: str, facts: RecordFacts, days: list[date]) -> set[date]:
    """The days the item does not fail on; last year's figures stay those of today."""
    standard = get_standard(standard_id)
    case = partial(Case, standard.items[no], facts, Profile())
    return {day for day in days if not fails_by_record(read_records(standard, case(day, DAY.year - 1)))}
