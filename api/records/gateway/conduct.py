"""What Customs found, ordered or was promised, and criminal cases: the parts of conduct that are no penalty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import or_

from api.records.gateway.source import Record, about, table_of
from api.records.mapping import optional
from api.records.reader import Reader, Rows
from api.records.scope import Scope


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
class Finding(Record):
    """Something Customs found, whether or not a penalty followed."""

    TABLE: ClassVar[str] = "customs_finding"

    uscc: str
    kind: str
    found_on: date
    document_no: str | None
    customs_office_name: str | None


@dataclass(frozen=True, slots=True)
class Obligation(Record):
    """Something Customs ordered, the enterprise undertook in writing, or a report it owes."""

    TABLE: ClassVar[str] = "obligation"

    uscc: str
    kind: str
    document_no: str | None
    content: str | None
    issued_on: date
    due_on: date | None
    fulfilled_on: date | None
    found_unfulfilled_on: date | None


def list_criminal_cases(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[CriminalCase]:
    """Return criminal cases filed or judged by ``day``."""
    columns = table_of(reader, CriminalCase).c
    filed, judged = optional(columns, "filed_on"), optional(columns, "judged_on")
    return about(reader, scope, CriminalCase, uscc, or_(filed <= day, judged <= day), newest=judged)


def list_registration_changes(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[RegistrationChange]:
    """Return changes of registered facts up to ``day``."""
    changed = table_of(reader, RegistrationChange).c.changed_on
    return about(reader, scope, RegistrationChange, uscc, changed <= day, newest=changed)


def list_abnormal_listings(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[AbnormalListing]:
    """Return stays on the abnormal list that began by ``day``."""
    listed = table_of(reader, AbnormalListing).c.listed_on
    return about(reader, scope, AbnormalListing, uscc, listed <= day, newest=listed)


def list_findings(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[Finding]:
    """Return what Customs found up to ``day``, whether or not a penalty followed."""
    found = table_of(reader, Finding).c.found_on
    return about(reader, scope, Finding, uscc, found <= day, newest=found)


def list_obligations(reader: Reader, scope: Scope, uscc: str, day: date) -> Rows[Obligation]:
    """Return orders, written undertakings and reports owed up to ``day``."""
    issued = table_of(reader, Obligation).c.issued_on
    return about(reader, scope, Obligation, uscc, issued <= day, newest=issued)
