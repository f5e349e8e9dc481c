"""What one item of a standard is: requirement, grades, limits, evidence and records."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from selfassess.grades import Grade
from selfassess.text import Text
from selfassess.thresholds import ByCategory, Comparison, PassLogic, Threshold, threshold_ids

EnterpriseType = Literal["trader", "customs_broker"]
Extent = Literal["full", "partial", "signal", "none"]
Effort = Literal["paperwork", "practice", "works", "finance", "waiting"]
FlagKind = Literal["unconfirmed", "change", "note"]
Mark = Literal["H", "M+", "M", "L", "U"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Grades(_Frozen):
    """Which grades the item can be given, and whether the source says so or we read it from the 2022 tables."""

    allowed: tuple[Grade, ...] = Field(min_length=2)
    basis: Literal["stated", "inferred"]
    note: Text | None = None
    meaning: dict[Grade, Text] = Field(default_factory=dict)


class Lookback(_Frozen):
    """The months counted back from ``parameter``; None means no window (see ``note``)."""

    months: int | None = Field(default=None, ge=1)
    parameter: Literal["window_end"] = "window_end"
    under_review: Literal["review_cycle"] | None = None
    note: Text | None = None


class DeemedMet(_Frozen):
    """When the item counts as met without examination; ``condition`` is its machine form, where it has one."""

    text: Text
    condition: Comparison | None = None


class ForProfile(_Frozen):
    """What the item asks of enterprises of one kind, such as those under 1 year old."""

    condition: Comparison
    text: Text


class Evidence(_Frozen):
    """What usually proves the item: written rules, records of doing it, agreements. Advice, not law."""

    procedure: tuple[Text, ...] = ()
    record: tuple[Text, ...] = ()
    agreement: tuple[Text, ...] = ()


class DecidedByRecords(_Frozen):
    """How far official records settle the item: ``rule`` names the reading rule, ``keys`` the records it reads."""

    extent: Extent
    keys: tuple[str, ...] = ()
    rule: str | None = None
    parameters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    note: Text | None = None

    @model_validator(mode="after")
    def _a_rule_reads_records(self) -> DecidedByRecords:
        if (self.extent == "none") != (self.rule is None) or (self.extent == "none") != (not self.keys):
            raise ValueError("records: give rule and keys exactly where the extent is not none")
        return self


class Counterpart(_Frozen):
    """The matching item of the other level's standard."""

    standard: str
    no: str
    identical: bool


class Flag(_Frozen):
    """Something a reader should know: what is unconfirmed, what changed since 2022, or a note."""

    kind: FlagKind
    text: Text


class Item(_Frozen):
    """One item of a standard, with everything needed to explain, prove, prefill and grade it."""

    no: str = Field(pattern=r"^(SP)?[1-9][0-9]*$")
    title: Text
    requirement: Text
    enterprise_types: tuple[EnterpriseType, ...] = Field(min_length=1)
    grades: Grades
    thresholds: tuple[Threshold, ...] = ()
    pass_logic: PassLogic | None = None
    lookback: Lookback | None = None
    deemed_met: tuple[DeemedMet, ...] = ()
    for_profile: tuple[ForProfile, ...] = ()
    evidence: Evidence
    decided_by_records: DecidedByRecords
    bonus: bool = False
    counterpart: Counterpart | None = None
    predecessors: tuple[str, ...] = ()
    confidence: Mark
    flags: tuple[Flag, ...] = ()
    owners: tuple[str, ...] = Field(min_length=1)
    effort: Effort
    asks: tuple[str, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _logic_refers_to_what_is_there(self) -> Item:
        known = {threshold.id for threshold in self.thresholds}
        if len(known) != len(self.thresholds):
            raise ValueError(f"item {self.no}: a threshold id is repeated")
        if self.pass_logic is not None and (unknown := set(threshold_ids(self.pass_logic)) - known):
            raise ValueError(f"item {self.no}: pass_logic names unknown thresholds {sorted(unknown)}")
        if isinstance(self.pass_logic, ByCategory) and self.pass_logic.category.partly_met:
            self.require(Grade.PARTLY_MET)
        self.require(Grade.MET)
        self.require(Grade.NOT_MET)
        return self

    def require(self, grade: Grade) -> None:
        """Raise ValueError unless the item can be given this grade."""
        if grade not in self.grades.allowed:
            raise ValueError(f"item {self.no} cannot be {grade}")

    def threshold(self, threshold_id: str) -> Threshold:
        """The threshold with this id."""
        return next(threshold for threshold in self.thresholds if threshold.id == threshold_id)

    @property
    def anchor(self) -> Text:
        """How the item is cited."""
        return Text(zh=f"第{self.no}项", en=f"item {self.no}")
