"""The figures of the audit report on file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from selfassess.figures import FinanceFigures


@dataclass(frozen=True)
class RecordedFigures:
    """The figures of the latest audit report filed with Customs, and where they were read."""

    table: str
    row: str
    as_of: datetime
    fiscal_year: int
    figures: FinanceFigures

    def is_of_the_year_before(self, day: date) -> bool:
        """Whether the report is on the financial year before the one ``day`` lies in."""
        return self.fiscal_year == day.year - 1
