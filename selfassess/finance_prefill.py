"""What finance figures propose for the finance items: those typed in, and those of the audit report on file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from selfassess.facts.finance import RecordedFigures
from selfassess.figure_names import OPINIONS
from selfassess.figures import FinanceFigures
from selfassess.finance import FinanceResult, grade_finances
from selfassess.item import Item
from selfassess.logic import Holds
from selfassess.metrics import METRICS
from selfassess.profile import Profile
from selfassess.proposal import Proposal, clause_of
from selfassess.rules.reading import Shown, Source
from selfassess.standard import Standard
from selfassess.text import Text, text
from selfassess.wording import show_figure, show_limit


def finance_proposals(
    standard: Standard,
    figures: FinanceFigures | None,
    recorded: RecordedFigures | None,
    profile: Profile,
    day: date,
) -> dict[str, Proposal]:
    """A proposal for every finance item figures speak about.

    Figures typed in count first, with the report on file beside them; where they do not settle the item, the
    report on file does.
    """
    typed = {} if figures is None else _calculated(standard, figures, profile.production)
    filed = {} if recorded is None else _filed(standard, recorded, profile.production, day)
    proposals = dict(filed)
    for no, proposal in typed.items():
        beside = filed.get(no)
        if proposal.grade is not None or beside is None or beside.says is None:
            proposals[no] = replace(proposal, beside=beside)
    return proposals


def _calculated(standard: Standard, figures: FinanceFigures, production: bool | None) -> dict[str, Proposal]:
    results = grade_finances(standard, figures, production)
    return {result.no: _from_figures(standard, standard.items[result.no], result) for result in results}


def _filed(standard: Standard, recorded: RecordedFigures, production: bool | None, day: date) -> dict[str, Proposal]:
    source = Source(recorded.table, recorded.as_of, (recorded.row,))
    year = Shown(text("审计报告年度", "year of the audit report"), str(recorded.fiscal_year))
    proposals = {}
    for no, proposal in _calculated(standard, recorded.figures, production).items():
        shown = (year, *proposal.shown)
        proposals[no] = replace(proposal, origin="record", sources=(source,), shown=shown)
        if not recorded.is_of_the_year_before(day):
            proposals[no] = _outdated(proposals[no], day)
    return proposals


def _outdated(proposal: Proposal, day: date) -> Proposal:
    """An older report is only a lead: the item asks for the report on the year before."""
    needed = text(
        f"记录中没有{day.year - 1}年度的审计报告，请补充",
        f"the audit report on {day.year - 1} is not on file; add it",
    )
    return replace(proposal, grade=None, suggests=proposal.grade, still_needed=needed)


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
        possible=result.judgement.possible,
        checks=result.judgement.checks,
        shown=tuple(_shown(result)),
        still_needed=None if result.grade is not None else needed or missing,
        remarks=tuple(problem.message for problem in result.problems if not problem.stops),
    )


def _shown(result: FinanceResult) -> Iterator[Shown]:
    """Each indicator with its value, its limit and whether the limit is kept."""
    for check in result.judgement.checks:
        if check.figure is None or check.holds is Holds.NOT_CONCERNED or check.threshold.unit == "category":
            continue
        label = indicator_label(check.threshold.metric)
        value = show_figure(check.figure, check.threshold.unit, check.threshold.limit)
        limit = show_limit(check.threshold)
        verdict = {Holds.YES: "✓", Holds.NO: "✗"}.get(check.holds, "？")
        yield Shown(label, f"{value}（{limit.zh}）{verdict}", f"{value} ({limit.en}) {verdict}")
    opinion = next((check.figure for check in result.judgement.checks if check.threshold.unit == "category"), None)
    if opinion is not None:
        name = OPINIONS.get(str(opinion), text(str(opinion), str(opinion)))
        yield Shown(text("审计意见", "audit opinion"), name.zh, name.en)


def indicator_label(metric: str) -> Text:
    """How an indicator or line is called."""
    return METRICS[metric].label if metric in METRICS else text(metric, metric)
