"""Joint incentives and sanctions, records of the ten agencies, external credit, licences, audit reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from api.records.gateway.source import Record, about, table_of
from api.records.reader import Reader, Rows
from api.records.scope import Scope


@dataclass(frozen=True, slots=True)
class JointMeasure(Record):
    """An incentive or sanction another department applies because of the credit level."""

    TABLE: ClassVar[str] = "joint_measure"

    uscc: str
    kind: str
    department: str
    measure: str
    basis: str | None
    valid_from: date
    valid_to: date | None
    published_from: date | None
    published_to: date | None


@dataclass(frozen=True, slots=True)
class AgencyRecord(Record):
    """What one of the ten agencies recorded about the enterprise."""

    TABLE: ClassVar[str] = "agency_record"

    uscc: str
    agency: str
    kind: str
    title: str
    grade: str | None
    field: str | None
    own_fault: bool | None
    recorded_on: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ExternalCredit(Record):
    """A public-credit rating, a Credit China entry, a national list or a certificate."""

    TABLE: ClassVar[str] = "external_credit"

    uscc: str
    subject: str
    subject_name: str | None
    kind: str
    grade: str | None
    publisher: str
    title: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Licence(Record):
    """A licence, filing or qualification given by Customs."""

    TABLE: ClassVar[str] = "licence"

    uscc: str
    kind: str
    licence_no: str
    name: str
    field: str | None
    conclusion: str | None
    valid_from: date
    valid_to: date | None
    state: str
    state_on: date | None
    cause: str | None
    for_fault: bool | None
    customs_office_name: str | None
    published_from: date | None
    published_to: date | None


@dataclass(frozen=True, slots=True)
class AuditReport(Record):
    """An audit report filed with Customs and the figures of its statements."""

    TABLE: ClassVar[str] = "audit_report"

    uscc: str
    fiscal_year: int
    opinion: str
    filed_on: date | None
    total_assets: Decimal | None
    opening_total_assets: Decimal | None
    total_liabilities: Decimal | None
    current_assets: Decimal | None
    current_liabilities: Decimal | None
    cash: Decimal | None
    trading_financial_assets: Decimal | None
    net_operating_cash_flow: Decimal | None
    revenue: Decimal | None
    cost_of_sales: Decimal | None
    operating_profit: Decimal | None
    total_profit: Decimal | None
    interest_expense: Decimal | None
    net_profit: Decimal | None


def list_joint_measures(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[JointMeasure]:
    """Return joint incentives and sanctions that began by ``day``; ``valid_to`` tells which have ended."""
    begins = table_of(reader, JointMeasure).c.valid_from
    return about(reader, scope, JointMeasure, uscc, begins <= day, newest=begins)


def list_agency_records(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[AgencyRecord]:
    """Return the records of the ten agencies up to ``day``."""
    recorded = table_of(reader, AgencyRecord).c.recorded_on
    return about(reader, scope, AgencyRecord, uscc, recorded <= day, newest=recorded)


def list_external_credit(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[ExternalCredit]:
    """Return ratings, Credit China entries, lists and certificates that began by ``day``."""
    begins = table_of(reader, ExternalCredit).c.valid_from
    return about(reader, scope, ExternalCredit, uscc, begins <= day, newest=begins)


def list_licences(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[Licence]:
    """Return licences granted by ``day``, whatever became of them."""
    begins = table_of(reader, Licence).c.valid_from
    return about(reader, scope, Licence, uscc, begins <= day, newest=begins)


def list_audit_reports(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[AuditReport]:
    """Return the audit reports for years that ended before ``day``, newest first."""
    year = table_of(reader, AuditReport).c.fiscal_year
    return about(reader, scope, AuditReport, uscc, year < day.year, newest=year)
