"""Hold the enterprise's figures against the standards' thresholds.

The limits come from the provisions in force on the day; only the enterprise's figures come from the
question. A result is given per item and level; where a figure is missing the item stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.conduct_figures import field_in
from assistant.figure_notation import Figures
from assistant.figures import figures_in, production_type
from knowledge.models import Provision, Threshold
from knowledge.search import Query

# Of the single-business items only those whose business the question names are calculated.
FIELD_SECTIONS = {
    "health_quarantine": {"item-sp2", "item-sp3"},
    "animal_plant_quarantine": {"item-sp6", "item-sp7"},
    "food_cosmetics": {"item-sp13", "item-sp14"},
    "commodity_inspection": {"item-sp19", "item-sp20"},
}
# One penalty without an amount, or a question about its cause or its effect on discredit, is not a sum.
_COUNTS = frozenset({"customs_penalty_count", "violation_count"})
_NOT_A_SUM = re.compile(
    r"几年内|多少年|前年|[2-9两二三四五六七八九]年(?:之|以)?前|失信|计入|修复|公示|出口管制|固废|固体废物|走私|异常名录|主动披露|复核|补救|怎么办"
    r"|discredit|repair|publish|disclos|smuggl",
    re.I,
)
_SHARES = {  # metric of the alternative -> the figures whose quotient it is
    "single_penalty_to_previous_year_trade_value": ("single_customs_penalty_amount", "previous_year_trade_value"),
    "violations_to_previous_year_documents": ("violation_count", "previous_year_documents"),
    "adverse_result_rate": ("adverse_inspection_results", "inspected_batches"),
}
_BASES = {"recovered_tax_to_previous_year_tax": "previous_year_tax"}  # share -> the amount it is a share of
Verdict = bool | str | None


@dataclass(frozen=True)
class Share:
    """The quotient that may keep a limit although the number itself does not."""

    part: Decimal
    whole: Decimal
    limit: Threshold

    @property
    def value(self) -> Decimal:
        """The quotient in the limit's unit (% or plain)."""
        return self.part / self.whole * (100 if self.limit.unit == "%" else 1)

    @property
    def kept(self) -> bool:
        """Whether the quotient keeps its limit."""
        return compare(self.value, self.limit)


@dataclass(frozen=True)
class Check:
    """One limit against one figure; ``bound`` is the limit of a share as an amount in CNY."""

    threshold: Threshold
    value: Decimal
    kept: bool
    share: Share | None = None
    bound: Decimal | None = None


@dataclass(frozen=True)
class ItemResult:
    """What the question's figures mean for one item of one standard."""

    provision: Provision
    checks: tuple[Check, ...]
    verdict: Verdict


def calculate(query: Query, provisions: Iterable[Provision], on: date, *, broker: bool = False) -> list[ItemResult]:
    """Return the items that the question's figures bear on, for the levels it names or for all."""
    figures = figures_in(query.text)
    if not figures or _NOT_A_SUM.search(query.text) or set(figures) <= _COUNTS and max(figures.values()) <= 1:
        return []
    field = field_in(query.text)
    production = production_type(query.text)
    results = []
    for provision in provisions:
        if not _concerned(provision, query, on, field, broker):
            continue
        result = _evaluate(provision, figures, production)
        if result.checks:
            results.append(result)
    return results


def _concerned(provision: Provision, query: Query, on: date, field: str | None, broker: bool) -> bool:
    if not provision.thresholds or not provision.in_force(on):
        return False
    if provision.document.id.startswith("single-"):
        if provision.document.id == "single-2022-106":
            return broker
        return field is not None and provision.anchor_id in FIELD_SECTIONS[field]
    if field is not None and "penal" not in query.text and "罚" not in query.text:
        return False
    return not query.levels or bool(query.levels & set(provision.levels))


def _evaluate(provision: Provision, figures: Figures, production: bool | None) -> ItemResult:
    checks: dict[str, Check] = {}
    for threshold in provision.thresholds:
        kept = _kept(threshold, figures, production)
        if kept is not None:
            value = figures[threshold.metric]
            base = figures.get(_BASES.get(threshold.metric, ""))
            bound = None if base is None else base * Decimal(str(threshold.value))
            checks[threshold.id] = Check(threshold, value, kept, _share(threshold, figures), bound)
    verdict = _verdict(provision.pass_logic, {k: c.kept for k, c in checks.items()}, provision)
    return ItemResult(provision, tuple(checks.values()), verdict)


def _kept(threshold: Threshold, figures: Figures, production: bool | None) -> bool | None:
    """Whether a limit is kept; None where it does not apply or a figure is missing."""
    if threshold.metric not in figures:
        return None
    for condition in threshold.conditions:
        if condition.metric == "production_enterprise":
            # A threshold for the other type does not apply; without knowing the type both are shown.
            wanted = "非生产" not in threshold.applies_zh
            if production is not None and wanted is not production:
                return None
        elif condition.metric not in figures or not compare(figures[condition.metric], condition):
            return None
    if compare(figures[threshold.metric], threshold):
        return True
    share = _share(threshold, figures)
    return share is not None and share.kept


def _share(threshold: Threshold, figures: Figures) -> Share | None:
    other = threshold.alternative
    if other is None:
        return None
    part, whole = _SHARES.get(other.metric, ("", ""))
    if part not in figures or not figures.get(whole):
        return None
    return Share(figures[part], figures[whole], other)


def compare(value: Decimal, threshold: Threshold) -> bool:
    """Whether a figure keeps a limit."""
    limit = Decimal(str(threshold.value))
    return {
        "<=": value <= limit, "<": value < limit, ">=": value >= limit, ">": value > limit, "==": value == limit,
    }.get(threshold.op, False)  # fmt: skip


def _verdict(logic: Any, kept: Mapping[str, bool], provision: Provision) -> Verdict:
    if logic is None:
        return None
    if isinstance(logic, str):
        return kept.get(logic)
    if "count" in logic:
        return _counted(logic["count"], kept)
    if "all" in logic:
        applicable = [p for p in logic["all"] if not isinstance(p, str) or _applies(p, kept, provision)]
        parts = [_verdict(part, kept, provision) for part in applicable]
        return False if False in parts else (None if None in parts or not parts else True)
    if "any" in logic:
        parts = [_verdict(part, kept, provision) for part in logic["any"]]
        return True if True in parts else (None if None in parts else False)
    if "gate" in logic:
        return _verdict(logic["then"], kept, provision) if kept.get(logic["gate"]) else None
    return None


def _applies(threshold_id: str, kept: Mapping[str, bool], provision: Provision) -> bool:
    """Of limits for alternative situations (up to 50 inspected, more than 50) only one set applies."""
    threshold = next(t for t in provision.thresholds if t.id == threshold_id)
    siblings = [t for t in provision.thresholds if t.conditions and t.conditions != threshold.conditions]
    return threshold_id in kept or not any(t.id in kept for t in siblings)


def _counted(logic: Mapping[str, Any], kept: Mapping[str, bool]) -> Verdict:
    met = known = 0
    for part in logic["of"]:
        ids = [part] if isinstance(part, str) else part["whichever"]
        states = [kept[i] for i in ids if i in kept]
        if states:
            known += 1
            met += all(states)
    if met >= logic["met"]:
        return True
    if known < len(logic["of"]):
        return None
    return "partly" if met >= logic["partly_met"] else False
