"""Where a sentence names a figure: 现金比率提到0.2, our current ratio is 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from selfassess.figure_names import every_name

_SHORT = re.compile(r"^[a-z]{1,4}$")


def names_of(plain: str) -> Iterator[tuple[str, int, int]]:
    """Every line or ratio named in a sentence that went through `numbers.even`: metric, start and end, in order.

    The longest name counts where one lies in another: 流动资产合计 is not 流动资产.
    """
    taken = 0
    for found in _pattern().finditer(plain):
        if found.start() >= taken:
            taken = found.end()
            yield _metrics()[found[0].replace(" ", "")], found.start(), found.end()


@cache
def _metrics() -> dict[str, str]:
    return {name.replace(" ", ""): metric for name, metric in every_name() if not _SHORT.match(name)} | {
        "roa": "return_on_total_assets"
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(
        {name for name, _ in every_name() if not _SHORT.match(name)} | {"roa"}, key=lambda name: (-len(name), name)
    )
    spelled = (re.escape(name).replace(r"\ ", r"\s*") for name in names)
    return re.compile("|".join(f"(?:{name})" for name in spelled))
