"""Penalties, taxes, registration changes, listings and obligations of a full file."""

from __future__ import annotations

from datetime import date, timedelta

from api.records.sample.fiction import person_of
from api.records.sample.plan import Subject
from api.records.sample.rows import Batch
from api.records.sample.traits import NEGLIGENT, PenaltyTrait, Traits
from selfassess.window import add_months

SERIOUS_FIELDS = ("smuggling", "solid_waste")


def add_conduct(batch: Batch, subject: Subject, traits: Traits, day: date) -> None:
    """Add everything that speaks about law-abidance."""
    for number, penalty in enumerate(traits.penalties):
        add_penalty(batch, subject, penalty, number, day)
    for days_ago, amount in traits.recoveries:
        batch.add(
            "tax_recovery", uscc=subject.uscc, recovered_on=_ago(day, days_ago), amount=amount,
            reason="归类申报不实少缴税款", self_disclosed=False,
        )  # fmt: skip
    for due, paid, deferred in traits.payments:
        batch.add(
            "overdue_payment", uscc=subject.uscc, kind="tax", amount=48_000, due_on=_ago(day, due),
            paid_on=None if paid is None else _ago(day, paid),
            deferred_to=None if deferred is None else _ago(day, deferred),
        )  # fmt: skip
    for days_ago, unfiled in traits.changes:
        batch.add(
            "registration_change", uscc=subject.uscc, field="phone", changed_on=_ago(day, days_ago),
            due_on=_ago(day, days_ago - 30), filed_on=None if unfiled else _ago(day, days_ago - 12),
            found_unfiled=unfiled,
        )  # fmt: skip
    for listed, removed in traits.listings:
        batch.add(
            "abnormal_listing", uscc=subject.uscc, reason="未按规定报送年度报告", listed_on=_ago(day, listed),
            removed_on=None if removed is None else _ago(day, removed),
            deciding_customs_name=subject.office.office_name,
        )  # fmt: skip
    for kind, days_ago, kept in traits.obligations:
        batch.add(
            "obligation", uscc=subject.uscc, kind=kind, document_no=f"示例关责〔{day.year}〕{subject.index % 900}号",
            content="按文书要求限期完成", issued_on=_ago(day, days_ago), due_on=_ago(day, days_ago - 60),
            fulfilled_on=_ago(day, days_ago - 40) if kept else None,
            found_unfulfilled_on=None if kept else _ago(day, days_ago - 75),
        )  # fmt: skip
    for days_ago, cause in traits.convictions:
        batch.add(
            "criminal_case", uscc=subject.uscc, subject="related_person", person_name=person_of(subject.index)[1],
            post="legal_representative", cause=cause, smuggling=False, intentional=cause != NEGLIGENT,
            filed_on=_ago(day, days_ago + 120), judged_on=_ago(day, days_ago),
        )  # fmt: skip
    for kind, days_ago in traits.findings:
        batch.add(
            "customs_finding", uscc=subject.uscc, kind=kind, found_on=_ago(day, days_ago),
            customs_office_name=subject.office.office_name,
        )  # fmt: skip
    _add_annual_reports(batch, subject, traits, day)


def _add_annual_reports(batch: Batch, subject: Subject, traits: Traits, day: date) -> None:
    """The annual credit report of the last two years, filed in April or still owed; the dates are synthetic."""
    for year in (day.year - 1, day.year):
        due = date(year, 6, 30)
        if due < day:
            batch.add(
                "obligation", uscc=subject.uscc, kind="annual_credit_report", content=f"{year - 1}年度报告",
                issued_on=date(year, 1, 1).isoformat(), due_on=due.isoformat(),
                fulfilled_on=date(year, 4, 1 + subject.index % 28).isoformat() if traits.report_filed else None,
            )  # fmt: skip


def add_penalty(batch: Batch, subject: Subject, penalty: PenaltyTrait, number: int, day: date) -> None:
    """Add one penalty with its time of publication."""
    decided = day - timedelta(days=penalty.days_ago)
    serious = penalty.field in SERIOUS_FIELDS
    minor = penalty.fine < 3_000 and not serious
    shown = 0 if minor else 36 if serious else 12  # months, see `gateway/publication_limits.py`
    batch.add(
        "penalty",
        uscc=subject.uscc,
        decision_no=f"示例关罚字〔{decided.year}〕{subject.index:06d}-{number + 1}号",
        decided_on=decided.isoformat(),
        procedure="summary" if penalty.fine <= 10_000 else "ordinary",
        field=penalty.field,
        cause=penalty.cause,
        violations=penalty.violations,
        forgery=penalty.forgery,
        warning=penalty.fine == 0,
        fine=penalty.fine,
        confiscated_gains=penalty.gains,
        confiscated_goods=penalty.goods,
        self_disclosed=penalty.self_disclosed,
        intentional=True if serious else None,
        as_broker=False,
        discredit_class="minor" if minor else "serious" if serious else "ordinary",
        deciding_customs=subject.office.office,
        deciding_customs_name=subject.office.office_name,
        published_from=(decided + timedelta(days=7)).isoformat() if shown else None,
        published_to=(add_months(decided, shown) - timedelta(days=1)).isoformat() if shown else None,
    )


def _ago(day: date, days: int) -> str:
    return (day - timedelta(days=days)).isoformat()
