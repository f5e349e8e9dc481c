"""What the shared records bring into the calendar: the next review, penalties that age out, open rectification."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from api.records import rules
from api.records.gateway.ageing import AgeingPenalty
from api.usecases.calendar.duties import CERTIFIED
from api.usecases.calendar.entries import Duty, Entry
from api.usecases.enterprise_standing import Standing
from selfassess.text import text

STATUS = "/status"
RECTIFICATION = "rectification"


def recorded_entries(standing: Standing) -> Iterator[Entry]:
    """Yield the days that the records of an enterprise lead to."""
    rating = standing.rating
    if rating is not None and rating.next_review is not None:
        yield Entry(
            key=f"review:{rating.uscc}",
            sort="review",
            day=rating.next_review,
            title=text("下次复核", "Next review"),
            basis="record",
            rules=rules.review_rules(rating.level),
            link=f"{STATUS}#level",
        )
    for one in standing.penalties or ():
        yield from _windows(one, standing.day)
        yield from _publication(one, standing.day)


def recorded_duties(standing: Standing) -> Iterator[Duty]:
    """Yield what the records show to be open without a day of its own."""
    rating = standing.rating
    if rating is not None and rating.next_review is None and rating.level in CERTIFIED:
        yield Duty(
            "review",
            text("复核", "Review"),
            rules.review_rules(rating.level),
            text("记录里没有复核日期。", "The records hold no day for it."),
        )
    for case in standing.cases or ():
        if case.state == RECTIFICATION:
            yield Duty(
                f"rectification:{case.case_no}",
                text(f"正在整改（{case.case_no}）", f"Rectification under way ({case.case_no})"),
                ("gacc-order-282#rectification", "gacc-order-282#unknown-rectification-rules"),
                text(
                    "期限以海关的通知为准；记录里没有。",
                    "The period is what Customs notified; the records do not hold it.",
                ),
            )


def _windows(one: AgeingPenalty, day: date) -> Iterator[Entry]:
    penalty = one.penalty
    ahead = sorted((c for c in one.countdowns if c.counts(day)), key=lambda c: (c.leaves_on, c.rule))
    for leaves_on, leaving in groupby(ahead, key=lambda c: c.leaves_on):
        of = tuple(leaving)
        items, years = tuple(countdown.rule for countdown in of), of[0].months // 12
        yield Entry(
            key=f"window:{penalty.source.row_id}:{years}",
            sort="window",
            day=leaves_on,
            title=text(
                f"{penalty.decided_on:%Y-%m-%d}的处罚满{years}年，不再计入{len(items)}个标准项",
                f"The penalty of {penalty.decided_on:%Y-%m-%d} is {years} year{'s' if years > 1 else ''} old and no "
                f"longer counts for {len(items)} item{'s' if len(items) > 1 else ''}",
            ),
            basis="calculated",
            rules=(*items, *rules.RULES["look_back_start"]),
            note=text(
                "从处罚决定之日起算是本系统的假设，标准没有写明起点。",
                "Counted from the decision, which is our assumption: the standards leave the start open.",
            ),
            link=f"{STATUS}#penalties",
        )


def _publication(one: AgeingPenalty, day: date) -> Iterator[Entry]:
    end = one.publication
    if end is None or end.last is None or end.last < day:
        return
    decided_on = one.penalty.decided_on
    yield Entry(
        key=f"publication:{one.penalty.source.row_id}",
        sort="publication",
        day=end.last + timedelta(days=1),
        title=text(
            f"{decided_on:%Y-%m-%d}的处罚不再公示", f"The penalty of {decided_on:%Y-%m-%d} is no longer published"
        ),
        basis="calculated" if end.rule else "record",
        rules=(end.rule, *rules.RULES["penalty_publication"]) if end.rule else (),
        link=f"{STATUS}#penalties",
    )
