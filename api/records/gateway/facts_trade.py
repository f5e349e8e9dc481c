"""Facts about trade and money: declarations, quarantine results, recovered tax, late payments, penalties."""

from __future__ import annotations

from api.records.gateway import clearance, penalties
from api.records.gateway.facts_table import Subject, Tables, as_table
from selfassess.facts import DeclarationMonth, OverduePayment, Penalty, QuarantineMonth, TaxRecovery

MONTHS = 72  # a review cycle of five years, and the year before it
FORGERY = {"animal_plant_quarantine": "animal_plant_forgery", "food_cosmetics": "food_cosmetics_forgery"}
WIDER = {"food": ("food", "food_cosmetics")}
"""A field that is part of another; the standards of 2022 ask about food alone, those of 2026 about both."""


def penalty_tables(subject: Subject) -> Tables:
    """Return customs penalties; the amount keeps fine, gains and goods together (Order 251 art. 37, old rule)."""
    rows = penalties.list_penalties(subject.reader, subject.scope, subject.uscc, subject.day, MONTHS // 12)
    table = as_table(subject, rows, _penalty, name="penalty", since=lambda row: row.decided_on)
    return {"customs_penalties": table}


def _penalty(row: penalties.Penalty) -> Penalty:
    return Penalty(row.source.row_id, row.decided_on, row.amount, causes_of(row), row.violations)


def payment_tables(subject: Subject) -> Tables:
    """Return payments and their deadline, which an agreed deferral moves; a payment after that is late all the same."""
    rows = penalties.list_overdue_payments(subject.reader, subject.scope, subject.uscc, subject.day)

    def fact(row: penalties.OverduePayment) -> OverduePayment:
        return OverduePayment(row.source.row_id, row.deadline, row.paid_on)

    return {
        "overdue_payments": as_table(subject, rows, fact, name="overdue_payment", since=lambda row: row.due_on),
    }


def recovery_tables(subject: Subject) -> Tables:
    """Return recovered tax."""
    rows = penalties.list_tax_recoveries(subject.reader, subject.scope, subject.uscc, subject.day, MONTHS // 12)

    def fact(row: penalties.TaxRecovery) -> TaxRecovery:
        return TaxRecovery(row.source.row_id, row.recovered_on, row.amount)

    return {"tax_recovery": as_table(subject, rows, fact, name="tax_recovery", since=lambda row: row.recovered_on)}


def declaration_tables(subject: Subject) -> Tables:
    """Return declarations by month; inspections and findings are those of self-declared declarations (自理申报)."""
    rows = clearance.list_declaration_months(subject.reader, subject.scope, subject.uscc, subject.day, MONTHS)

    def fact(row: clearance.DeclarationMonth) -> DeclarationMonth:
        return DeclarationMonth(
            row.source.row_id,
            row.month,
            row.declarations,
            row.self_inspected,
            row.found,
            row.high_quality_found,
            row.import_value + row.export_value,
            row.tax_paid,
            row.documents,
        )

    return {
        "declaration_volume": as_table(subject, rows, fact, name="declaration_month", since=lambda row: row.month),
    }


def quarantine_tables(subject: Subject) -> Tables:
    """Return inspection and quarantine results by field, role and month."""
    rows = clearance.list_field_months(subject.reader, subject.scope, subject.uscc, subject.day, MONTHS)

    def fact(row: clearance.FieldMonth) -> QuarantineMonth:
        return QuarantineMonth(row.source.row_id, row.field, row.role, row.month, row.inspected, row.adverse)

    table = as_table(subject, rows, fact, name="field_month", since=lambda row: row.month)
    return {"inspection_quarantine_results": table}


def causes_of(row: penalties.Penalty) -> frozenset[str]:
    """Return the causes of a penalty in the words of the standards."""
    causes = set(fields_of(row.field))
    if row.forgery:
        causes |= {FORGERY[field] for field in causes & FORGERY.keys()}
    return frozenset(causes)


def fields_of(field: str) -> tuple[str, ...]:
    """Return the business field and the wider one it is part of."""
    return WIDER.get(field, (field,))
