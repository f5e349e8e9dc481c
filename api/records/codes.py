"""The coded values of the records and their plain names in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

SCHEME_ORDER = ("gacc-order-225", "gacc-order-237", "gacc-order-251", "gacc-order-282")
LEVELS = ("advanced_certified", "certified", "regular", "discredited", "seriously_discredited")
AEO_LEVELS = ("advanced_certified", "certified")
DISCREDITED_LEVELS = ("discredited", "seriously_discredited")


@dataclass(frozen=True, slots=True)
class Label:
    """The plain name of a coded value."""

    zh: str
    en: str


@lru_cache(maxsize=1)
def code_sets() -> Mapping[str, Mapping[str, Label]]:
    """Return every code set: set name to code to label."""
    raw = yaml.safe_load(files("api.records").joinpath("codes.yaml").read_text(encoding="utf-8"))
    return {name: {code: Label(**label) for code, label in codes.items()} for name, codes in raw.items()}


def find_label(code_set: str, code: str) -> Label | None:
    """Return the plain name of ``code``, or None where an installation uses a code we do not know."""
    return code_sets().get(code_set, {}).get(code)
