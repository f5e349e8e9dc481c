"""Facts about conduct: findings, orders, undertakings, registration changes, listings, criminal cases."""

from __future__ import annotations

from datetime import date
from functools import partial

from api.records.gateway import conduct
from api.records.gateway.facts_table import Subject, Tables, as_table
from selfassess.facts import Listing, Obligation, Occurrence

ORDERS = (
    "correction", "quarantine_treatment", "return", "destruction", "technical_rectification", "risk_reduction",
)  # fmt: skip
OBLIGATIONS = {
    "customs_rectification_orders": ORDERS,
    "undertakings_register": ("undertaking",),
    "annual_credit_report_status": ("annual_credit_report",),
}
BRIBERY = "行贿"  # the word every offence of giving bribes has in its name


def finding_tables(subject: Subject) -> Tables:
    """Return what Customs found, apart from what its statistics department handled."""
    rows = conduct.list_findings(subject.reader, subject.scope, subject.uscc, subject.day)

    def fact(row: conduct.Finding) -> Occurrence:
        return Occurrence(row.source.row_id, row.kind, row.found_on)

    table = as_table(subject, rows, fact, name="customs_finding", since=lambda row: row.found_on)
    return {"customs_internal_findings": table, "statistics_action": table}


def obligation_tables(subject: Subject) -> Tables:
    """Return orders, undertakings and annual reports, each with its deadline."""
    rows = conduct.list_obligations(subject.reader, subject.scope, subject.uscc, subject.day)

    def fact_of(kinds: tuple[str, ...], row: conduct.Obligation) -> Obligation | None:
        due = row.due_on or row.found_unfulfilled_on
        if row.kind not in kinds or due is None:  # without a deadline nothing can have been missed
            return None
        return Obligation(row.source.row_id, row.kind, due, row.fulfilled_on)

    return {
        field: as_table(subject, rows, partial(fact_of, kinds), name="obligation", since=lambda row: row.issued_on)
        for field, kinds in OBLIGATIONS.items()
    }


def registration_tables(subject: Subject) -> Tables:
    """Return changes to file with Customs, each with its deadline."""
    rows = conduct.list_registration_changes(subject.reader, subject.scope, subject.uscc, subject.day)

    def fact(row: conduct.RegistrationChange) -> Obligation | None:
        due = _change_due(row)
        return None if due is None else Obligation(row.source.row_id, "registration_change", due, row.filed_on)

    table = as_table(subject, rows, fact, name="registration_change", since=lambda row: row.changed_on)
    return {"registration_info": table}


def _change_due(row: conduct.RegistrationChange) -> date | None:
    """The deadline as recorded; where Customs found a change unfiled without recording one, the day of the change."""
    return row.due_on or (row.changed_on if row.found_unfiled else None)


def listing_tables(subject: Subject) -> Tables:
    """Return stays on the abnormal list."""
    rows = conduct.list_abnormal_listings(subject.reader, subject.scope, subject.uscc, subject.day)

    def fact(row: conduct.AbnormalListing) -> Listing:
        return Listing(row.source.row_id, "abnormal_list", row.listed_on, row.removed_on)

    return {"abnormal_list": as_table(subject, rows, fact, name="abnormal_listing", since=lambda row: row.listed_on)}


def criminal_tables(subject: Subject) -> Tables:
    """Return judgments: intentional crimes of related persons, and bribery by anyone."""
    rows = conduct.list_criminal_cases(subject.reader, subject.scope, subject.uscc, subject.day)

    def conviction(row: conduct.CriminalCase) -> Occurrence | None:
        if row.judged_on is None or row.subject != "related_person":
            return None
        kind = "intentional_crime" if row.intentional else "crime_by_negligence"
        return Occurrence(row.source.row_id, kind, row.judged_on)

    def bribery(row: conduct.CriminalCase) -> Occurrence | None:
        if row.judged_on is None or BRIBERY not in row.cause:
            return None
        return Occurrence(row.source.row_id, "bribery", row.judged_on)

    return {
        "criminal_record_certificates": as_table(subject, rows, conviction, name="criminal_case"),
        "court_records": as_table(subject, rows, bribery, name="criminal_case"),
    }
