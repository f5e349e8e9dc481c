"""Declarations, inspections, money owed and money taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selfassess.facts.row import known_days
from selfassess.window import month_end


@dataclass(frozen=True)
class Penalty:
    """A customs administrative penalty. ``causes`` are words such as solid_waste, export_control, food_cosmetics."""

    id: str
    decided_on: date
    amount: Decimal
    causes: frozenset[str] = frozenset()
    violations: int = 1

    @property
    def marks(self) -> tuple[date, ...]:
        return (self.decided_on,)


@dataclass(frozen=True)
class DeclarationMonth:
    """One month of declarations. Inspected and found counts are of self-declared declarations (自理申报)."""

    id: str
    month: date
    declarations: int = 0
    inspected: int = 0
    found: int = 0
    high_quality_found: int = 0
    trade_value: Decimal | None = None
    tax_paid: Decimal | None = None
    documents: int | None = None

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return month_end(self.month)

    @property
    def marks(self) -> tuple[date, ...]:
        return (self.month, self.last_day)


@dataclass(frozen=True)
class TaxRecovery:
    """Tax recovered by Customs in one case."""

    id: str
    recovered_on: date
    amount: Decimal

    @property
    def marks(self) -> tuple[date, ...]:
        return (self.recovered_on,)


@dataclass(frozen=True)
class OverduePayment:
    """Duties, late fees, fines or confiscated gains with their legal deadline; unpaid while ``paid_on`` is None."""

    id: str
    due_on: date
    paid_on: date | None
    deferral_agreed: bool = False

    @property
    def marks(self) -> tuple[date, ...]:
        return known_days(self.paid_on)


@dataclass(frozen=True)
class QuarantineMonth:
    """One month of inspection and quarantine in a field: batches inspected and adverse results.

    ``role`` is own (收发货人) or agent (报关企业代理).
    """

    id: str
    field: str
    role: str
    month: date
    inspected_batches: int
    adverse_results: int = 0

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return month_end(self.month)

    @property
    def marks(self) -> tuple[date, ...]:
        return (self.month, self.last_day)
