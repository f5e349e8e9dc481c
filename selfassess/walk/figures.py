"""Items with limits in the walk: which figure to ask for next, and the grade the figures given lead to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selfassess.applicability import profile_figures
from selfassess.figure_names import INDICATORS, LINES
from selfassess.figures import read_figures
from selfassess.finance import finance_figures, is_calculated
from selfassess.item import Item
from selfassess.logic import NOT_COMPUTABLE, Figure, Judgement, judge
from selfassess.metrics import METRICS, asked_for, derive
from selfassess.replies.figures import figures_in
from selfassess.replies.reply import asks_for_absence
from selfassess.replies.statement import statement_figures_in
from selfassess.text import Text, text
from selfassess.walk.state import View, Walk
from selfassess.wording import show_figure

_PRESENCE_ONLY = ("import_export_activity",)
"""Figures nobody is asked for: yes or no does, but a number given counts."""


@dataclass(frozen=True)
class Reached:
    """What the figures given so far say about an item, and the figures as people read them."""

    judgement: Judgement
    shown: tuple[Text, ...]


def takes_figures(item: Item) -> bool:
    """Whether figures can settle the item, so that a number in a reply is one of them."""
    return item.pass_logic is not None and bool(asked_for(item)) and not asks_for_absence(item)


def next_figure(walk: Walk, view: View, item: Item) -> str | None:
    """The next figure to ask for; None where none is needed, or where figures cannot settle the item."""
    if not takes_figures(item) or reached(walk, view, item).judgement.grade is not None:
        return None
    known = _known(walk, view, item)
    wanted = [metric for metric in asked_for(item) if metric not in _PRESENCE_ONLY]
    return next((metric for metric in wanted if metric not in known), None)


def reached(walk: Walk, view: View, item: Item) -> Reached:
    """What the figures given for the item lead to."""
    known = _known(walk, view, item)
    given = [metric for metric in asked_for(item) if metric in {**walk.finance, **walk.figures.get(item.no, {})}]
    shown = tuple(_shown(metric, known[metric]) for metric in dict.fromkeys(given))
    return Reached(judge(item, known), shown)


def with_reply(walk: Walk, item: Item, written: str, awaiting: str) -> Walk | None:
    """The walk with the figures the reply gives; None where it gives none.

    Lines and ratios of the statements serve every finance item.
    """
    if is_calculated(item) and "audit_opinion" not in asked_for(item):
        lines = statement_figures_in(written, awaiting if awaiting in (*LINES, *INDICATORS) else None)
        return replace(walk, finance={**walk.finance, **lines}) if lines else None
    found = figures_in(written, item, awaiting)
    if not found:
        return None
    return replace(walk, figures={**walk.figures, item.no: {**walk.figures.get(item.no, {}), **found}})


def _known(walk: Walk, view: View, item: Item) -> dict[str, Figure]:
    known: dict[str, Figure] = dict(profile_figures(view.profile, view.window_end))
    if is_calculated(item) and walk.finance:
        known |= finance_figures(read_figures(dict(walk.finance)), view.profile.production)
    return derive({**known, **walk.figures.get(item.no, {})})


def _shown(metric: str, figure: Figure) -> Text:
    kind, label = METRICS[metric].kind, METRICS[metric].label
    if figure is NOT_COMPUTABLE:
        return text(f"{label.zh}：无法计算", f"{label.en}: cannot be computed")
    unit = {"amount": "CNY", "share": "%", "opinion": "category"}.get(kind, "count")
    value = show_figure(figure, unit)
    zh, en = (f"{value}元", f"CNY {value}") if kind == "amount" else (value, value)
    return text(f"{label.zh}：{zh}", f"{label.en}: {en}")
