"""Certification, repair and objection cases and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from api.records.gateway.source import Record, about, table_of
from api.records.reader import Reader, Rows
from api.records.scope import Scope

CLOSED = ("decided", "withdrawn")


@dataclass(frozen=True, slots=True)
class Case(Record):
    """What every kind of case has in common."""

    uscc: str
    case_no: str
    kind: str
    submitted_on: date
    state: str
    state_on: date | None
    decided_on: date | None
    outcome: str | None

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided yet."""
        return self.state not in CLOSED


@dataclass(frozen=True, slots=True)
class CertificationCase(Case):
    """An application for a level, or a revalidation of one."""

    TABLE: ClassVar[str] = "certification_case"

    level_sought: str
    standard: str | None
    accepted_on: date | None
    customs_office_name: str | None


@dataclass(frozen=True, slots=True)
class RepairCase(Case):
    """A request to repair a discredit record, or for an upgrade of the level. The two are separate procedures."""

    TABLE: ClassVar[str] = "credit_repair_case"

    discredit_class: str | None
    about_table: str | None
    about_id: str | None


@dataclass(frozen=True, slots=True)
class ObjectionCase(Record):
    """An objection to published credit information."""

    TABLE: ClassVar[str] = "objection_case"

    uscc: str
    case_no: str
    about_table: str | None
    about_id: str | None
    claim: str | None
    submitted_on: date
    state: str
    state_on: date | None
    decided_on: date | None
    outcome: str | None

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided yet."""
        return self.state not in CLOSED


def list_certification_cases(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[CertificationCase]:
    """Return certification and revalidation cases submitted by ``day``, newest first."""
    submitted = table_of(reader, CertificationCase).c.submitted_on
    return about(reader, scope, CertificationCase, uscc, submitted <= day, newest=submitted)


def list_repair_cases(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[RepairCase]:
    """Return repair and upgrade cases submitted by ``day``, newest first."""
    submitted = table_of(reader, RepairCase).c.submitted_on
    return about(reader, scope, RepairCase, uscc, submitted <= day, newest=submitted)


def list_objection_cases(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[ObjectionCase]:
    """Return objections submitted by ``day``, newest first."""
    submitted = table_of(reader, ObjectionCase).c.submitted_on
    return about(reader, scope, ObjectionCase, uscc, submitted <= day, newest=submitted)
