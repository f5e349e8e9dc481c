"""Figures of the reviews within reach: where officers and enterprises differ, how long it takes, which items are weak.

Groups of fewer than five enterprises are not shown, nor what they could be worked out from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles

from sqlalchemy import select

from api.records.gateway.reach import Reached, list_reached
from api.records.gateway.suppression import SMALL_GROUP
from api.store import ReviewCase, ReviewGrade, Submission
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.queue import DAYS_TO_REVIEW
from selfassess.grades import Grade
from selfassess.loader import get_standard, list_standards
from selfassess.standard import Standard

WEAK = (Grade.PARTLY_MET, Grade.NOT_MET)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, in whole per cent."""

    number: int
    of: int

    @property
    def percent(self) -> int:
        """The share in per cent."""
        return round(100 * self.number / self.of) if self.of else 0

    @property
    def step(self) -> int:
        """How strong it is drawn, 0 to 4."""
        return min(4, (self.percent + 19) // 20)


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item: shares of enterprises, None where too few. ``weak`` is by the officers' grades."""

    no: str
    differing: Share | None
    weak: Share | None
    by_office: Mapping[str, Share | None]

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.differing or self.weak or any(self.by_office.values()))


@dataclass(frozen=True, slots=True)
class Turnaround:
    """How long it took from handing in to the decision, in days."""

    number: int
    median: float
    slow: float
    in_time: int

    @property
    def in_time_percent(self) -> int:
        """The share decided by the target day."""
        return round(100 * self.in_time / self.number)


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """Everything of one standard; ``enterprises`` is how many had an item graded."""

    standard: Standard
    standards: Sequence[Standard]
    enterprises: int
    items: Sequence[ItemFigures]
    offices: Mapping[str, str]
    turnaround: Turnaround | None


Judged = Mapping[str, tuple[Grade, Grade]]
"""Per item, what the enterprise claimed and what the officer found."""


def read_figures_of(desk: ReviewDesk, standard_id: str = "") -> ReviewFigures:
    """Return the figures of a standard, by default of the one reviewed most."""
    rows = desk.work.session.execute(
        select(Submission.uscc, Submission.standard, Submission.submitted_at, ReviewCase.id, ReviewCase.decided_at)
        .join(ReviewCase, ReviewCase.submission_id == Submission.id)
        .where(Submission.withdrawn_at.is_(None))
        .order_by(Submission.submitted_at)
    ).all()
    reached = {one.uscc: one for one in list_reached(desk.reader, desk.scope, {row.uscc for row in rows})}
    rows = [row for row in rows if row.uscc in reached]
    held = [row.standard for row in rows]
    known = [one for one in list_standards() if one.id in held]
    wanted = standard_id if standard_id in {one.id for one in known} else max(set(held), key=held.count, default="")
    standard = get_standard(wanted) if wanted else list_standards()[0]
    times = [row.decided_at - row.submitted_at for row in rows if row.standard == wanted and row.decided_at]
    judged = _judged(desk, {row.id: row.uscc for row in rows if row.standard == wanted})
    offices = {reached[uscc].customs_office: reached[uscc].customs_office_name for uscc in judged}
    items = [_item(no, judged, reached) for no in standard.items]
    return ReviewFigures(standard, known, len(judged), items, dict(sorted(offices.items())), _turnaround(times))


def _judged(desk: ReviewDesk, cases: Mapping[str, str]) -> dict[str, dict[str, tuple[Grade, Grade]]]:
    """The latest grades of every enterprise; a later version takes the place of an earlier one, item by item."""
    order = {case_id: place for place, case_id in enumerate(cases)}
    statement = select(
        ReviewGrade.case_id, ReviewGrade.number, ReviewGrade.item, ReviewGrade.claimed, ReviewGrade.grade
    ).where(ReviewGrade.case_id.in_(cases))
    found: dict[str, dict[str, tuple[Grade, Grade]]] = {}
    for row in sorted(desk.work.session.execute(statement), key=lambda row: (order[row.case_id], row.number)):
        found.setdefault(cases[row.case_id], {})[row.item] = (Grade(row.claimed), Grade(row.grade))
    return found


def _item(no: str, judged: Mapping[str, Judged], reached: Mapping[str, Reached]) -> ItemFigures:
    of_item = {uscc: grades[no] for uscc, grades in judged.items() if no in grades}
    weak: dict[str, list[bool]] = {}
    for uscc, (_, found) in of_item.items():
        weak.setdefault(reached[uscc].customs_office, []).append(found in WEAK)
    by_office = {office: _share(flags) for office, flags in weak.items()}
    everything = [flag for flags in weak.values() for flag in flags]
    hidden = [len(weak[office]) for office, share in by_office.items() if share is None]
    # The total less the offices shown would be the one that is hidden.
    tells = bool(hidden) and len(hidden) < len(weak) and (len(hidden) == 1 or sum(hidden) < SMALL_GROUP)
    differing = _share([claimed is not found for claimed, found in of_item.values()])
    return ItemFigures(no, differing, None if tells else _share(everything), by_office)


def _share(flags: Sequence[bool]) -> Share | None:
    return Share(sum(flags), len(flags)) if len(flags) >= SMALL_GROUP else None


def _turnaround(times: Sequence[timedelta]) -> Turnaround | None:
    if not times:
        return None
    days = [time / timedelta(days=1) for time in times]
    slow = quantiles(days, n=10, method="inclusive")[-1] if len(days) > 1 else days[0]
    return Turnaround(len(days), median(days), slow, sum(one <= DAYS_TO_REVIEW for one in days))
