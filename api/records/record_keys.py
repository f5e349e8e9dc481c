"""Where each record key of the certification standards is found in the shared records.

The keys are those of Announcement 2026-34 as the standards name them (`decided_by_records`). A missing
column switches off the items that need it; `check.py` says which keys those are.
"""

from __future__ import annotations

RECORD_KEYS: dict[str, tuple[str, ...]] = {
    "registration_info": (
        "enterprise.contact_filed_on", "registration_change.found_unfiled", "registration_change.changed_on",
        "licence.state", "licence.state_on", "licence.for_fault",
    ),
    "related_person_positions": ("related_party.party_uscc", "related_party.post", "related_party.notified_on"),
    "annual_credit_report_status": ("agency_record.kind", "agency_record.recorded_on"),
    "erp_customs_link": ("licence.kind", "licence.state"),
    "iso27001_certificate": ("external_credit.kind", "external_credit.valid_to"),
    "mlps_report": ("external_credit.kind", "external_credit.grade", "external_credit.valid_to"),
    "customs_penalties": (
        "penalty.decided_on", "penalty.fine", "penalty.confiscated_gains", "penalty.confiscated_goods",
        "penalty.violations", "penalty.field", "penalty.forgery", "penalty.self_disclosed",
    ),
    "audit_report": ("audit_report.fiscal_year", "audit_report.opinion", "audit_report.filed_on"),
    "audited_financials": (
        "audit_report.total_assets", "audit_report.opening_total_assets", "audit_report.total_liabilities",
        "audit_report.current_assets", "audit_report.current_liabilities", "audit_report.cash",
        "audit_report.trading_financial_assets", "audit_report.net_operating_cash_flow", "audit_report.revenue",
        "audit_report.cost_of_sales", "audit_report.operating_profit", "audit_report.total_profit",
        "audit_report.interest_expense", "audit_report.net_profit", "enterprise.manufacturer",
    ),
    "business_status": ("enterprise.status",),
    "criminal_record_certificates": (
        "criminal_case.subject", "criminal_case.intentional", "criminal_case.judged_on",
    ),
    "trade_value": ("declaration_month.import_value", "declaration_month.export_value"),
    "declaration_volume": (
        "declaration_month.declarations", "declaration_month.documents", "field_month.declarations",
        "field_month.inspected",
    ),
    "overdue_payments": (
        "overdue_payment.due_on", "overdue_payment.paid_on", "overdue_payment.deferred_to",
    ),
    "inspection_results": (
        "declaration_month.self_inspected", "declaration_month.found", "declaration_month.high_quality_found",
    ),
    "tax_recovery": ("tax_recovery.recovered_on", "tax_recovery.amount"),
    "tax_paid_total": ("declaration_month.tax_paid",),
    "credit_level_brokers": ("broker_relation.counterpart_uscc", "broker_relation.valid_from", "credit_rating.level"),
    "credit_level_principals": ("broker_relation.counterpart_uscc", "broker_relation.role", "credit_rating.level"),
    "credit_level_partners": ("broker_relation.counterpart_uscc", "broker_relation.role", "credit_rating.level"),
    "abnormal_list": ("abnormal_listing.listed_on", "abnormal_listing.removed_on"),
    "customs_rectification_orders": (
        "obligation.kind", "obligation.due_on", "obligation.fulfilled_on", "obligation.found_unfulfilled_on",
    ),
    "undertakings_register": ("obligation.kind", "obligation.found_unfulfilled_on"),
    "credit_level_related_firms": ("related_party.party_uscc", "credit_rating.level"),
    "credit_level_branches": ("related_party.party_uscc", "credit_rating.level"),
    "shareholder_registry": ("related_party.party_uscc", "related_party.party_key"),
    "credit_level_shareholders": ("related_party.party_uscc", "credit_rating.level"),
    "public_credit_rating": ("external_credit.kind", "external_credit.grade"),
    "creditchina": ("external_credit.kind", "external_credit.subject", "external_credit.valid_to"),
    "miit_green_list": ("external_credit.kind",),
    "miit_little_giant_list": ("external_credit.kind",),
    "ndrc_tech_centre_list": ("external_credit.kind",),
    "customs_stat_sample": ("agency_record.kind", "agency_record.grade"),
    "customs_competence_certs": (
        "enterprise.declarants", "enterprise.declarants_junior", "enterprise.declarants_intermediate",
        "enterprise.declarants_senior",
    ),
    "inspection_quarantine_results": ("field_month.field", "field_month.role", "field_month.adverse"),
    "foreign_notifications": ("agency_record.kind", "agency_record.field", "agency_record.own_fault"),
    "food_bad_record_list": ("agency_record.kind", "agency_record.recorded_on"),
}  # fmt: skip

# Not records of any authority: the enterprise's own staff and access systems. They are shown by the enterprise.
ENTERPRISE_OWN = ("hr_leaver_list", "access_logs")


def keys_needing(table: str, column: str | None = None) -> tuple[str, ...]:
    """Return the record keys that need a table, or one of its columns."""
    wanted = f"{table}.{column}" if column else f"{table}."
    return tuple(
        key
        for key, columns in RECORD_KEYS.items()
        if any(name == wanted or (column is None and name.startswith(wanted)) for name in columns)
    )
