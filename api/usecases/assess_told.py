"""A result in a few lines, as said in a conversation: verdict, gaps, forecast, suppositions."""

from __future__ import annotations

from collections.abc import Iterator

from api.usecases.assess import Opened
from selfassess.caveats import caveats_of
from selfassess.errors import AssessmentError
from selfassess.forecast import Forecast
from selfassess.gaps import Gap, find_gaps
from selfassess.outcome import Outcome
from selfassess.suppose import Supposition, suppose
from selfassess.supposing import Supposed
from selfassess.text import Text, text
from selfassess.walk.prompt import GRADE_NAMES
from selfassess.whatif import smallest_fixes

MOST_GAPS = 5
MOST_REASONS = 3
NO_RECORDS = text("现在读不到记录，没法推算哪天能过", "the records cannot be read now, so no day can be worked out")


def outcome_lines(opened: Opened) -> tuple[Text, ...]:
    """The verdict, why, and under which rule."""
    outcome = opened.assessed.outcome
    reasons = outcome.reasons[:MOST_REASONS]
    return (verdict(outcome), *reasons, *rule_lines(opened))


def verdict(outcome: Outcome) -> Text:
    """Whether the standard would be passed."""
    if outcome.passed is None:
        return text("还不能下结论", "it cannot be decided yet")
    return (
        text("按现在的情况能通过", "as things are, it passes")
        if outcome.passed
        else text("按现在的情况通不过", "as things are, it does not pass")
    )


def rule_lines(opened: Opened) -> Iterator[Text]:
    """What a reader must know about the rule the verdict rests on."""
    yield from (said for code, said in caveats_of(opened.assessed, opened.row.day) if code == "unconfirmed_rule")


def gap_lines(opened: Opened) -> tuple[Text, ...]:
    """What stands in the way, the gravest first, and the fewest items that would do."""
    gaps = find_gaps(opened.assessed, opened.ahead)
    answered = [gap for gap in gaps if gap.grade.answered]
    waiting = len(gaps) - len(answered)
    lines = [verdict(opened.assessed.outcome), *(_gap_line(gap) for gap in answered[:MOST_GAPS])]
    if len(answered) > MOST_GAPS:
        more = len(answered) - MOST_GAPS
        lines.append(text(f"还有{more}项，见差距报告", f"{more} more in the gap report"))
    if waiting:
        lines.append(text(f"还有{waiting}项没有回答", f"{waiting} items are not answered yet"))
    lines += _fix_line(opened.assessed.outcome)
    return (*lines, *rule_lines(opened))


def _gap_line(gap: Gap) -> Text:
    name = GRADE_NAMES[gap.grade]
    return text(
        f"第{gap.no}项 {gap.title.zh}（{name.zh}）：{gap.reason.zh}。下一步：{gap.next_step.zh}",
        f"item {gap.no} {gap.title.en} ({name.en}): {gap.reason.en}. Next: {gap.next_step.en}",
    )


def _fix_line(outcome: Outcome) -> Iterator[Text]:
    plan = smallest_fixes(outcome)
    if outcome.passed is not False or outcome.awaited or not plan.reachable:
        return
    listed = "、".join(plan.recommended)
    yield text(
        f"最少改好{plan.size}项就能过：第{listed}项",
        f"{plan.size} items would be enough: {', '.join(plan.recommended)}",
    )


def forecast_lines(opened: Opened) -> tuple[Text, ...]:
    """The day each failing item passes by itself, and the first day all of them do."""
    if opened.ahead is None:
        return (NO_RECORDS,)
    if not opened.ahead.items:
        said = text("记录能定的项目现在没有不达标的", "no item that records decide fails today")
        return (said, *_beyond_records(opened))
    return (*_ahead(opened.ahead), *_beyond_records(opened), opened.ahead.assumption)


def _ahead(ahead: Forecast) -> Iterator[Text]:
    for entry in ahead.items:
        yield text(f"第{entry.no}项：{entry.reason.zh}", f"item {entry.no}: {entry.reason.en}")
    day = ahead.all_pass_on
    if day is not None:
        yield text(
            f"不再有新记录，最早{day.isoformat()}，这些项目都不再是问题",
            f"without new records, from {day.isoformat()} at the earliest none of these is a problem",
        )
    else:
        yield text("有的项目不会随时间消除，要先处理", "some items do not pass with time: deal with them first")


def _beyond_records(opened: Opened) -> Iterator[Text]:
    """What time alone does not change."""
    failing = {entry.no for entry in opened.ahead.items} if opened.ahead else set()
    rest = [no for no in opened.assessed.outcome.blocking if no not in failing]
    if rest:
        yield text(
            f"另外有{len(rest)}项靠企业自己改进或者还没有回答",
            f"besides, {len(rest)} items depend on the enterprise or are not answered",
        )


def supposition_lines(opened: Opened, supposed: Supposed) -> tuple[Text, ...]:
    """What the supposed events would change; what is unclear is asked back."""
    if supposed.asks or not supposed.events:
        return supposed.asks
    try:
        found = suppose(opened.situation, supposed.events)
    except AssessmentError as error:
        return (error.said,)
    return (*supposed.said, *_changes(found), *rule_lines(opened))


def _changes(found: Supposition) -> Iterator[Text]:
    for change in found.changes:
        title = found.after.outcome.standard.items[change.no].title
        before, after = GRADE_NAMES[change.before], GRADE_NAMES[change.after]
        yield text(
            f"第{change.no}项 {title.zh}：{before.zh}变成{after.zh}",
            f"item {change.no} {title.en}: from {before.en} to {after.en}",
        )
    for entry in found.left_open:
        needed = entry.needed or text("还要看别的情况", "it depends on something else")
        yield text(f"第{entry.no}项说不准：{needed.zh}", f"item {entry.no} is open: {needed.en}")
    if not found.changes and not found.left_open:
        yield text("各项的结论都不变", "no item changes")
    yield _before_and_after(found)
    if found.recovery is not None and found.recovery.items and found.recovery.all_pass_on is not None:
        day = found.recovery.all_pass_on.isoformat()
        yield text(f"之后没有新记录，{day}起不再计入", f"without new records it no longer counts from {day}")


def _before_and_after(found: Supposition) -> Text:
    before, after = verdict(found.before.outcome), verdict(found.after.outcome)
    if before == after:
        return text(f"总的结论不变：{after.zh}", f"the verdict stays: {after.en}")
    return text(f"总的结论：从“{before.zh}”变成“{after.zh}”", f"the verdict: from “{before.en}” to “{after.en}”")
