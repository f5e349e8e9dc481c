"""Everything the records say that a certification standard asks about, as self-assessment takes it.

Which fact decides which item, and how, is written in the standards and in `selfassess/rules`, not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction

from api.records.errors import NotHeld
from api.records.gateway import facts_conduct, facts_standing, facts_trade
from api.records.gateway.facts_table import Subject, Tables
from api.records.gateway.measures import AuditReport, list_audit_reports
from api.records.gateway.rating import find_enterprise
from api.records.gateway.source import Source
from api.records.reader import Reader
from api.records.scope import Scope
from selfassess.facts import RecordFacts
from selfassess.figures import LINES, OPINIONS, Amount, FinanceFigures, YearEnd
from selfassess.window import add_months

GROUPS: tuple[Callable[[Subject], Tables], ...] = (
    facts_standing.registration_state_tables,
    facts_trade.penalty_tables,
    facts_trade.payment_tables,
    facts_trade.recovery_tables,
    facts_trade.declaration_tables,
    facts_trade.quarantine_tables,
    facts_conduct.finding_tables,
    facts_conduct.obligation_tables,
    facts_conduct.registration_tables,
    facts_conduct.listing_tables,
    facts_conduct.criminal_tables,
    facts_standing.licence_tables,
    facts_standing.agency_tables,
    facts_standing.external_tables,
    facts_standing.party_tables,
    facts_standing.counterpart_tables,
)
"""One question each; every one fills the facts its table holds."""

YUAN = "元"


@dataclass(frozen=True, slots=True)
class RecordedFinances:
    """The figures of the audit reports filed with Customs; ``source`` is the latest one."""

    source: Source
    fiscal_year: int
    filed_on: date | None
    figures: FinanceFigures


def read_facts(reader: Reader, scope: Scope, uscc: str, day: date, read_at: datetime) -> RecordFacts | None:
    """Return the facts of an enterprise in reach, or None for any other.

    They reach back far enough for every look-back of the standards. A table this installation does not hold is
    left out: not read is not the same as empty. ``read_at`` is the time of an empty table.
    """
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        return None
    subject = Subject(reader, scope, enterprise, add_months(day, -facts_trade.MONTHS), day, read_at)
    tables: Tables = {}
    for group in GROUPS:
        try:
            tables.update(group(subject))
        except NotHeld:
            continue
    return RecordFacts(**tables)


def read_finances(reader: Reader, scope: Scope, uscc: str, day: date) -> RecordedFinances | None:
    """Return the finance figures on record, or None where no audit report was filed by ``day``."""
    reports = [r for r in list_audit_reports(reader, scope, uscc, day) if r.filed_on is None or r.filed_on <= day]
    if not reports:
        return None
    latest = reports[0]
    figures = FinanceFigures(
        amounts=_amounts(latest),
        audit_opinion=latest.opinion if latest.opinion in OPINIONS else None,
        history={report.fiscal_year: end for report in reports if (end := _year_end(report)) is not None},
    )
    return RecordedFinances(latest.source, latest.fiscal_year, latest.filed_on, figures)


def _amounts(report: AuditReport) -> dict[str, Amount]:
    held = {field.name: getattr(report, field.name) for field in fields(report) if field.name in LINES}
    return {line: _yuan(value) for line, value in held.items() if value is not None}


def _year_end(report: AuditReport) -> YearEnd | None:
    if report.total_liabilities is None or report.total_assets is None:
        return None
    return YearEnd(_yuan(report.total_liabilities), _yuan(report.total_assets))


def _yuan(value: object) -> Amount:
    return Amount(Fraction(str(value)), YUAN)
