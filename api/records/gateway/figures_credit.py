"""Figures about others' credit and about standing: brokers, related firms, external credit, audit report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date

from api.records.codes import AEO_LEVELS, DISCREDITED_LEVELS
from api.records.gateway.figure import Figure, on_day, windows
from api.records.gateway.measures import AuditReport, ExternalCredit, list_audit_reports, list_external_credit
from api.records.gateway.parties import FirmLevel, list_counterpart_levels, list_party_levels, list_related_parties
from api.records.gateway.rating import Enterprise
from api.records.gateway.source import Source
from api.records.gateway.windows import Window
from api.records.reader import Reader
from api.records.scope import Scope

LISTS = {
    "green_list": "miit_green_list",
    "little_giant_list": "miit_little_giant_list",
    "tech_centre_list": "ndrc_tech_centre_list",
}
NOT_FIGURES = {"source", "uscc", "fiscal_year", "opinion", "filed_on"}


def counterpart_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield the levels of brokers, principals and partners (advanced items 25, 26, 66, 73)."""
    for span in windows(day):
        firms = list_counterpart_levels(reader, scope, enterprise.uscc, span.first, span.last)
        brokers = [firm for firm in firms if firm.kind == "broker"]
        principals = [firm for firm in firms if firm.kind == "principal"]
        partners = [firm for firm in firms if firm.kind == "partner"]
        yield _firms("credit_level_brokers", "entrusted_brokers_dishonest", _discredited(brokers), span)
        yield _firms("credit_level_principals", "principals_dishonest", _discredited(principals), span)
        yield _firms("credit_level_partners", "partners_dishonest", _discredited(partners), span)
        yield _share_of_aeo(brokers, span)


def _share_of_aeo(brokers: list[FirmLevel], span: Window) -> Figure:
    """Share of entrusted brokers that held an AEO level all the time they were entrusted, in per cent."""
    entrusted = {firm.uscc for firm in brokers}
    always = entrusted - {firm.uscc for firm in brokers if firm.level not in AEO_LEVELS}
    share = 100 * len(always) / len(entrusted) if entrusted else None
    sources = _sources(brokers)
    return Figure("credit_level_brokers", "share_of_brokers_AEO", share, span.first, span.last, span.years, sources)


def related_firm_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield the levels of branches, investors and firms of related persons (advanced items 37 to 39)."""
    firms = list_party_levels(reader, scope, enterprise.uscc, day)
    groups = (
        ("credit_level_branches", "branches_or_parent_dishonest", ("branch", "head_office")),
        ("credit_level_shareholders", "registered_investors_dishonest", ("investor",)),
        ("credit_level_related_firms", "firms_of_related_persons_dishonest", ("post_held",)),
    )
    for key, metric, kinds in groups:
        bad = _discredited([firm for firm in firms if firm.kind in kinds])
        yield Figure(key, metric, len({firm.uscc for firm in bad}), None, day, None, _sources(bad))
    parties = list_related_parties(reader, scope, enterprise.uscc, day)
    posts = [party for party in parties if party.kind == "post_held"]
    silent = [party for party in posts if party.notified_on is None]
    investors = [party for party in parties if party.kind == "investor"]
    yield on_day("related_person_positions", "posts_not_notified", len(silent), day, silent)
    yield on_day("shareholder_registry", "registered_investors", len(investors), day, investors)


def external_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield the public rating, Credit China entries, lists and certificates (advanced items 9, 40 to 43, 69 to 71)."""
    entries = [entry for entry in list_external_credit(reader, scope, enterprise.uscc, day) if entry.in_force(day)]
    rating = _of(entries, "public_rating")
    yield on_day("public_credit_rating", "public_credit_rating", rating[0].grade if rating else None, day, rating[:1])
    serious = _of(entries, "serious_discredit")
    own = [entry for entry in serious if entry.subject != "investor"]
    of_investors = [entry for entry in serious if entry.subject == "investor"]
    lowest = _of(entries, "lowest_grade")
    yield on_day("creditchina", "creditchina_serious_dishonesty_entries", len(own), day, own)
    metric = "creditchina_serious_dishonesty_entries.investors"
    yield on_day("creditchina", metric, len(of_investors), day, of_investors)
    yield on_day("creditchina", "creditchina_lowest_grade_entries", len(lowest), day, lowest)
    for kind, key in LISTS.items():
        listed = _of(entries, kind)
        yield on_day(key, kind, bool(listed), day, listed)
    iso, mlps = _of(entries, "iso27001"), _of(entries, "mlps")
    yield on_day("iso27001_certificate", "iso27001_certificate", bool(iso), day, iso)
    yield on_day("mlps_report", "mlps_conclusion", mlps[0].grade if mlps else None, day, mlps[:1])


def registration_state_figures(
    reader: Reader,  # noqa: ARG001 - one signature for all groups
    scope: Scope,  # noqa: ARG001
    enterprise: Enterprise,
    day: date,
) -> Iterator[Figure]:
    """Yield contact person, business status and competence certificates (advanced items 1, 15, 74)."""
    filed = enterprise.contact_filed_on is not None and enterprise.contact_filed_on <= day
    ended = enterprise.status in ("dissolving", "bankrupt")
    values = (
        ("registration_info", "contact_person_filed", filed),
        ("business_status", "in_dissolution_or_bankrupt", ended),
        ("customs_competence_certs", "declarant_headcount", enterprise.declarants),
        ("customs_competence_certs", "junior_passed", enterprise.declarants_junior),
        ("customs_competence_certs", "intermediate_passed", enterprise.declarants_intermediate),
        ("customs_competence_certs", "senior_passed", enterprise.declarants_senior),
    )
    for key, metric, value in values:
        yield on_day(key, metric, value, day, (enterprise,))


def audit_figures(reader: Reader, scope: Scope, enterprise: Enterprise, day: date) -> Iterator[Figure]:
    """Yield the opinion and the statements of the latest audit report (advanced items 12 to 14)."""
    reports = list_audit_reports(reader, scope, enterprise.uscc, day)[:1]
    for report in reports:
        yield on_day("audit_report", "audit_opinion", report.opinion, day, reports)
        yield on_day("audit_report", "audit_fiscal_year", report.fiscal_year, day, reports)
        yield on_day("audit_report", "audit_report_filed_on", report.filed_on, day, reports)
        for field in fields(AuditReport):
            if field.name not in NOT_FIGURES:
                yield on_day("audited_financials", field.name, getattr(report, field.name), day, reports)


def _firms(key: str, metric: str, firms: list[FirmLevel], span: Window) -> Figure:
    count = len({firm.uscc for firm in firms})
    return Figure(key, metric, count, span.first, span.last, span.years, _sources(firms))


def _discredited(firms: Iterable[FirmLevel]) -> list[FirmLevel]:
    return [firm for firm in firms if firm.level in DISCREDITED_LEVELS]


def _sources(firms: Iterable[FirmLevel]) -> tuple[Source, ...]:
    return tuple(source for firm in firms for source in (firm.relation, firm.rating) if source is not None)


def _of(entries: Iterable[ExternalCredit], kind: str) -> list[ExternalCredit]:
    return [entry for entry in entries if entry.kind == kind]
