"""What a certification standard is: sections, groups, items and the rule for passing.

Frozen values read from `standards/*.yaml`; the wording there is the project's own restatement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from selfassess.grades import Grade
from selfassess.item import EnterpriseType, Item, Mark
from selfassess.text import Text

Level = Literal["advanced_certified", "certified"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(_Frozen):
    """Items under one heading."""

    no: int = Field(ge=1)
    title: Text
    items: tuple[Item, ...] = Field(min_length=1)


class Section(_Frozen):
    """A part of the standard; in a single-business standard, one business."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    bonus: bool = False
    grade_meaning: dict[Grade, Text]
    groups: tuple[Group, ...] = Field(min_length=1)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of the section, in order."""
        return tuple(item for group in self.groups for item in group.items)


class PartlyMetLimit(_Frozen):
    """How many items of some sections may be partly met."""

    scope: str
    sections: tuple[str, ...] = Field(min_length=1)
    max: int = Field(ge=0)


class Total(_Frozen):
    """Points: ``base`` + ``partly_met`` for each such item + ``bonus`` for each bonus item met, up to the cap.

    ``decides`` is false where the total is shown but does not decide.
    """

    base: int
    partly_met: int = Field(le=0)
    bonus: int = Field(default=0, ge=0)
    decides: bool = False
    minimum: int | None = None

    @model_validator(mode="after")
    def _a_deciding_total_has_a_minimum(self) -> Total:
        if self.decides != (self.minimum is not None):
            raise ValueError("total: give minimum exactly where decides is true")
        return self


class PassRule(_Frozen):
    """When the standard is passed. ``confirmed`` is false until someone has read it in the official text."""

    source: Text
    confirmed: bool
    forbid: tuple[Grade, ...] = Field(min_length=1)
    max_partly_met: tuple[PartlyMetLimit, ...]
    total: Total | None = None
    bonus_cap: int | None = None
    note: Text


class Window(_Frozen):
    """How look-back time is counted under this standard."""

    confirmed: bool
    note: Text


class Standard(_Frozen):
    """A standard in force for some enterprises from one day to another."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    document: str
    number: str
    title: Text
    document_title: Text
    annex: Text
    kind: Literal["general", "single"]
    level: Level
    enterprise_types: tuple[EnterpriseType, ...] = Field(min_length=1)
    effective_from: date | Literal["unknown"]
    search_from: date | None = None
    effective_to: date | None
    revision: int = Field(ge=1)
    confidence: Mark
    source: Text
    window: Window
    pass_rule: PassRule
    departments: dict[str, Text]
    sections: tuple[Section, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_consistent(self) -> Standard:
        numbers = [item.no for section in self.sections for item in section.items]
        if len(set(numbers)) != len(numbers):
            raise ValueError(f"{self.id}: an item number is repeated")
        if self.effective_from == "unknown" and self.search_from is None:
            raise ValueError(f"{self.id}: effective_from is unknown, so search_from is needed")
        sections = {section.id for section in self.sections}
        if any(set(limit.sections) - sections for limit in self.pass_rule.max_partly_met):
            raise ValueError(f"{self.id}: max_partly_met names an unknown section")
        named = [name for limit in self.pass_rule.max_partly_met for name in limit.sections]
        if len(set(named)) != len(named):
            raise ValueError(f"{self.id}: a section stands in two limits of max_partly_met")
        if any(item.bonus != section.bonus for section in self.sections for item in section.items):
            raise ValueError(f"{self.id}: bonus items and bonus sections must go together")
        if {owner for item in self.items.values() for owner in item.owners} - set(self.departments):
            raise ValueError(f"{self.id}: an item names an unknown department")
        return self

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its number, in the order of the standard."""
        return {item.no: item for section in self.sections for item in section.items}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section each item number stands in."""
        return {item.no: section for section in self.sections for item in section.items}

    def walk(self) -> Iterator[tuple[Section, Group, Item]]:
        """Every item with its section and group, in order."""
        for section in self.sections:
            for group in section.groups:
                for item in group.items:
                    yield section, group, item

    @property
    def first_day(self) -> date:
        """The first day the standard is used for: effective_from, or search_from where that is unknown."""
        return self.effective_from if isinstance(self.effective_from, date) else self.search_from or date.min

    def in_force(self, on: date) -> bool:
        """Whether the standard applies on ``on``."""
        return self.first_day <= on and (self.effective_to is None or on <= self.effective_to)
