"""Certificates, system links and internal logs that settle an item wholly or partly."""

from __future__ import annotations

from selfassess.facts import Certificate
from selfassess.grades import Grade
from selfassess.logic import Figure
from selfassess.rules.reading import Case, Reading, Shown, share, source
from selfassess.text import Text, text

_ONLY_MET = frozenset({Grade.MET})


def customs_link(case: Case) -> Reading:
    """Whether ERP or e-commerce platform is linked to Customs: then the item is deemed met.

    Source: advanced-2026 and certified-2026 item 8.
    """
    rows = _valid(case, {"erp_customs_link", "e_commerce_platform_link"})
    needed = text(
        "没有查到与海关对接的状态，请按系统实际情况回答", "no customs link found; answer for the system as it is"
    )
    return _deemed(case, {"customs_link_accepted": bool(rows)}, rows, needed)


def security_certificates(case: Case) -> Reading:
    """Whether an ISO 27001 certificate or an MLPS conclusion 符合 is valid: then the item is deemed met.

    Source: advanced-2026 item 9.
    """
    iso = _valid(case, {"iso27001"})
    mlps = [row for row in _valid(case, {"mlps_report"}) if row.conclusion == "符合"]
    figures = {"iso27001_certificate_valid": bool(iso), "mlps_conclusion_conforms": bool(mlps)}
    needed = text("没有查到有效证书，请按制度和措施回答", "no valid certificate found; answer for rules and measures")
    return _deemed(case, figures, [*iso, *mlps], needed)


def _valid(case: Case, kinds: set[str]) -> list[Certificate]:
    table = case.table("certificates")
    return [row for row in table.rows if row.kind in kinds and row.valid_on(case.window_end)]


def _deemed(case: Case, figures: dict[str, bool], rows: list[Certificate], needed: Text) -> Reading:
    table = case.table("certificates")
    return Reading(
        cases=(dict(figures),),
        shown=tuple(Shown(text("有效证明", "valid proof"), row.id) for row in rows),
        sources=(source(table, rows),),
        proposes=_ONLY_MET,
        still_needed=None if rows else needed,
        direction="favourable",
    )


def competence(case: Case) -> Reading:
    """Shares of in-house declarants who passed each level of the assessment.

    Source: advanced-2026 item 74, certified-2026 item 62.
    """
    table = case.table("customs_competence_certs")
    if not table.rows:
        none = text("没有查到评估证书，请自行统计", "no assessment certificates found; count them yourself")
        return Reading(sources=(source(table, []),), still_needed=none)
    row = table.rows[-1]
    figures: dict[str, Figure] = {
        "declarant_headcount": row.declarants,
        "share_junior_passed": share(row.junior, row.declarants),
        "share_intermediate_passed": share(row.intermediate, row.declarants),
        "share_senior_passed": share(row.senior, row.declarants),
        "senior_passed_count": row.senior,
    }
    shown = (
        Shown(text("报关人员", "declarants"), str(row.declarants)),
        Shown(
            text("通过初级、中级、高级的人数", "passed junior, intermediate, senior"),
            f"{row.junior}、{row.intermediate}、{row.senior}",
        ),
    )
    return Reading(cases=(figures,), shown=shown, sources=(source(table, [row]),), direction="both")


def leavers(case: Case) -> Reading:
    """Leavers whose access is not withdrawn: a lead, “promptly” has no number of days (advanced-2026 item 52)."""
    table = case.table("hr_leaver_list")
    left = [row for row in table.rows if row.left_on < case.window_end]
    still_open = [row for row in left if row.revoked_on is None]
    days = max(((row.revoked_on - row.left_on).days for row in left if row.revoked_on is not None), default=0)
    return Reading(
        shown=(
            Shown(text("没有取消授权的离职人员", "leavers with access"), str(len(still_open))),
            Shown(text("最长间隔天数", "longest gap in days"), str(days)),
        ),
        sources=(source(table, left),),
        suggests=Grade.NOT_MET if still_open else None,
        still_needed=text(
            "请说明标识、场所和系统授权是否都及时取消", "say whether badge, site and system rights were withdrawn"
        ),
    )


def internal_review_log(case: Case) -> Reading:
    """The share of declarations reviewed beforehand: a lead (advanced-2026 and certified-2026 item 5)."""
    table = case.table("internal_review_log")
    declared, reviewed = sum(row.declared for row in table.rows), sum(row.reviewed for row in table.rows)
    return Reading(
        shown=(Shown(text("有复核留痕的报关单", "declarations with a review trail"), f"{reviewed}/{declared}"),),
        sources=(source(table, table.rows),),
        still_needed=text("请说明复核的岗位和内容", "say who reviews and what"),
    )
