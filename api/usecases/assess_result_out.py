"""What the result of a self-assessment looks like when it leaves as JSON (contract 5.7, with everything behind it)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.usecases.assess import Opened
from selfassess.grades import Grade
from selfassess.rendering import forecast_json, proposal_json
from selfassess.report import to_json
from selfassess.text import Language


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OutcomeOut(_Out):
    """The verdict. ``passed`` is null while it is open."""

    passed: bool | None
    decided: bool
    complete: bool
    reasons: list[str]
    counts: dict[Grade, int]
    total: int | None
    bonus_points: int


class PassRuleOut(_Out):
    """The rule the verdict rests on; ``confirmed`` is false while the official text has not been read."""

    source: str
    confirmed: bool
    note: str
    forbid: list[Grade]
    max_partly_met: dict[str, int]
    bonus_cap: int | None


class SourceOut(_Out):
    """Where a value stands in the records."""

    table: str
    as_of: str
    rows: list[str]


class ValueOut(_Out):
    """A value as people read it."""

    label: str
    value: str


class ProposalOut(_Out):
    """What records or figures propose for an item."""

    no: str
    origin: str = Field(description="record or calculated")
    extent: str = Field(description="how fully records decide the item: full, partial, signal")
    grade: Grade | None = Field(description="certain; null where something is still to be said")
    suggests: Grade | None
    values: list[ValueOut]
    sources: list[SourceOut]
    rule: str
    clause: str
    window: dict[str, str] | None
    still_needed: str | None
    remarks: list[str]
    unavailable: str | None


class ContradictionOut(_Out):
    """An answer and the record that differs from it."""

    said: Grade
    record: Grade
    certain: bool
    values: list[ValueOut]
    sources: list[SourceOut]


class ItemOut(_Out):
    """One item of the standard."""

    no: str
    grade: Grade
    source: str = Field(description="self, record or calculated")
    exempt: bool = False
    note: str = ""
    contradiction: ContradictionOut | None = None
    proposal: ProposalOut | None = None


class GapOut(_Out):
    """What stands between the enterprise and a pass, or is not answered."""

    no: str
    title: str
    clause: str
    grade: Grade
    blocks: bool
    reason: str
    next_step: str
    effort: str
    effort_text: str
    owners: list[str]
    passes_on: date | None
    sources: list[SourceOut]


class FixesOut(_Out):
    """The smallest sets of items that would do."""

    reachable: bool
    size: int | None
    sets: int
    required: list[str]
    recommended: list[str]
    choices: list[list[dict[str, Any]]]


class CaveatOut(_Out):
    """What a reader must know."""

    code: str
    text: str


class ItemForecastOut(_Out):
    """The day a failing item passes by itself."""

    no: str
    passes_on: date | None
    fails_again_on: date | None
    reason: str


class EventOut(_Out):
    """A day on which an item begins or ceases to pass."""

    day: date
    no: str
    passes: bool


class ForecastOut(_Out):
    """What time alone will change."""

    on: date
    assumption: str
    items: list[ItemForecastOut]
    timeline: list[EventOut]
    all_pass_on: date | None


class ResultOut(_Out):
    """The result of an assessment."""

    standard: str
    on: date
    window_end: date
    outcome: OutcomeOut
    pass_rule: PassRuleOut
    items: list[ItemOut]
    gaps: list[GapOut]
    fixes: FixesOut
    caveats: list[CaveatOut]
    forecast: ForecastOut | None = Field(default=None, description="null where the records cannot be read")


class LeftOpenOut(_Out):
    """An item whose grade the supposition leaves open."""

    no: str
    possible: list[Grade]
    needed: str | None


class GradeChangeOut(_Out):
    """An item whose grade the supposition changes."""

    no: str
    before: Grade
    after: Grade


class WhatIfOut(_Out):
    """What a supposition would change; ``asks`` where it was not understood, and then nothing else."""

    asked: str
    understood: list[str]
    asks: list[str]
    before: OutcomeOut | None = None
    after: OutcomeOut | None = None
    changes: list[GradeChangeOut] = Field(default_factory=list)
    left_open: list[LeftOpenOut] = Field(default_factory=list)
    remarks: list[str] = Field(default_factory=list)
    recovery: ForecastOut | None = None


def result_out(opened: Opened, language: Language) -> ResultOut:
    """Return the result of an assessment."""
    return ResultOut.model_validate(to_json(opened.assessed, opened.row.day, opened.ahead, language))


def proposals_out(opened: Opened, language: Language) -> list[ProposalOut]:
    """Return what records and figures propose, item by item."""
    return [ProposalOut.model_validate(proposal_json(one, language)) for one in opened.assessed.proposals.values()]


def forecast_out(opened: Opened, language: Language) -> ForecastOut | None:
    """Return what time alone will change; None where the records cannot be read."""
    return None if opened.ahead is None else ForecastOut.model_validate(forecast_json(opened.ahead, language))
