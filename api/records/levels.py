"""What a credit level meant under the scheme of its time, for people who only know today's five."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

TODAY = "gacc-order-282"


class LevelMeaning(BaseModel):
    """A level explained. ``rule`` is the provision; ``nearest`` the level of Order 282 it comes nearest to.

    ``nearest`` is our reading: how levels were carried over on 2026-04-01 is not known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str
    rule: str
    nearest: str


@lru_cache(maxsize=1)
def level_meanings() -> Mapping[str, Mapping[str, LevelMeaning]]:
    """Return every explanation: scheme to level to meaning."""
    raw = yaml.safe_load(files("api.records").joinpath("levels.yaml").read_text(encoding="utf-8"))
    return {scheme: {level: LevelMeaning(**of) for level, of in levels.items()} for scheme, levels in raw.items()}


def find_meaning(scheme: str, level: str) -> LevelMeaning | None:
    """Return what ``level`` meant under ``scheme``, or None for a name we do not know."""
    return level_meanings().get(scheme, {}).get(level)
