"""What official records propose for each item, and where a self-answer contradicts them.

The enterprise confirms; nothing here writes an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from selfassess.engine import Answer, Answers, normalise
from selfassess.facts import RecordFacts
from selfassess.figures import LINES, FinanceFigures
from selfassess.finance import FinanceResult, grade_finances, is_calculated
from selfassess.grades import Grade
from selfassess.item import Extent, Item
from selfassess.logic import ThresholdCheck, judge
from selfassess.profile import Profile
from selfassess.rules import RULES
from selfassess.rules.reading import Case, Direction, Reading, RecordNotRead, Shown, Source
from selfassess.standard import Standard
from selfassess.text import Text, text
from selfassess.window import Window
from selfassess.wording import show_figure

Origin = Literal["record", "calculated"]


@dataclass(frozen=True)
class Proposal:
    """What records, or the finance calculator, say about one item.

    ``grade`` can be confirmed as it is; ``suggests`` is only a lead; ``still_needed`` says what a person has
    to add. ``unavailable`` names a record that was not read.
    """

    no: str
    origin: Origin
    extent: Extent
    clause: Text
    rule: Text
    grade: Grade | None = None
    suggests: Grade | None = None
    shown: tuple[Shown, ...] = ()
    checks: tuple[ThresholdCheck, ...] = ()
    sources: tuple[Source, ...] = ()
    still_needed: Text | None = None
    remarks: tuple[Text, ...] = ()
    window: Window | None = None
    unavailable: str | None = None

    @property
    def says(self) -> Grade | None:
        """The grade proposed or, failing that, suggested."""
        return self.grade or self.suggests


@dataclass(frozen=True)
class Contradiction:
    """A self-answer and a record that do not agree. Both sides see both values."""

    no: str
    said: Grade
    record: Grade
    certain: bool
    proposal: Proposal


def prefill(
    standard: Standard,
    facts: RecordFacts,
    profile: Profile,
    window_end: date,
    figures: FinanceFigures | None = None,
    previous_year: int | None = None,
) -> tuple[Proposal, ...]:
    """A proposal for every item of the standard that records or figures speak about.

    ``window_end`` is the day look-back windows end on. ``previous_year`` is the year whose trade, documents and
    tax are compared; by default the calendar year before ``window_end``.
    """
    year = window_end.year - 1 if previous_year is None else previous_year
    calculated = {} if figures is None else _by_no(grade_finances(standard, figures, profile.production))
    proposals = []
    for item in standard.items.values():
        if profile.enterprise_type not in item.enterprise_types:
            continue
        if item.no in calculated:
            proposals.append(_from_figures(standard, item, calculated[item.no]))
        elif item.decided_by_records.extent != "none" and not is_calculated(item):
            proposals.append(read_records(standard, Case(item, facts, profile, window_end, year)))
    return tuple(proposals)


def read_records(standard: Standard, case: Case) -> Proposal:
    """What the item's own rule reads from the records."""
    decided = case.item.decided_by_records
    blank = Proposal(case.item.no, "record", decided.extent, clause_of(standard, case.item), case.item.requirement)
    try:
        reading = RULES[str(decided.rule)](case)
        window = case.window
    except RecordNotRead as missing:
        needed = text("记录没有取到，请自行回答", "the record is not available; answer yourself")
        return replace(blank, unavailable=str(missing), still_needed=needed)
    judgements = [judge(case.item, figures) for figures in reading.cases]
    possible = {grade for judgement in judgements for grade in judgement.possible}
    grade = possible.pop() if len(possible) == 1 else None
    gap = _gap_in_coverage(reading, window)
    allowed = reading.proposes & _despite_gap(reading.direction) if gap else reading.proposes
    return replace(
        blank,
        grade=grade if grade in allowed else None,
        suggests=reading.suggests,
        shown=reading.shown,
        checks=judgements[0].checks if len(judgements) == 1 else (),
        sources=reading.sources,
        still_needed=reading.still_needed or (gap if grade not in allowed else None) or _undecided(grade, reading),
        remarks=reading.remarks,
        window=window if window.start != window.end else None,
    )


