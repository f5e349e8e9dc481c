"""Where each record key of the certification standards is found in the shared records.

The keys are those the standards name (`decided_by_records`); `gateway/facts.py` reads them. A missing column
switches off the items that need it; `check.py` says which keys those are.
"""

from __future__ import annotations

_LEVELS = ("credit_rating.level", "credit_rating.effective_from", "credit_rating.effective_to")
_PARTIES = ("related_party.kind", "related_party.party_uscc", *_LEVELS)
_FIRMS = ("broker_relation.role", "broker_relation.counterpart_uscc", "broker_relation.valid_from", *_LEVELS)
_OBLIGATION = ("obligation.kind", "obligation.due_on", "obligation.fulfilled_on", "obligation.found_unfulfilled_on")
_LISTED = ("external_credit.kind", "external_credit.valid_from", "external_credit.valid_to")
_FINDING = ("customs_finding.kind", "customs_finding.found_on")
_CERTIFICATE = ("licence.kind", "licence.state", "licence.valid_from", "licence.valid_to")

RECORD_KEYS: dict[str, tuple[str, ...]] = {
    "registration_info": (
        "registration_change.changed_on", "registration_change.due_on", "registration_change.filed_on",
        "registration_change.found_unfiled", "licence.kind", "licence.state", "licence.state_on", "licence.for_fault",
    ),
    "related_person_positions": _PARTIES,
    "credit_level_related_firms": _PARTIES,
    "credit_level_branches": (*_PARTIES, "related_party.party_key"),
    "shareholder_registry": _PARTIES,
    "credit_level_shareholders": _PARTIES,
    "credit_level_brokers": _FIRMS,
    "credit_level_principals": _FIRMS,
    "credit_level_partners": _FIRMS,
    "annual_credit_report_status": _OBLIGATION,
    "customs_rectification_orders": _OBLIGATION,
    "undertakings_register": _OBLIGATION,
    "erp_customs_link": _CERTIFICATE,
    "iso27001_certificate": _CERTIFICATE,
    "mlps_report": (*_CERTIFICATE, "licence.conclusion"),
    "customs_inspection_notices": ("agency_record.kind", "agency_record.recorded_on"),
    "customs_internal_findings": _FINDING,
    "statistics_action": _FINDING,
    "court_records": ("criminal_case.cause", "criminal_case.judged_on"),
    "criminal_record_certificates": (
        "criminal_case.subject", "criminal_case.intentional", "criminal_case.judged_on",
    ),
    "customs_penalties": (
        "penalty.decided_on", "penalty.fine", "penalty.confiscated_gains", "penalty.confiscated_goods",
        "penalty.violations", "penalty.field", "penalty.forgery",
    ),
    "audit_report": ("audit_report.fiscal_year", "audit_report.opinion", "audit_report.filed_on"),
    "audited_financials": (
        "audit_report.total_assets", "audit_report.opening_total_assets", "audit_report.total_liabilities",
        "audit_report.current_assets", "audit_report.current_liabilities", "audit_report.cash",
        "audit_report.trading_financial_assets", "audit_report.net_operating_cash_flow", "audit_report.revenue",
        "audit_report.cost_of_sales", "audit_report.operating_profit", "audit_report.total_profit",
        "audit_report.interest_expense", "audit_report.net_profit", "enterprise.manufacturer",
    ),
    "business_status": ("enterprise.status", "enterprise.status_from"),
    "trade_value": ("declaration_month.import_value", "declaration_month.export_value"),
    "declaration_volume": ("declaration_month.declarations", "declaration_month.documents"),
    "tax_paid_total": ("declaration_month.tax_paid",),
    "inspection_results": (
        "declaration_month.self_inspected", "declaration_month.found", "declaration_month.high_quality_found",
    ),
    "overdue_payments": (
        "overdue_payment.due_on", "overdue_payment.paid_on", "overdue_payment.deferred_to",
    ),
    "tax_recovery": ("tax_recovery.recovered_on", "tax_recovery.amount"),
    "abnormal_list": ("abnormal_listing.listed_on", "abnormal_listing.removed_on"),
    "public_credit_rating": ("external_credit.kind", "external_credit.grade", "external_credit.valid_from"),
    "creditchina": (*_LISTED, "external_credit.subject"),
    "miit_green_list": _LISTED,
    "miit_little_giant_list": _LISTED,
    "ndrc_tech_centre_list": _LISTED,
    "customs_stat_sample": _LISTED,
    "customs_competence_certs": (
        "enterprise.declarants", "enterprise.declarants_junior", "enterprise.declarants_intermediate",
        "enterprise.declarants_senior",
    ),
    "inspection_quarantine_results": (
        "field_month.field", "field_month.role", "field_month.inspected", "field_month.adverse",
    ),
    "foreign_notifications": (
        "agency_record.kind", "agency_record.field", "agency_record.own_fault", "agency_record.grade",
    ),
    "food_bad_record_list": ("agency_record.kind", "agency_record.recorded_on", "agency_record.valid_to"),
}  # fmt: skip

# Not records of any authority: the enterprise's own staff, access and review systems. It shows them itself.
ENTERPRISE_OWN = ("hr_leaver_list", "access_logs", "internal_review_log")


def keys_needing(table: str, column: str | None = None) -> tuple[str, ...]:
    """Return the record keys that need a table, or one of its columns."""
    wanted = f"{table}.{column}" if column else f"{table}."
    return tuple(
        key
        for key, columns in RECORD_KEYS.items()
        if any(name == wanted or (column is None and name.startswith(wanted)) for name in columns)
    )
