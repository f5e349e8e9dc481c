"""Everything official records say about one enterprise, as one value.

A table that was not read is None, which is not the same as a table that was read and is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from selfassess.facts.conduct import DeclarantCount, ForeignNotification, Leaver, Obligation, Occurrence, ReviewLog
from selfassess.facts.finance import RecordedFigures
from selfassess.facts.row import Row
from selfassess.facts.standing import Certificate, CreditEntry, LevelPeriod, Listing, Party, Rating, Status
from selfassess.facts.trade import DeclarationMonth, OverduePayment, Penalty, QuarantineMonth, TaxRecovery

R = TypeVar("R", bound=Row, covariant=True)


@dataclass(frozen=True)
class Table(Generic[R]):
    """The rows read from one source table, and when. ``complete_from`` is the first day the table covers."""

    source: str
    as_of: datetime
    rows: tuple[R, ...] = ()
    complete_from: date | None = None


@dataclass(frozen=True)
class RecordFacts:
    """The records by key (standards-2026 section 10). A field is None where the record was not available."""

    customs_penalties: Table[Penalty] | None = None
    declaration_volume: Table[DeclarationMonth] | None = None
    tax_recovery: Table[TaxRecovery] | None = None
    overdue_payments: Table[OverduePayment] | None = None
    abnormal_list: Table[Listing] | None = None
    business_status: Table[Status] | None = None
    registration_info: Table[Obligation] | None = None
    registration_cancellations: Table[Occurrence] | None = None
    criminal_record_certificates: Table[Occurrence] | None = None
    customs_internal_findings: Table[Occurrence] | None = None
    statistics_action: Table[Occurrence] | None = None
    customs_inspection_notices: Table[Occurrence] | None = None
    customs_rectification_orders: Table[Obligation] | None = None
    undertakings_register: Table[Obligation] | None = None
    annual_credit_report_status: Table[Obligation] | None = None
    court_records: Table[Occurrence] | None = None
    related_person_positions: Table[Party] | None = None
    credit_level_branches: Table[Party] | None = None
    credit_level_shareholders: Table[Party] | None = None
    credit_level_brokers: Table[Party] | None = None
    credit_level_principals: Table[Party] | None = None
    credit_level_partners: Table[Party] | None = None
    public_credit_rating: Table[Rating] | None = None
    creditchina: Table[CreditEntry] | None = None
    certificates: Table[Certificate] | None = None
    national_lists: Table[Listing] | None = None
    food_bad_record_list: Table[Listing] | None = None
    inspection_quarantine_results: Table[QuarantineMonth] | None = None
    foreign_notifications: Table[ForeignNotification] | None = None
    customs_competence_certs: Table[DeclarantCount] | None = None
    hr_leaver_list: Table[Leaver] | None = None
    internal_review_log: Table[ReviewLog] | None = None

    def table(self, key: str) -> Table[Any] | None:
        """The table a record key stands for, or None if it was not read."""
        table: Table[Any] | None = getattr(self, FIELD_OF_KEY.get(key, key))
        return table

    def with_row(self, name: str, row: Row) -> RecordFacts:
        """The same facts with one more row; the table must have been read."""
        table: Table[Any] | None = getattr(self, name)
        if table is None:
            raise ValueError(f"the record {name} was not read, so nothing can be added to it")
        return replace(self, **{name: replace(table, rows=(*table.rows, row))})


FIELD_OF_KEY = {
    "trade_value": "declaration_volume",
    "inspection_results": "declaration_volume",
    "tax_paid_total": "declaration_volume",
    "credit_level_related_firms": "related_person_positions",
    "shareholder_registry": "credit_level_shareholders",
    "erp_customs_link": "certificates",
    "iso27001_certificate": "certificates",
    "mlps_report": "certificates",
    "miit_green_list": "national_lists",
    "miit_little_giant_list": "national_lists",
    "ndrc_tech_centre_list": "national_lists",
    "customs_stat_sample": "national_lists",
    "access_logs": "hr_leaver_list",
}
"""Record keys whose facts stand in a field of another name; every other key is a field itself."""

__all__ = [
    "Certificate",
    "CreditEntry",
    "DeclarantCount",
    "DeclarationMonth",
    "FIELD_OF_KEY",
    "ForeignNotification",
    "Leaver",
    "LevelPeriod",
    "Listing",
    "Obligation",
    "Occurrence",
    "OverduePayment",
    "Party",
    "Penalty",
    "QuarantineMonth",
    "Rating",
    "RecordFacts",
    "RecordedFigures",
    "ReviewLog",
    "Row",
    "Status",
    "Table",
    "TaxRecovery",
]
