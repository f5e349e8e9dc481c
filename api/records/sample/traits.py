"""What a synthetic enterprise with a full file is like. The defaults pass every item that records decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

NEGLIGENT = "交通肇事罪"  # the one offence of the sample that is not intentional


@dataclass(slots=True)
class PenaltyTrait:
    """A penalty, decided so many days ago."""

    days_ago: int
    fine: float = 5_000
    field: str = "supervision"
    gains: float = 0
    goods: float = 0
    violations: int = 1
    forgery: bool = False
    self_disclosed: bool = False
    cause: str = "申报不实"


@dataclass(slots=True)
class FieldTrait:
    """Business in a field of inspection and quarantine."""

    field: str
    role: str = "own"
    months: int = 36
    inspected: int = 4
    adverse: int = 0  # in the last twelve months together


@dataclass(slots=True)
class Traits:
    """Everything that distinguishes one full file from another."""

    kind: str = "trader"
    standing: str = "base"
    status: str = "open"
    contact_filed: bool = True
    manufacturer: bool = True
    cross_border: bool = False
    months: tuple[int, int] = (0, 36)  # declares from so many to so many months ago
    declarations: int = 30
    monthly_value: float = 20_000_000
    inspected_year: int = 12
    found_year: int = 1
    high_quality_year: int = 0
    tax_month: float = 1_500_000
    penalties: list[PenaltyTrait] = field(default_factory=list)
    fields: list[FieldTrait] = field(default_factory=list)
    recoveries: list[tuple[int, float]] = field(default_factory=list)  # days ago, amount
    payments: list[tuple[int, int | None, int | None]] = field(default_factory=list)  # days ago: due, paid, deferred
    changes: list[tuple[int, bool]] = field(default_factory=lambda: [(420, False)])  # days ago, found unfiled
    listings: list[tuple[int, int | None]] = field(default_factory=list)  # days ago: listed, removed
    obligations: list[tuple[str, int, bool]] = field(default_factory=lambda: [("correction", 300, True)])
    convictions: list[tuple[int, str]] = field(default_factory=list)  # days ago, offence
    brokers: list[int] = field(default_factory=lambda: [9])  # slots of other enterprises
    principals: list[int] = field(default_factory=lambda: [0])
    partners: list[int] = field(default_factory=lambda: [1])
    posts: list[tuple[int, bool]] = field(default_factory=lambda: [(0, True)])  # slot, told to Customs
    branches: list[int] = field(default_factory=list)
    investors: list[int] = field(default_factory=list)  # enterprises; a person holds the rest
    head_office: int | None = None
    shares_person_of: int | None = None
    shares_phone_of: int | None = None
    shares_address_of: int | None = None
    public_rating: str = "A"
    entries: list[tuple[str, str]] = field(default_factory=list)  # kind, subject
    lists: list[str] = field(default_factory=list)
    iso27001: bool = True
    mlps: str | None = None
    linked: bool = True
    laboratory_years: int = 0
    registration_cancelled: bool = False
    notified: list[tuple[str, bool | None]] = field(default_factory=list)  # field, whether by own fault
    findings: list[tuple[str, int]] = field(default_factory=list)  # kind, days ago
    report_filed: bool = True  # the annual credit report
    inspection_notice: bool = False
    food_bad_record: bool = False
    statistics_sample: str | None = None
    opinion: str = "unqualified"
    finance: str = "sound"
    declarants: tuple[int, int, int, int] = (6, 3, 0, 0)  # all, junior, intermediate, senior
    open_case: str | None = None
    repair_case: bool = False
    objection: bool = False
    registered_on: date | None = None
    discredited_days_ago: int = 400
