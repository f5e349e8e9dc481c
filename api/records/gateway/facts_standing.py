"""Facts about standing: status, declarants, lists, ratings, certificates, notifications, linked firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from api.records.gateway import measures, parties
from api.records.gateway.facts_table import Subject, Tables, as_table
from api.records.gateway.facts_trade import fields_of
from api.records.reader import Rows
from selfassess.facts import (
    Certificate,
    CreditEntry,
    DeclarantCount,
    ForeignNotification,
    LevelPeriod,
    Listing,
    Occurrence,
    Party,
    Rating,
    Status,
    Table,
)

ENDED = ("dissolving", "bankrupt")
CERTIFICATES = ("erp_customs_link", "e_commerce_platform_link", "iso27001", "mlps_report")
REGISTRATION = "animal_plant_export_registration"
ENTRIES = ("serious_discredit", "lowest_grade", "joint_sanction")
LISTS = ("green_factory", "green_supply_chain", "little_giant", "technology_centre", "statistics_sample")
SEVERE = "严重"
PARTY_FIELDS = {
    "related_person_positions": ("post_held",),
    "credit_level_branches": ("branch", "head_office", "sibling_branch"),
    "credit_level_shareholders": ("investor",),
}
COUNTERPART_FIELDS = {
    "credit_level_brokers": ("broker",),
    "credit_level_principals": ("principal",),
    "credit_level_partners": ("partner",),
}


def registration_state_tables(subject: Subject) -> Tables:
    """Return the status of the enterprise and the assessment of its declarants, both from the registration."""
    firm = subject.enterprise
    row_id, written = firm.source.row_id, firm.source.as_of
    since = firm.status_from or firm.registered_on
    status = Status(row_id, firm.status in ENDED, since)
    tables: Tables = {"business_status": Table("enterprise", written, (status,), subject.first)}
    counts = (firm.declarants, firm.declarants_junior, firm.declarants_intermediate, firm.declarants_senior)
    known = [count for count in counts if count is not None]
    rows = (DeclarantCount(row_id, *known),) if len(known) == len(counts) else ()
    tables["customs_competence_certs"] = Table("enterprise", written, rows, subject.first)
    return tables


def licence_tables(subject: Subject) -> Tables:
    """Return certificates and links to Customs, and registrations cancelled for failed quarantine."""
    rows = measures.list_licences(subject.reader, subject.scope, subject.uscc, subject.day)

    def certificate(row: measures.Licence) -> Certificate | None:
        if row.kind not in CERTIFICATES:
            return None
        return Certificate(row.source.row_id, row.kind, row.valid_from, _ends(row), row.conclusion or "")

    def cancellation(row: measures.Licence) -> Occurrence | None:
        if row.kind != REGISTRATION or row.state != "cancelled" or not row.for_fault or row.state_on is None:
            return None
        return Occurrence(row.source.row_id, "quarantine_failure", row.state_on)

    return {
        "certificates": as_table(subject, rows, certificate, name="licence"),
        "registration_cancellations": as_table(subject, rows, cancellation, name="licence"),
    }


def _ends(row: measures.Licence) -> date | None:
    """The last day it holds: a cancelled one ends the day it was cancelled, or with the day it began."""
    return row.valid_to if row.state == "valid" else row.state_on or row.valid_to or row.valid_from


def agency_tables(subject: Subject) -> Tables:
    """Return foreign notifications, bad records of imported food, and notices of audit or verification."""
    rows = measures.list_agency_records(subject.reader, subject.scope, subject.uscc, subject.day)

    def listed(row: measures.AgencyRecord) -> Listing | None:
        if row.kind != "food_bad_record":
            return None
        return Listing(row.source.row_id, row.kind, row.recorded_on, row.valid_to)

    def notice(row: measures.AgencyRecord) -> Occurrence | None:
        is_notice = row.kind == "inspection_notice"
        return Occurrence(row.source.row_id, row.kind, row.recorded_on) if is_notice else None

    def notification(row: measures.AgencyRecord) -> ForeignNotification | None:
        if row.kind != "foreign_notification":
            return None
        severe = row.grade == SEVERE
        return ForeignNotification(row.source.row_id, row.field or "", row.recorded_on, row.own_fault, severe)

    facts = {
        "foreign_notifications": (_in_each_field(rows), notification),
        "food_bad_record_list": (rows, listed),
        "customs_inspection_notices": (rows, notice),
    }
    return {
        field: as_table(subject, of, fact, name="agency_record", since=lambda row: row.recorded_on)
        for field, (of, fact) in facts.items()
    }


def _in_each_field(rows: Rows[measures.AgencyRecord]) -> Rows[measures.AgencyRecord]:
    """The same records, those of a narrow field once more under the wider one."""
    each = (replace(row, field=field) for row in rows for field in fields_of(row.field or ""))
    return Rows(each, truncated=rows.truncated)


def external_tables(subject: Subject) -> Tables:
    """Return the public rating, Credit China entries, and national lists."""
    rows = measures.list_external_credit(subject.reader, subject.scope, subject.uscc, subject.day)

    def rating(row: measures.ExternalCredit) -> Rating | None:
        if row.kind != "public_rating" or row.grade is None:
            return None
        return Rating(row.source.row_id, row.grade, row.valid_from)

    def entry(row: measures.ExternalCredit) -> CreditEntry | None:
        if row.kind not in ENTRIES:
            return None
        return CreditEntry(row.source.row_id, row.subject, row.kind, row.valid_from, row.valid_to)

    def listed(row: measures.ExternalCredit) -> Listing | None:
        return Listing(row.source.row_id, row.kind, row.valid_from, row.valid_to) if row.kind in LISTS else None

    return {
        "public_credit_rating": as_table(subject, rows, rating, name="external_credit"),
        "creditchina": as_table(subject, rows, entry, name="external_credit"),
        "national_lists": as_table(subject, rows, listed, name="external_credit"),
    }


def party_tables(subject: Subject) -> Tables:
    """Return firms of related persons, branches and the head office, and investors, with their levels."""
    asked = (subject.reader, subject.scope, subject.uscc, subject.first, subject.day)
    firms = parties.list_party_firms(*asked)
    if any(firm.kind == "head_office" for firm in firms):
        siblings = parties.list_sibling_branches(*asked)
        firms = Rows((*firms, *siblings), truncated=firms.truncated or siblings.truncated)
    return _firm_tables(subject, firms, PARTY_FIELDS, "related_party")


def counterpart_tables(subject: Subject) -> Tables:
    """Return brokers with their levels; of principals and partners only those that were discredited."""
    asked = (subject.reader, subject.scope, subject.uscc, subject.first, subject.day)
    return _firm_tables(subject, parties.list_counterparts(*asked), COUNTERPART_FIELDS, "broker_relation")


def _firm_tables(
    subject: Subject, firms: Rows[parties.LinkedFirm], fields: Mapping[str, tuple[str, ...]], name: str
) -> Tables:
    def party(kinds: tuple[str, ...], firm: parties.LinkedFirm) -> Party | None:
        return _party(firm) if firm.kind in kinds else None

    return {field: as_table(subject, firms, partial(party, kinds), name=name) for field, kinds in fields.items()}


def _party(firm: parties.LinkedFirm) -> Party:
    levels = tuple(LevelPeriod(held.level, held.begins, held.ends) for held in firm.levels)
    return Party(firm.source.row_id, firm.kind, levels, firm.linked_from or date.min, firm.linked_to)
