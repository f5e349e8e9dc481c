"""What others say and give: agencies, external credit, licences, publications, measures, cases, audit reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from api.records.codes import code_sets
from api.records.sample.plan import Subject
from api.records.sample.rows import Batch
from api.records.sample.timeline import Period
from api.records.sample.trade import add_relations
from api.records.sample.traits import Traits

AEO = ("advanced", "certified")
DISCREDITED = ("discredited", "serious")
SEVERE = "严重"
GRADES = {"taxation": "A", "foreign_exchange": "A类", "environment": "诚信", "transport": "AA"}
FINANCE = {
    # millions of yuan: assets, opening, liabilities, current assets, current liabilities, cash, trading assets,
    # operating cash flow, revenue, cost of sales, operating profit, total profit, interest, net profit
    "sound": (200, 190, 90, 120, 60, 25, 2, 18, 240, 190, 16, 16, 2, 12),
    "insolvent": (100, 110, 99, 30, 60, 2, 0, -5, 180, 150, 8, 8, 3, 6),
    "one_ratio": (100, 110, 60, 30, 50, 2, 0, -1, 180, 150, 8, 8, 3, 6),
    "loss": (200, 210, 90, 120, 60, 25, 2, -4, 240, 240, -16, -16, 2, -16),
    "overindebted": (100, 98, 97, 90, 60, 15, 2, 9, 180, 150, 8, 8, 3, 6),
    "thin": (200, 210, 90, 120, 60, 25, 2, 9.5, 240, 239, -3, -3, 2, -3),
}
FIGURES = (
    "total_assets", "opening_total_assets", "total_liabilities", "current_assets", "current_liabilities", "cash",
    "trading_financial_assets", "net_operating_cash_flow", "revenue", "cost_of_sales", "operating_profit",
    "total_profit", "interest_expense", "net_profit",
)  # fmt: skip


def add_standing(
    batch: Batch,
    subject: Subject,
    traits: Traits,
    history: Sequence[Period],
    registered: date,
    day: date,
    enterprises: int,
) -> None:
    """Add everything that others recorded about the enterprise."""
    since = history[-1].since
    add_relations(batch, subject, traits, day, enterprises)
    _add_agencies(batch, subject, traits, day)
    _add_external(batch, subject, traits, day)
    _add_audits(batch, subject, traits, day)
    _add_licences(batch, subject, traits, registered, day)
    add_publications(batch, subject, traits, since)
    _add_measures(batch, subject, traits, since)
    _add_cases(batch, subject, traits, since, day)
    if traits.standing == "advanced" or subject.index % 9 == 0:
        person = f"coordinator-{subject.office.district}"
        batch.add(
            "coordinator_assignment", uscc=subject.uscc, coordinator=person, coordinator_name="示例协调员",
            assigned_from=_ago(day, 300),
        )  # fmt: skip


def _add_agencies(batch: Batch, subject: Subject, traits: Traits, day: date) -> None:
    for place, agency in enumerate(code_sets()["agency"]):
        grade = GRADES.get(agency, "正常")
        batch.add(
            "agency_record", uscc=subject.uscc, agency=agency, kind="grading", title="部门信用评价", grade=grade,
            recorded_on=_ago(day, 200 + place),
        )  # fmt: skip
    for number, (field, own_fault) in enumerate(traits.notified):
        batch.add(
            "agency_record", uscc=subject.uscc, agency="customs", kind="foreign_notification", title="境外通报",
            field=field, own_fault=own_fault, grade=SEVERE if number == 3 else None,
            recorded_on=_ago(day, 250 - number),
        )  # fmt: skip
    if traits.inspection_notice:
        batch.add(
            "agency_record", uscc=subject.uscc, agency="customs", kind="inspection_notice", title="稽查通知书",
            recorded_on=_ago(day, 190),
        )  # fmt: skip
    if traits.food_bad_record:
        batch.add(
            "agency_record", uscc=subject.uscc, agency="customs", kind="food_bad_record", title="进口食品不良记录",
            field="food_cosmetics", recorded_on=_ago(day, 280), valid_to=_ago(day, -85),
        )  # fmt: skip
    if traits.standing in DISCREDITED:
        batch.add(
            "agency_record", uscc=subject.uscc, agency="taxation", kind="violation", title="虚开发票",
            recorded_on=_ago(day, 410),
        )  # fmt: skip


def _add_external(batch: Batch, subject: Subject, traits: Traits, day: date) -> None:
    def add(kind: str, publisher: str, subject_kind: str = "enterprise", **more: str) -> None:
        batch.add(
            "external_credit", uscc=subject.uscc, subject=subject_kind, kind=kind, publisher=publisher,
            valid_from=_ago(day, 240), valid_to=_ago(day, -400), **more,
        )  # fmt: skip

    add("public_rating", "国家公共信用信息中心", grade=traits.public_rating)
    for kind, whom in traits.entries:
        add(kind, "信用中国", whom, title="公示信息")
    for kind in traits.lists:
        add(kind, "国家有关部门", title="名单")
    if traits.statistics_sample is not None:
        add("statistics_sample", "海关总署", grade=traits.statistics_sample, title="统计调查样本企业")


def _add_audits(batch: Batch, subject: Subject, traits: Traits, day: date) -> None:
    for year in range(day.year - 6, day.year):
        latest = year == day.year - 1
        figures = FINANCE[traits.finance if latest or traits.finance == "overindebted" else "sound"]
        batch.add(
            "audit_report", uscc=subject.uscc, fiscal_year=year, opinion=traits.opinion if latest else "unqualified",
            filed_on=date(year + 1, 5, 20).isoformat(),
            **{name: value * 1_000_000 for name, value in zip(FIGURES, figures, strict=True)},
        )  # fmt: skip


def _add_licences(batch: Batch, subject: Subject, traits: Traits, registered: date, day: date) -> None:
    def add(kind: str, name: str, begins: str, state: str = "valid", **more: object) -> None:
        batch.add(
            "licence", uscc=subject.uscc, kind=kind, licence_no=f"SL{subject.index:06d}{kind[:2].upper()}", name=name,
            valid_from=begins, state=state, customs_office_name=subject.office.office_name, published_from=begins,
            **more,
        )  # fmt: skip

    def certify(kind: str, name: str, **more: object) -> None:
        """Not a licence of Customs: kept on file, and not published."""
        batch.add(
            "licence", uscc=subject.uscc, kind=kind, licence_no=f"SL{subject.index:06d}{kind[:2].upper()}", name=name,
            valid_from=_ago(day, 700), valid_to=_ago(day, -390), state="valid", **more,
        )  # fmt: skip

    if traits.linked:
        certify("erp_customs_link", "企业系统与海关对接")
    if traits.iso27001:
        certify("iso27001", "信息安全管理体系认证证书")
    if traits.mlps is not None:
        certify("mlps_report", "网络安全等级保护测评报告", conclusion=traits.mlps)
    if traits.laboratory_years:
        begins = _ago(day, 365 * traits.laboratory_years + 10)
        add("laboratory_filing", "实验室备案", begins, field="health_quarantine")
    if any(field.field == "animal_plant_quarantine" for field in traits.fields):
        more = {"field": "animal_plant_quarantine"}
        state = "valid"
        if traits.registration_cancelled:
            state = "cancelled"
            more |= {"state_on": _ago(day, 260), "cause": "检疫不合格", "published_to": _ago(day, 260)}
        add(
            "animal_plant_export_registration", "出境动植物产品注册登记", registered.isoformat(), state,
            for_fault=traits.registration_cancelled, **more,
        )  # fmt: skip


def add_publications(batch: Batch, subject: Subject, traits: Traits, since: date) -> None:
    """Add the entries of the published directories."""
    listed = {
        "aeo": traits.standing in AEO,
        "discredited": traits.standing in DISCREDITED,
        "customs_broker": traits.kind != "trader",
        "cross_border_ecommerce": traits.cross_border,
        "specially_qualified": bool(traits.fields) and traits.fields[0].field == "animal_plant_quarantine",
    }
    for directory, is_listed in listed.items():
        if is_listed:
            batch.add(
                "publication", uscc=subject.uscc, directory=directory, published_from=since.isoformat(),
                entry_no=f"SLML-{subject.index:06d}",
            )  # fmt: skip


def _add_measures(batch: Batch, subject: Subject, traits: Traits, since: date) -> None:
    measures = {
        "advanced": (("incentive", "税务部门", "办理出口退税时提供便利"), ("incentive", "外汇部门", "简化单证审核")),
        "discredited": (("sanction", "市场监管部门", "限制享受部分便利"),),
        "serious": (("sanction", "市场监管部门", "限制享受部分便利"), ("sanction", "财政部门", "限制政府采购")),
    }
    for kind, department, measure in measures.get(traits.standing, ()):
        begins = (since + timedelta(days=30)).isoformat()
        batch.add(
            "joint_measure", uscc=subject.uscc, kind=kind, department=department, measure=measure,
            basis="联合激励与惩戒安排（示例）", valid_from=begins, published_from=begins,
        )  # fmt: skip


def _add_cases(batch: Batch, subject: Subject, traits: Traits, since: date, day: date) -> None:
    number = f"{day.year}-{subject.index:06d}"
    standard = "advanced-2026" if traits.standing == "advanced" else "certified-2026"
    level = "advanced_certified" if traits.standing == "advanced" else "certified"
    if traits.standing in AEO:
        batch.add(
            "certification_case", uscc=subject.uscc, case_no=f"RZ-{since.year}-{subject.index:06d}", kind="application",
            level_sought=level, submitted_on=(since - timedelta(days=80)).isoformat(), state="decided",
            state_on=since.isoformat(), decided_on=since.isoformat(), outcome="passed",
            accepted_on=(since - timedelta(days=75)).isoformat(), customs_office_name=subject.office.office_name,
        )  # fmt: skip
    if traits.open_case is not None:
        batch.add(
            "certification_case", uscc=subject.uscc, case_no=f"RZ-{number}", kind=traits.open_case, level_sought=level,
            standard=standard, submitted_on=_ago(day, 45), accepted_on=_ago(day, 40), state="site_validation",
            state_on=_ago(day, 9), customs_office_name=subject.office.office_name,
        )  # fmt: skip
    if traits.repair_case:
        batch.add(
            "credit_repair_case", uscc=subject.uscc, case_no=f"XF-{number}", kind="record_repair",
            discredit_class="ordinary", about_table="penalty", submitted_on=_ago(day, 12), state="accepted",
            state_on=_ago(day, 8),
        )  # fmt: skip
    if traits.objection:
        batch.add(
            "objection_case", uscc=subject.uscc, case_no=f"YY-{number}", about_table="penalty",
            claim="公示的处罚金额与决定书不一致", submitted_on=_ago(day, 6), state="accepted", state_on=_ago(day, 4),
        )  # fmt: skip


def _ago(day: date, days: int) -> str:
    return (day - timedelta(days=days)).isoformat()
