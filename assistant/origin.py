"""Where the wording of an answer comes from, as noted for rebuilding it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from knowledge.models import Provision

By = Literal["rules", "model"]


@dataclass(frozen=True)
class Sent:
    """One passage as the model was given it: its number, the provision and the digest of its wording."""

    n: int
    provision: str
    digest: str


@dataclass(frozen=True)
class Fate:
    """What became of one sentence of the model: an empty ``why`` means that it was said."""

    text: str
    marks: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True)
class Origin:
    """Who worded an answer; for a model also which one, from which prompt and which passages.

    ``question`` is what the model was asked, without identifiers; ``reply`` is what it wrote, and
    ``fates`` what became of that. These are noted, never shown.
    """

    by: By = "rules"
    model: str = ""
    prompt: str = ""
    passages: tuple[Sent, ...] = ()
    question: str = ""
    reply: str = ""
    fates: tuple[Fate, ...] = ()


def digest_of(provision: Provision) -> str:
    """Return a stable name of a provision's wording and period: another one means the text has changed."""
    parts = (provision.id, provision.text(), provision.text("en"), str(provision.first_day), str(provision.last_day))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
