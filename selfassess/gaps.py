"""What stands between the enterprise and a pass: per gap the clause, the reason, the next step, the effort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selfassess.engine import Answer
from selfassess.forecast import Forecast
from selfassess.grades import Grade
from selfassess.item import Effort, Item
from selfassess.logic import Holds, ThresholdCheck
from selfassess.metrics import name_of
from selfassess.proposal import Proposal, clause_of
from selfassess.rules.reading import Source
from selfassess.situation import Assessed
from selfassess.text import Text, text
from selfassess.wording import show_figure, show_limit

EFFORTS: dict[Effort, Text] = {
    "paperwork": text("整理文件", "put papers in order"),
    "practice": text("建立做法并留下记录", "set up a practice and keep records of it"),
    "works": text("改造设施或者系统", "change facilities or systems"),
    "finance": text("改善财务状况", "improve the finances"),
    "waiting": text("靠时间或者事实变化", "time or a change of facts"),
}
"""Kinds of effort, lightest first."""
_KINDS = {
    "procedure": text("制度", "rules"),
    "record": text("记录", "records"),
    "agreement": text("协议", "agreements"),
}
_ORDER = {Grade.NOT_MET: 0, Grade.PARTLY_MET: 1, Grade.UNANSWERED: 2}


@dataclass(frozen=True)
class Gap:
    """One item that is not fully met, or not answered. ``blocks`` says whether it stands in the way of a pass."""

    no: str
    title: Text
    clause: Text
    grade: Grade
    blocks: bool
    reason: Text
    next_step: Text
    effort: Effort
    owners: tuple[Text, ...]
    passes_on: date | None
    sources: tuple[Source, ...]


def find_gaps(assessed: Assessed, ahead: Forecast | None = None) -> tuple[Gap, ...]:
    """The gaps, those that block a pass first, then the lighter effort first. Bonus items are no gaps."""
    outcome = assessed.outcome
    days = {entry.no: entry.passes_on for entry in ahead.items} if ahead is not None else {}
    blocking = set(outcome.blocking)
    gaps = [
        _gap(assessed, item, item.no in blocking, days.get(item.no))
        for item in outcome.standard.items.values()
        if not item.bonus and outcome.grades[item.no] in _ORDER
    ]
    efforts = list(EFFORTS)
    return tuple(sorted(gaps, key=lambda gap: (not gap.blocks, _ORDER[gap.grade], efforts.index(gap.effort))))


def _gap(assessed: Assessed, item: Item, blocks: bool, passes_on: date | None) -> Gap:
    standard = assessed.outcome.standard
    grade, answer = assessed.outcome.grades[item.no], assessed.answers[item.no]
    proposal = assessed.proposals.get(item.no)
    return Gap(
        no=item.no,
        title=item.title,
        clause=clause_of(standard, item),
        grade=grade,
        blocks=blocks,
        reason=_reason(assessed, item, grade, answer, proposal),
        next_step=_next_step(item, grade, answer, proposal, passes_on),
        effort=item.effort,
        owners=tuple(standard.departments[owner] for owner in item.owners),
        passes_on=passes_on,
        sources=proposal.sources if proposal is not None else (),
    )


def _reason(assessed: Assessed, item: Item, grade: Grade, answer: Answer, proposal: Proposal | None) -> Text:
    if grade is Grade.UNANSWERED:
        return text("还没有回答", "not answered yet")
    if proposal is not None and proposal.says is grade:
        found = tuple(_failed(proposal))
        if found:
            return text("；".join(entry.zh for entry in found), "; ".join(entry.en for entry in found))
    meaning = item.grades.meaning.get(grade) or assessed.outcome.standard.section_of[item.no].grade_meaning.get(grade)
    if answer.note.strip():
        return text(answer.note.strip(), answer.note.strip())
    return meaning or text("没有满足本项要求", "the requirement is not met")


def _failed(proposal: Proposal) -> Iterator[Text]:
    """Each limit that is not kept, with the figure found."""
    for check in proposal.checks:
        if check.holds is Holds.NO and check.figure is not None and check.threshold.unit != "category":
            yield _figure_and_limit(check)
    if not proposal.checks:
        for shown in proposal.shown:
            yield text(f"{shown.label.zh}：{shown.value}", f"{shown.label.en}: {shown.read('en')}")


def _figure_and_limit(check: ThresholdCheck) -> Text:
    threshold = check.threshold
    label = threshold.formula or name_of(threshold.metric) or threshold.applies_to
    figure = "" if check.figure is None else show_figure(check.figure, threshold.unit, threshold.limit)
    zh, en = (f"{figure}元", f"CNY {figure}") if threshold.unit == "CNY" else (figure, figure)
    limit = show_limit(threshold)
    return text(f"{label.zh}：{zh}，应{limit.zh}", f"{label.en}: {en}, should be {limit.en}")


def _next_step(item: Item, grade: Grade, answer: Answer, proposal: Proposal | None, passes_on: date | None) -> Text:
    if grade is Grade.UNANSWERED:
        if proposal is not None and proposal.still_needed is not None:
            return proposal.still_needed
        return text("先回答本项", "answer this item first")
    if passes_on is not None:
        day = passes_on.isoformat()
        return text(f"保持没有新的记录，{day}起不再计入", f"keep the record clean; from {day} it no longer counts")
    if item.effort == "finance":
        return _finance_step(proposal)
    if item.effort == "waiting":
        return text(
            "先处理完这件事并留存证明；有疑问向主管海关核实",
            "settle the matter and keep proof; check doubts with the competent customs office",
        )
    return _evidence_step(item, answer)


def _finance_step(proposal: Proposal | None) -> Text:
    failed = [entry for entry in _failed(proposal)] if proposal is not None else []
    if not failed:
        return text("对照审计报告核对各项指标", "check each indicator against the audit report")
    return text(
        "需要改善：" + "；".join(entry.zh for entry in failed),
        "to improve: " + "; ".join(entry.en for entry in failed),
    )


def _evidence_step(item: Item, answer: Answer) -> Text:
    """What to supply: every kind of evidence the enterprise has not said it holds."""
    wanted: dict[str, tuple[Text, ...]] = {
        "procedure": item.evidence.procedure,
        "record": item.evidence.record,
        "agreement": item.evidence.agreement,
    }
    missing = {kind: listed for kind, listed in wanted.items() if listed and kind not in answer.held}
    zh = "；".join(f"{_KINDS[kind].zh}：{'、'.join(entry.zh for entry in listed)}" for kind, listed in missing.items())
    en = "; ".join(f"{_KINDS[kind].en}: {', '.join(entry.en for entry in listed)}" for kind, listed in missing.items())
    if not missing:
        return text("证明材料已有，请核对是否覆盖整个期间", "evidence is there; check that it covers the whole period")
    return text(f"补齐{zh}", f"supply {en}")