def contradictions(proposals: Iterable[Proposal], standard: Standard, answers: Answers) -> tuple[Contradiction, ...]:
    """Every answered item whose record says something else. Unanswered items contradict nothing."""
    given = normalise(standard, answers)
    found = []
    for proposal in proposals:
        said, record = given[proposal.no].grade, proposal.says
        if said.answered and record is not None and said is not record:
            found.append(Contradiction(proposal.no, said, record, proposal.grade is not None, proposal))
    return tuple(found)


def confirm(proposals: Iterable[Proposal], standard: Standard, answers: Answers) -> dict[str, Answer]:
    """The answers with every certain proposal filled in where nothing was answered; answers stay as they are."""
    given = normalise(standard, answers)
    for proposal in proposals:
        if proposal.grade is not None and not given[proposal.no].grade.answered:
            given[proposal.no] = Answer(proposal.grade, note=_note(proposal))
    return given


def clause_of(standard: Standard, item: Item) -> Text:
    """The clause as cited: announcement, annex and item."""
    return text(
        f"{standard.number}{standard.annex.zh}{item.anchor.zh}",
        f"{standard.number} {standard.annex.en}, {item.anchor.en}",
    )


def _note(proposal: Proposal) -> str:
    values = "，".join(f"{shown.label.zh}：{shown.value}" for shown in proposal.shown)
    return f"据记录：{values}" if proposal.origin == "record" else f"据财务数据计算：{values}"


def _gap_in_coverage(reading: Reading, window: Window) -> Text | None:
    starts = [source.complete_from for source in reading.sources if source.complete_from is not None]
    late = [day for day in starts if day > window.start]
    if not late:
        return None
    day = max(late).isoformat()
    return text(f"记录从{day}开始，更早的情况请自行说明", f"the record starts on {day}; say how it was before")


def _despite_gap(direction: Direction) -> frozenset[Grade]:
    """The grades that stay certain although the record does not cover the whole window."""
    certain: Mapping[Direction, frozenset[Grade]] = {
        "adverse": frozenset({Grade.NOT_MET}),
        "favourable": frozenset({Grade.MET}),
        "both": frozenset(),
    }
    return certain[direction]


def _undecided(grade: Grade | None, reading: Reading) -> Text | None:
    if grade is not None or not reading.cases:
        return None
    return text("记录不足以确定，请补充后回答", "the records do not settle it; add what is missing")


def _by_no(results: Iterable[FinanceResult]) -> dict[str, FinanceResult]:
    return {result.no: result for result in results}


def _from_figures(standard: Standard, item: Item, result: FinanceResult) -> Proposal:
    stops = [problem for problem in result.problems if problem.stops]
    needed = text("；".join(p.message.zh for p in stops), "; ".join(p.message.en for p in stops)) if stops else None
    missing = text("请补充财务数据", "add the finance figures")
    return Proposal(
        no=item.no,
        origin="calculated",
        extent=item.decided_by_records.extent,
        clause=clause_of(standard, item),
        rule=item.requirement,
        grade=result.grade,
        checks=result.judgement.checks,
        shown=tuple(_shown(result)),
        still_needed=None if result.grade is not None else needed or missing,
        remarks=tuple(problem.message for problem in result.problems if not problem.stops),
    )


def _shown(result: FinanceResult) -> Iterable[Shown]:
    units = {check.threshold.metric: check.threshold for check in result.judgement.checks}
    for indicator in result.indicators:
        if indicator.value is not None:
            threshold = units[indicator.id]
            label = LINES.get(indicator.id, indicator.formula)
            yield Shown(label, show_figure(indicator.value, threshold.unit, threshold.limit))
    opinion = next((check.figure for check in result.judgement.checks if check.threshold.unit == "category"), None)
    if opinion is not None:
        yield Shown(text("审计意见", "audit opinion"), show_figure(opinion, "category"))
