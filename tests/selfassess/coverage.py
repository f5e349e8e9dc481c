"""What the standard files hold, what the tests tried on them, and how long a full assessment takes.

Run as a module: ``python -m tests.selfassess.coverage``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from time import perf_counter

from selfassess.loader import list_standards
from selfassess.replies.reply import asks_for_absence
from selfassess.report import run
from selfassess.rules import CALCULATED, RULES
from selfassess.walk.figures import takes_figures
from tests.selfassess.assess_cases import DAY, clean_records
from tests.selfassess.reply_table import ABSENT, DONE

_FINANCE = {
    "unit": "万元",
    "audit_opinion": "无保留意见",
    **dict.fromkeys(("total_assets", "opening_total_assets"), 10_000),
    **dict.fromkeys(("current_assets", "total_liabilities"), 5_000),
    **dict.fromkeys(("current_liabilities", "cost_of_sales"), 4_000),
    **dict.fromkeys(("cash", "revenue", "net_operating_cash_flow"), 4_500),
    **dict.fromkeys(("trading_financial_assets", "interest_expense"), 0),
    **dict.fromkeys(("operating_profit", "total_profit", "net_profit"), 300),
}


def lines(laws: Mapping[str, int]) -> Iterator[str]:
    """The figures, a line each."""
    standards = list_standards()
    items = [item for standard in standards for item in standard.items.values()]
    yield f"standards {len(standards)}, items {len(items)}: " + ", ".join(
        f"{standard.id} {len(standard.items)}" for standard in standards
    )
    yield f"thresholds {sum(len(item.thresholds) for item in items)}, of them in a pass logic " + str(
        sum(len(item.thresholds) for item in items if item.pass_logic is not None)
    )
    extents = Counter(item.decided_by_records.extent for item in items)
    yield f"record rules {len(RULES)} and {len(CALCULATED)} finance rules; items by record " + ", ".join(
        f"{extent} {extents[extent]}" for extent in ("full", "partial", "signal", "none")
    )
    yield (
        f"questions: {sum(map(takes_figures, items))} by figures, {sum(map(asks_for_absence, items))} by absence; "
        f"phrasings {len(DONE) + len(ABSENT)}"
    )
    if laws:
        yield f"property tests {len(laws)}, cases {sum(laws.values())}"
    yield from timings()


def timings() -> Iterator[str]:
    """A full assessment of 74 items, with records, forecast, smallest fixes and finance, as JSON."""
    answers = {no: {"grade": "met"} for no in list_standards()[0].items} | {"finance": _FINANCE}
    for label, records in (("answers and finance", None), ("with records and forecast", clean_records())):
        times = sorted(_seconds(answers, DAY, records) for _ in range(9))
        median, slowest = times[4] * 1000, times[-1] * 1000
        yield f"advanced-2026, 74 items, {label}: median {median:.1f} ms, slowest of 9 {slowest:.1f} ms"


def _seconds(answers: Mapping[str, object], day: date, records: object) -> float:
    started = perf_counter()
    json.dumps(run("advanced-2026", day, answers, {"production": True}, records=records))  # type: ignore[arg-type]
    return perf_counter() - started


if __name__ == "__main__":
    for line in lines({}):
        sys.stdout.write(line + "\n")
