"""The charts of the record page: inspection rate and clearance beside the level's and the regular average, profile."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from api.records.gateway.clearance import Average, Comparison
from api.records.gateway.profile import IndicatorValue, Profile
from api.records.wording import label_of, month_text, percent, plain_number
from knowledge.text import Language
from web.charts.bar import Bar, bar_chart
from web.charts.figure import Caption, Series
from web.charts.line import line_chart
from web.views import translator

REGULAR = "regular"
WORTH_A_LOOK = 5
FULL_SCORE = 100.0
Pick = Callable[[Average], float | None]


def rate_chart(compared: Comparison, language: Language) -> Markup:
    """Return the inspection rate month by month."""
    _ = translator(language)
    return _over_time(
        compared, language, Caption("rate", _("各月查验率"), _said(compared, language), _("月份"), _("查看数据表")),
        lambda average: average.inspection_rate, lambda value: percent(value, language),
    )  # fmt: skip


def hours_chart(compared: Comparison, language: Language, side: str) -> Markup:
    """Return the hours from declaration to release month by month, of imports or exports."""
    _ = translator(language)
    title = _("各月进口通关时间（小时）") if side == "import" else _("各月出口通关时间（小时）")
    return _over_time(
        compared, language, Caption(f"{side}-hours", title, _said(compared, language), _("月份"), _("查看数据表")),
        lambda average: average.import_hours if side == "import" else average.export_hours,
        lambda value: plain_number(value, language, 1),
    )  # fmt: skip


def profile_chart(profile: Profile, language: Language) -> Markup:
    """Return the mean score of each dimension."""
    _ = translator(language)
    bars = [
        Bar(label_of("dimension", dimension.dimension, language), dimension.score, own=True)
        for dimension in profile.dimensions
    ]
    caption = Caption(
        "profile", _("五个维度的平均得分"), _("每个维度下各项指标得分的平均数，满分100。"), _("维度"), _("查看数据表")
    )
    return bar_chart(caption, _("平均得分"), bars, lambda value: plain_number(value, language, 1), FULL_SCORE)


def lowest(profile: Profile) -> tuple[IndicatorValue, ...]:
    """Return the indicators that judge and have the lowest scores."""
    judging = [
        value
        for dimension in profile.dimensions
        for value in dimension.values
        if value.score is not None and value.meaning is not None and value.meaning.better != "neutral"
    ]
    return tuple(sorted(judging, key=lambda value: value.score or 0.0)[:WORTH_A_LOOK])


def beside(compared: Comparison) -> list[tuple[str, Average]]:
    """Return whose average is known: the enterprise, its level, the regular enterprises."""
    rows = [("own", compared.own)]
    if compared.of_level is not None and compared.level != REGULAR:
        rows.append(("level", compared.of_level))
    if compared.of_regular is not None:
        rows.append((REGULAR, compared.of_regular))
    return rows


def _said(compared: Comparison, language: Language) -> str:
    return f"{month_text(compared.first_month, language)} – {month_text(compared.last_month, language)}"


def _over_time(
    compared: Comparison, language: Language, caption: Caption, pick: Pick, show: Callable[[float], str]
) -> Markup:
    _ = translator(language)

    def values(averages: list[Average | None]) -> tuple[float | None, ...]:
        return tuple(None if average is None else pick(average) for average in averages)

    months = compared.months
    series = [Series(_("本企业"), values([one.own for one in months]))]
    if compared.level != REGULAR:
        name = label_of("level", compared.level, language)
        series.append(Series(f"{name}{_('（平均）')}", values([one.of_level for one in months])))
    name = label_of("level", REGULAR, language)
    series.append(Series(f"{name}{_('（平均）')}", values([one.of_regular for one in months])))
    return line_chart(caption, [month_text(one.month, language) for one in months], series, show)
