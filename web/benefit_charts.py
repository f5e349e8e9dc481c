"""The charts of the benefits page: each level's line over the same months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from api.records.codes import DISCREDITED_LEVELS, LEVELS
from api.records.gateway.benefits import LevelSeries, Point
from api.records.gateway.clearance import Average
from api.records.wording import label_of, month_text, percent, plain_number
from knowledge.text import Language
from web.charts.figure import Caption, Series
from web.charts.line import line_chart
from web.views import translator

Pick = Callable[[Average], float | None]


def benefit_charts(series: Sequence[LevelSeries], language: Language) -> list[Markup]:
    """Return the charts of inspection rate, import and export hours; none without data."""
    if not series:
        return []
    _ = translator(language)
    below = [one for one in series if one.level not in DISCREDITED_LEVELS]  # beside nearly all, small shares are a line

    def share(value: float) -> str:
        return percent(value, language)

    return [
        *([_chart(below, language, "low-rate", _("失信以外各等级的查验率"), _rate, share)] if below else []),
        _chart(series, language, "rate", _("各等级的查验率"), _rate, share),
        _chart(series, language, "import", _("各等级的进口通关时间（小时）"), _import, _hours(language)),
        _chart(series, language, "export", _("各等级的出口通关时间（小时）"), _export, _hours(language)),
    ]


def latest_of(series: Sequence[LevelSeries]) -> list[tuple[str, Point]]:
    """Return each level with its latest month, in the order of the levels."""
    return [(one.level, one.points[-1]) for one in _ordered(series) if one.points]


def _chart(
    series: Sequence[LevelSeries],
    language: Language,
    name: str,
    title: str,
    pick: Pick,
    show: Callable[[float], str],
) -> Markup:
    _ = translator(language)
    months = sorted({point.month for one in series for point in one.points})
    said = f"{month_text(months[0], language)} – {month_text(months[-1], language)}"
    caption = Caption(name, title, said, _("月份"), _("查看数据表"))
    lines = [Series(label_of("level", one.level, language), _values(one, months, pick)) for one in _ordered(series)]
    return line_chart(caption, [month_text(month, language) for month in months], lines, show)


def _values(series: LevelSeries, months: Sequence[date], pick: Pick) -> tuple[float | None, ...]:
    by_month = {point.month: pick(point.average) for point in series.points}
    return tuple(by_month.get(month) for month in months)


def _ordered(series: Sequence[LevelSeries]) -> list[LevelSeries]:
    return sorted(series, key=lambda one: LEVELS.index(one.level) if one.level in LEVELS else len(LEVELS))


def _rate(average: Average) -> float | None:
    return average.inspection_rate


def _import(average: Average) -> float | None:
    return average.import_hours


def _export(average: Average) -> float | None:
    return average.export_hours


def _hours(language: Language) -> Callable[[float], str]:
    return lambda value: plain_number(value, language, 1)
