"""What official records propose for each item, and where a self-answer contradicts them.

The enterprise confirms; nothing here writes an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from selfassess.engine import Answer, Answers, normalise
from selfassess.facts import RecordedFigures, RecordFacts
from selfassess.figures import FinanceFigures
from selfassess.finance import is_calculated
from selfassess.finance_prefill import finance_proposals
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.logic import judge
from selfassess.metrics import unknown_figures
from selfassess.profile import Profile
from selfassess.proposal import Contradiction, Proposal, clause_of
from selfassess.rules import RULES
from selfassess.rules.reading import Case, Direction, Reading, RecordNotRead
from selfassess.standard import Standard
from selfassess.text import Text, text
from selfassess.window import Window

__all__ = ["Contradiction", "Proposal", "confirm", "contradictions", "prefill", "read_records"]


def prefill(
    standard: Standard,
    facts: RecordFacts,
    profile: Profile,
    window_end: date,
    figures: FinanceFigures | None = None,
    previous_year: int | None = None,
    recorded: RecordedFigures | None = None,
) -> tuple[Proposal, ...]:
    """A proposal for every item of the standard that records or figures speak about.

    ``window_end`` is the day look-back windows end on. ``previous_year`` is the year whose trade, documents and
    tax are compared; by default the calendar year before ``window_end``. ``figures`` are typed in or uploaded,
    ``recorded`` those of the audit report on file.
    """
    year = window_end.year - 1 if previous_year is None else previous_year
    finances = finance_proposals(standard, figures, recorded, profile, window_end)
    proposals = []
    for item in standard.items.values():
        if not profile.may_concern(item.enterprise_types):
            continue
        if item.no in finances:
            proposals.append(finances[item.no])
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
    possible = tuple(dict.fromkeys(grade for judgement in judgements for grade in judgement.possible))
    grade = possible[0] if len(possible) == 1 else None
    gap = _gap_in_coverage(reading, window)
    open_end = _undecided(case.item, grade, reading)
    allowed = reading.proposes & _despite_gap(reading.direction) if gap else reading.proposes
    return replace(
        blank,
        grade=grade if grade in allowed else None,
        suggests=reading.suggests,
        possible=possible,
        shown=reading.shown,
        checks=judgements[0].checks if len(judgements) == 1 else (),
        sources=reading.sources,
        still_needed=reading.still_needed or (gap if grade not in allowed else None) or open_end,
        remarks=reading.remarks,
        window=window if window.start != window.end else None,
    )


def contradictions(proposals: Iterable[Proposal], standard: Standard, answers: Answers) -> tuple[Contradiction, ...]:
    """Every answered item whose record says something else. Unanswered items contradict nothing.

    Figures typed in count as an answer: the audit report on file may say something else.
    """
    given = normalise(standard, answers)
    found = []
    for proposal in proposals:
        answered = given[proposal.no].grade
        stated = answered if answered.answered else proposal.grade
        pairs = [(answered, proposal), *([(stated, proposal.beside)] if proposal.beside is not None else [])]
        for said, record in pairs:
            if said is not None and said.answered and record.says is not None and record.says is not said:
                found.append(Contradiction(proposal.no, said, record.says, record.grade is not None, record))
    return tuple(found)


def confirm(proposals: Iterable[Proposal], standard: Standard, answers: Answers) -> dict[str, Answer]:
    """The answers with every certain proposal filled in where nothing was answered; answers stay as they are."""
    given = normalise(standard, answers)
    for proposal in proposals:
        if proposal.grade is not None and not given[proposal.no].grade.answered:
            given[proposal.no] = Answer(proposal.grade, note=_note(proposal))
    return given


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


def _undecided(item: Item, grade: Grade | None, reading: Reading) -> Text | None:
    if grade is not None or not reading.cases:
        return None
    missing = unknown_figures(item, reading.cases[0]) if len(reading.cases) == 1 else ()
    if missing:
        zh, en = "、".join(label.zh for label in missing), ", ".join(label.en for label in missing)
        return text(f"还需要：{zh}", f"still needed: {en}")
    return text("记录不足以确定，请补充后回答", "the records do not settle it; add what is missing")
