"""The smallest sets of items to bring to 达标 so that the standard is passed. Exact, from the pass rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import comb, prod

from selfassess.grades import Grade
from selfassess.item import Effort
from selfassess.outcome import Outcome
from selfassess.standard import Total


@dataclass(frozen=True)
class Choice:
    """Any ``pick`` of the items ``among``."""

    pick: int
    among: tuple[str, ...]


@dataclass(frozen=True)
class FixPlan:
    """All smallest sets of fixes: every one holds ``required`` and, for one of ``options``, the picks it names.

    A set of smallest size is also minimal by inclusion. ``reachable`` is False where no fix leads to a pass.
    """

    reachable: bool
    required: tuple[str, ...] = ()
    options: tuple[tuple[Choice, ...], ...] = ((),)
    recommended: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many items every smallest set has."""
        return len(self.required) + sum(choice.pick for choice in self.options[0])

    @property
    def number_of_sets(self) -> int:
        """How many smallest sets there are."""
        if not self.reachable:
            return 0
        return sum(prod(comb(len(choice.among), choice.pick) for choice in option) for option in self.options)

    def sets(self, limit: int | None = None) -> Iterator[frozenset[str]]:
        """The smallest sets one by one, at most ``limit``."""
        return islice(self._sets(), limit)

    def _sets(self) -> Iterator[frozenset[str]]:
        if not self.reachable:
            return
        for option in self.options:
            for picked in product(*(combinations(choice.among, choice.pick) for choice in option)):
                yield frozenset(self.required).union(*picked)


_EFFORTS: tuple[Effort, ...] = ("paperwork", "practice", "finance", "works", "waiting")


def smallest_fixes(outcome: Outcome) -> FixPlan:
    """The smallest sets of items to bring to 达标 for the standard to be passed.

    Every forbidden or unanswered item is in every set; of the partly met ones, as many as exceed the limit.
    """
    items = outcome.standard.items
    if all(outcome.grades[no] is Grade.NOT_APPLICABLE for no in items if not items[no].bonus):
        return FixPlan(reachable=False)
    total = outcome.pass_rule.total
    decides = total is not None and total.decides
    required = [*outcome.forbidden, *outcome.awaited]
    pools = [(scope.over, scope.items) for scope in outcome.partly_met]
    listed = {no for _, among in pools for no in among}
    partly = (no for no in outcome.grades if outcome.grades[no] is Grade.PARTLY_MET and not items[no].bonus)
    pools.append((0, tuple(no for no in partly if no not in listed)))
    options = _options(outcome, required, pools, total if decides else None)
    if not options:
        return FixPlan(reachable=False, required=_ordered(outcome, required))
    plan = FixPlan(True, _ordered(outcome, required), options)
    return FixPlan(True, plan.required, options, _recommended(outcome, plan))


def _options(
    outcome: Outcome, required: list[str], pools: list[tuple[int, tuple[str, ...]]], total: Total | None
) -> tuple[tuple[Choice, ...], ...]:
    """The ways to pick as few items as possible from the pools of partly met and of bonus items."""
    if total is None or total.minimum is None:
        return (tuple(Choice(over, among) for over, among in pools if over),)
    bonus = tuple(no for no, item in outcome.standard.items.items() if item.bonus and no not in required)
    open_bonus = tuple(no for no in bonus if outcome.grades[no] is not Grade.MET)
    ranges = [range(over, len(among) + 1) for over, among in pools] + [range(len(open_bonus) + 1)]
    among_all = [among for _, among in pools] + [open_bonus]
    partly = sum(len(among) for _, among in pools)
    held = sum(1 for no in outcome.standard.items if outcome.standard.items[no].bonus) - len(open_bonus)
    fitting: dict[int, list[tuple[Choice, ...]]] = {}
    for picks in product(*ranges):
        left = partly - sum(picks[:-1])
        if _points(outcome, total, left, held + picks[-1]) >= total.minimum:
            option = tuple(Choice(pick, among) for pick, among in zip(picks, among_all, strict=True) if pick)
            fitting.setdefault(sum(picks), []).append(option)
    return tuple(fitting[min(fitting)]) if fitting else ()


def _points(outcome: Outcome, total: Total, partly_met: int, bonus_met: int) -> int:
    cap = outcome.pass_rule.bonus_cap
    bonus = 0 if cap is None else min(total.bonus * bonus_met, cap)
    return total.base + total.partly_met * partly_met + bonus


def _recommended(outcome: Outcome, plan: FixPlan) -> tuple[str, ...]:
    """One smallest set that prefers the lighter kinds of work."""
    items = outcome.standard.items
    picked = list(plan.required)
    for choice in plan.options[0]:
        lightest = sorted(choice.among, key=lambda no: _EFFORTS.index(items[no].effort))
        picked += lightest[: choice.pick]
    return _ordered(outcome, picked)


def _ordered(outcome: Outcome, numbers: list[str]) -> tuple[str, ...]:
    wanted = set(numbers)
    return tuple(no for no in outcome.standard.items if no in wanted)
