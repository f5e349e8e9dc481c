"""What an enterprise of a level has to report or do again and again, as far as the provisions say.

Every figure here stands in the provision named beside it; a test proves that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from api.usecases.calendar.entries import Duty, Entry
from selfassess.text import text
from selfassess.window import add_months

AUDIT_REPORT = "gacc-2026-34#audit-report"
INTERNAL_AUDIT = "gacc-2026-34#internal-audit"
AHEAD_MONTHS = 18
CERTIFIED = ("advanced_certified", "certified")


def dated_duties(level: str, today: date) -> Iterator[Entry]:
    """Yield the duties of a level that a provision gives a day of the year.

    Announcement 2026 No. 34: advanced certified enterprises report on last year's audit by 30 June.
    """
    if level != "advanced_certified":
        return
    for year in (today.year, today.year + 1):
        day = date(year, 6, 30)
        if today <= day <= add_months(today, AHEAD_MONTHS):
            yield Entry(
                key=f"audit-report:{year}",
                sort="report",
                day=day,
                title=text("报送上年度审计报告有关事项（每年6月30日前）", "Report on last year's audit (by 30 June)"),
                basis="rule",
                rules=(AUDIT_REPORT,),
            )


def undated_duties(level: str) -> Iterator[Duty]:
    """Yield the duties of a level whose day is not fixed or not verified."""
    yield Duty(
        "annual-report",
        text("企业信用信息年度报告", "Annual credit report"),
        ("credit-publication-mechanisms#annual-report", "gacc-order-282#unknown-annual-report"),
        text(
            "现行的报送期限未核实，请向主管海关确认。旧规第237号令的报送期是每年1月1日至6月30日，不是现行规定。",
            "The present filing period is not verified; ask the competent customs. Under the old Order 237 it was "
            "between 1 January and 30 June; this is not the present rule.",
        ),
    )
    if level in CERTIFIED:
        yield Duty(
            "internal-audit",
            text("每年做内部审计并建立档案", "Audit internally every year and keep a file"),
            (INTERNAL_AUDIT,),
            text("规定没有写明在哪一天以前。", "The provision names no day."),
        )
    if level == "certified":
        yield Duty(
            "audit-report",
            text("审计报告", "Audit report"),
            (AUDIT_REPORT,),
            text(
                "认证企业的报送日期在现有来源中没有列出。",
                "A filing date for certified enterprises is not shown in the source held.",
            ),
        )
    if level in ("discredited", "seriously_discredited"):
        yield Duty(
            "upgrade",
            text("申请信用等级上调", "Apply for an upgrade of the level"),
            ("gacc-order-282#art-29-30", "gacc-order-282#unknown-upgrade-waiting"),
            text("要满多长时间未能核实。", "How long one has to wait could not be verified."),
        )
