"""Figures about business: declarations, inspection findings, business fields, licences, agency records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

from api.records.gateway.clearance import DeclarationMonth, FieldMonth, list_declaration_months, list_field_months
from api.records.gateway.figure import Figure, on_day, over, sources_of, windows
from api.records.gateway.figures_conduct import BUSINESS_FIELDS
from api.records.gateway.measures import list_agency_records, list_licences
from api.records.gateway.rating import Enterprise
from api.records.gateway.windows import month_start, months_before, previous_year, window
from api.records.reader import Reader
from api.records.scope import Scope

M = TypeVar("M", DeclarationMonth, FieldMonth)


def declaration_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield trade of the year before (advanced items 18, 19, 24), activity (21) and findings (23).

    Months are complete months before ``day``: the records hold no days of a month.
    """
    months = list_declaration_months(reader, scope, enterprise.uscc, day)
    first, last = previous_year(day)
    before = [month for month in months if first <= month.month <= last]
    totals: tuple[tuple[str, str, Decimal | int], ...] = (
        ("trade_value", "previous_year_import_export_value",
         sum((month.import_value + month.export_value for month in before), Decimal(0))),
        ("declaration_volume", "previous_year_customs_document_count", sum(month.documents for month in before)),
        ("tax_paid_total", "previous_year_total_tax", sum((month.tax_paid for month in before), Decimal(0))),
    )  # fmt: skip
    for key, metric, value in totals:
        yield Figure(key, metric, value if before else None, first, last, None, sources_of(before))
    for span in windows(day):
        of = _last_months(months, day, span.years)
        yield over("declaration_volume", "import_export_activity", sum(month.declarations for month in of), span, of)
    yield from _finding_figures(_last_months(months, day, 1), day)


def _finding_figures(months: list[DeclarationMonth], day: date) -> Iterator[Figure]:
    totals = (
        ("inspected_self_declared", sum(month.self_inspected for month in months)),
        ("declarations_with_findings", sum(month.found for month in months)),
        ("declarations_with_high_quality_findings", sum(month.high_quality_found for month in months)),
    )
    for metric, value in totals:
        yield over("inspection_results", metric, value, window(day, 1), months)


def field_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield inspection and quarantine results by field for the single-business items."""
    months = list_field_months(reader, scope, enterprise.uscc, day)
    year = _last_months(months, day, 1)
    for field in BUSINESS_FIELDS:
        for role in ("own", "agent"):
            of = [month for month in year if (month.field, month.role) == (field, role)]
            adverse, inspected = sum(month.adverse for month in of), sum(month.inspected for month in of)
            key = "inspection_quarantine_results"
            yield over(key, f"adverse_inspection_results.{field}.{role}", adverse, window(day, 1), of)
            yield over("declaration_volume", f"inspected_batches.{field}.{role}", inspected, window(day, 1), of)
    special = [month for month in months if month.field == "health_quarantine" and month.declarations]
    years = sum(bool(_year_of(special, day, back)) for back in range(3))
    yield over("declaration_volume", "years_with_special_goods_trade", years, window(day, 3), special)


def licence_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield cancelled registrations (single item 11), laboratory years (1) and linked systems (advanced 8)."""
    licences = list_licences(reader, scope, enterprise.uscc, day)
    for span in windows(day):
        cancelled = [
            licence
            for licence in licences
            if licence.kind == "animal_plant_export_registration"
            and licence.for_fault
            and licence.state == "cancelled"
            and licence.state_on is not None
            and span.holds(licence.state_on)
        ]
        yield over("registration_info", "registration_cancellations", len(cancelled), span, cancelled)
    valid = [x for x in licences if x.state == "valid" and (x.valid_to is None or x.valid_to >= day)]
    laboratory = [licence for licence in valid if licence.kind == "laboratory_filing"]
    years = max((_whole_years(licence.valid_from, day) for licence in laboratory), default=0)
    yield on_day("registration_info", "laboratory_activity_years", years, day, laboratory)
    linked = [licence for licence in valid if licence.kind == "system_link"]
    yield on_day("erp_customs_link", "system_linked_to_customs", bool(linked), day, linked)


def agency_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield foreign notifications, food bad records (single items 12, 17, 18, 22) and statistics work (72)."""
    records = list_agency_records(reader, scope, enterprise.uscc, day)
    for span in windows(day):
        within = [record for record in records if span.holds(record.recorded_on)]
        for field in BUSINESS_FIELDS[1:]:
            notified = [r for r in within if r.kind == "foreign_notification" and r.field == field and r.own_fault]
            metric = f"foreign_notifications_own_fault.{field}"
            yield over("foreign_notifications", metric, len(notified), span, notified)
        listed = [r for r in records if r.kind == "food_bad_record" and span.meets(r.recorded_on, r.valid_to)]
        yield over("food_bad_record_list", "bad_record_listings", len(listed), span, listed)
    sample = [r for r in records if r.kind == "statistics_sample" and (r.valid_to is None or r.valid_to >= day)]
    yield on_day("customs_stat_sample", "statistics_sample", sample[0].grade if sample else None, day, sample)
    reports = [r for r in records if r.kind == "annual_credit_report"]
    last_filed = reports[0].recorded_on if reports else None
    yield on_day("annual_credit_report_status", "annual_credit_report_filed_on", last_filed, day, reports[:1])


def _last_months(months: Iterable[M], day: date, years: int) -> list[M]:
    first = months_before(month_start(day), 12 * years)
    return [month for month in months if month.month >= first]


def _year_of(months: Iterable[FieldMonth], day: date, back: int) -> list[FieldMonth]:
    start = month_start(day)
    first, end = months_before(start, 12 * (back + 1)), months_before(start, 12 * back)
    return [month for month in months if first <= month.month < end]


def _whole_years(begins: date, day: date) -> int:
    return day.year - begins.year - ((day.month, day.day) < (begins.month, begins.day))
