"""Penalties, recovered tax and payments that were late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from api.records.gateway.source import Record, about, table_of
from api.records.reader import Reader, Rows
from api.records.scope import Scope
from selfassess.window import add_months


@dataclass(frozen=True, slots=True)
class Penalty(Record):
    """An administrative penalty decided by Customs."""

    TABLE: ClassVar[str] = "penalty"

    uscc: str
    decision_no: str
    decided_on: date
    procedure: str | None
    field: str
    cause: str
    violations: int
    forgery: bool
    warning: bool
    fine: Decimal
    confiscated_gains: Decimal
    confiscated_goods: Decimal
    self_disclosed: bool
    intentional: bool | None
    as_broker: bool | None
    discredit_class: str | None
    deciding_customs_name: str
    published_from: date | None
    published_to: date | None

    @property
    def amount(self) -> Decimal:
        """Fine, confiscated gains and value of confiscated goods together (Order 251 art. 37, old rule).

        What counts under Announcement 2026-34 items 18 and 19 is not known; the parts stay visible.
        """
        return self.fine + self.confiscated_gains + self.confiscated_goods


@dataclass(frozen=True, slots=True)
class TaxRecovery(Record):
    """Tax that Customs recovered."""

    TABLE: ClassVar[str] = "tax_recovery"

    uscc: str
    recovered_on: date
    amount: Decimal
    reason: str | None
    self_disclosed: bool | None


@dataclass(frozen=True, slots=True)
class OverduePayment(Record):
    """A sum that was not paid to Customs when it was due."""

    TABLE: ClassVar[str] = "overdue_payment"

    uscc: str
    kind: str
    amount: Decimal
    due_on: date
    paid_on: date | None
    deferred_to: date | None

    @property
    def deadline(self) -> date:
        """The last day for payment, with an agreed deferral."""
        return max(self.due_on, self.deferred_to) if self.deferred_to else self.due_on

    def is_late(self, day: date) -> bool:
        """Whether the sum was paid after the deadline, or is still owed on ``day``."""
        return (self.paid_on or day) > self.deadline


def list_penalties(reader: Reader, scope: Scope, uscc: str, day: date, years: int = 2) -> Rows[Penalty]:
    """Return the penalties that count on ``day`` in a look-back of ``years``, newest first."""
    decided = table_of(reader, Penalty).c.decided_on
    return about(reader, scope, Penalty, uscc, decided > add_months(day, -12 * years), decided <= day, newest=decided)


def list_tax_recoveries(reader: Reader, scope: Scope, uscc: str, day: date, years: int = 2) -> Rows[TaxRecovery]:
    """Return recoveries that count on ``day`` in a look-back of ``years``."""
    when = table_of(reader, TaxRecovery).c.recovered_on
    return about(reader, scope, TaxRecovery, uscc, when > add_months(day, -12 * years), when <= day, newest=when)


def list_overdue_payments(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[OverduePayment]:
    """Return sums that fell due by ``day``, paid late or not paid."""
    due = table_of(reader, OverduePayment).c.due_on
    return about(reader, scope, OverduePayment, uscc, due <= day, newest=due)
