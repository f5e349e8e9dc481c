"""Pictures of a result: the gauge of grades, the radar over the sections, the timeline, the way so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from api.usecases.assess import Opened
from api.usecases.assess_comparison import PeerAverage, Progress, Shares
from selfassess.forecast import Forecast
from selfassess.grades import Grade
from selfassess.text import Text
from selfassess.walk.prompt import GRADE_NAMES
from web.charts.bar import Bar, bar_chart
from web.charts.figure import Caption, Series
from web.charts.gauge import Part, gauge
from web.charts.line import line_chart
from web.charts.radar import FEWEST, radar_chart
from web.charts.timeline import Span, timeline

VERDICTS = {True: "能通过", False: "通不过", None: "待定"}
ORDER = (Grade.MET, Grade.PARTLY_MET, Grade.NOT_MET, Grade.UNANSWERED, Grade.NOT_APPLICABLE)
LONGEST_NAME = 14  # letters of an item's title beside its bar


@dataclass(frozen=True)
class Words:
    """How the reader's language says things."""

    say: Callable[[str], str]
    tell: Callable[[Text], str]
    day: Callable[[date], str]


def verdict_gauge(opened: Opened, words: Words) -> Markup:
    """Return how many items have each grade, the verdict inside."""
    outcome, say = opened.assessed.outcome, words.say
    numbers = {no: outcome.grades[no] for no, item in opened.standard.items.items() if not item.bonus}
    counts = {grade: list(numbers.values()).count(grade) for grade in ORDER}
    title = say("各项结论")
    parts = [Part(words.tell(GRADE_NAMES[grade]), counts[grade], grade.value) for grade in ORDER]
    said = say(VERDICTS[outcome.passed])
    told = f"{said}; " + ", ".join(f"{part.name} {part.count}" for part in parts)
    caption = Caption("gauge", title, told, say("结论"), say("查看数据表"))
    below = f"{counts[Grade.MET]} / {len(numbers) - counts[Grade.NOT_APPLICABLE]} {say('项达标')}"
    return gauge(caption, said, below, parts, say("项数"))


def section_radar(opened: Opened, shares: Shares, average: PeerAverage | None, words: Words) -> Markup:
    """Return the share met per section, beside the average of others where there is one."""
    sections = [section for section in opened.standard.sections if section.id in shares]
    names = [words.tell(section.title) for section in sections]
    own = tuple(round(100 * shares[section.id][0] / shares[section.id][1]) for section in sections)
    series = [Series(words.say("本次"), own)]
    if average is not None:
        others = tuple(average.percent.get(section.id) for section in sections)
        series.append(Series(words.say("同类企业平均"), others))
    title = words.say("各部分达标比例")
    told = ", ".join(f"{name} {value}%" for name, value in zip(names, own, strict=True))
    caption = Caption("sections", title, told, words.say("部分"), words.say("查看数据表"))
    if len(sections) < FEWEST:
        bars = [Bar(name, value, own=True) for name, value in zip(names, own, strict=True)]
        return bar_chart(caption, words.say("本次"), bars, percent)
    return radar_chart(caption, names, series, 100, percent)


def forecast_timeline(ahead: Forecast, opened: Opened, words: Words) -> Markup:
    """Return from which day on each item the records fail stops failing by itself."""
    items, say = opened.standard.items, words.say
    ordered = sorted(ahead.items, key=lambda one: (one.passes_on is None, one.passes_on or date.max))
    spans = [
        Span(
            f"{one.no} {_short(words.tell(items[one.no].title))}",
            one.passes_on,
            say("先要处理") if one.passes_on is None else words.day(one.passes_on),
        )
        for one in ordered
    ]
    title = say("不再有新记录，哪天不再计入")
    told = ", ".join(f"{span.name} {span.said}" for span in spans)
    caption = Caption("ahead", title, told, say("项目"), say("查看数据表"))
    return timeline(caption, ahead.on, spans, show=words.day, until=say("哪天不再计入"), all_over=say("全部不再计入："))


def progress_line(found: Sequence[Progress], words: Words) -> Markup:
    """Return the share of items met in the enterprise's assessments against one standard."""
    title = words.say("历次自评达标比例")
    told = ", ".join(f"{one.day.isoformat()} {one.percent}%" for one in found)
    caption = Caption("progress", title, told, words.say("评估日"), words.say("查看数据表"))
    series = [Series(words.say("达标比例"), tuple(one.percent for one in found))]
    return line_chart(caption, [one.day.isoformat() for one in found], series, percent)


def percent(value: float) -> str:
    """Return a share as it is written."""
    return f"{value:g}%"


def _short(title: str) -> str:
    return title if len(title) <= 2 * LONGEST_NAME else f"{title[: 2 * LONGEST_NAME - 1]}…"
