"""Penalties and other offences, and until when each one counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import or_

from api.records.gateway.source import Record, about, table_of
from api.records.gateway.windows import leaves_on, months_before
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope


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

    def leaves_on(self, years: int) -> date:
        """Return the first day on which this penalty is outside a look-back of ``years``."""
        return leaves_on(self.decided_on, years)


@dataclass(frozen=True, slots=True)
class CriminalCase(Record):
    """A criminal case against the enterprise or one of its related persons."""

    TABLE: ClassVar[str] = "criminal_case"

    uscc: str
    subject: str
    person_name: str | None
    post: str | None
    cause: str
    smuggling: bool
    intentional: bool
    filed_on: date | None
    judged_on: date | None


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


@dataclass(frozen=True, slots=True)
class RegistrationChange(Record):
    """A change of a registered fact and when it was filed with Customs."""

    TABLE: ClassVar[str] = "registration_change"

    uscc: str
    field: str
    old_value: str | None
    new_value: str | None
    changed_on: date
    due_on: date | None
    filed_on: date | None
    found_unfiled: bool


@dataclass(frozen=True, slots=True)
class AbnormalListing(Record):
    """A stay on the list of enterprises with abnormal credit information."""

    TABLE: ClassVar[str] = "abnormal_listing"

    uscc: str
    reason: str
    listed_on: date
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class Obligation(Record):
    """Something Customs ordered, or the enterprise undertook in writing."""

    TABLE: ClassVar[str] = "obligation"

    uscc: str
    kind: str
    document_no: str | None
    content: str | None
    issued_on: date
    due_on: date | None
    fulfilled_on: date | None
    found_unfulfilled_on: date | None


def list_penalties(reader: Reader, scope: Scope, uscc: str, day: date, years: int = 2) -> Rows[Penalty]:
    """Return the penalties that count on ``day`` in a look-back of ``years``, newest first."""
    decided = table_of(reader, Penalty).c.decided_on
    return about(reader, scope, Penalty, uscc, decided > months_before(day, 12 * years), decided <= day, newest=decided)


def list_criminal_cases(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[CriminalCase]:
    """Return criminal cases filed or judged by ``day``."""
    columns = table_of(reader, CriminalCase).c
    filed, judged = optional(columns, "filed_on"), optional(columns, "judged_on")
    return about(reader, scope, CriminalCase, uscc, or_(filed <= day, judged <= day), newest=judged)


def list_tax_recoveries(reader: Reader, scope: Scope, uscc: str, day: date, years: int = 2) -> Rows[TaxRecovery]:
    """Return recoveries that count on ``day`` in a look-back of ``years``."""
    when = table_of(reader, TaxRecovery).c.recovered_on
    return about(reader, scope, TaxRecovery, uscc, when > months_before(day, 12 * years), when <= day, newest=when)


def list_overdue_payments(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[OverduePayment]:
    """Return sums that fell due by ``day``, paid late or not paid."""
    due = table_of(reader, OverduePayment).c.due_on
    return about(reader, scope, OverduePayment, uscc, due <= day, newest=due)


def list_registration_changes(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[RegistrationChange]:
    """Return changes of registered facts up to ``day``."""
    changed = table_of(reader, RegistrationChange).c.changed_on
    return about(reader, scope, RegistrationChange, uscc, changed <= day, newest=changed)


def list_abnormal_listings(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[AbnormalListing]:
    """Return stays on the abnormal list that began by ``day``."""
    listed = table_of(reader, AbnormalListing).c.listed_on
    return about(reader, scope, AbnormalListing, uscc, listed <= day, newest=listed)


def list_obligations(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[Obligation]:
    """Return orders and written undertakings up to ``day``."""
    issued = table_of(reader, Obligation).c.issued_on
    return about(reader, scope, Obligation, uscc, issued <= day, newest=issued)
