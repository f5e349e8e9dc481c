"""What a model drafted, and why a sentence of it may not be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal[
    "no_mark", "unknown_mark", "not_in_force", "figure", "subject", "quote", "modality", "verdict", "link",
    "unsupported", "certainty",
]  # fmt: skip


@dataclass(frozen=True)
class Drafted:
    """One sentence of a model with the numbers of the passages it marks."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Fault:
    """Why a sentence may not be said."""

    why: Why
    detail: str = ""
