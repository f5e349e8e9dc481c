"""A question, an answer, and what an answer is made of.

The JSON of `Answer` is the same from the command line, the API and the stream's last event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.origin import Origin, Sent
from knowledge.text import Language

Kind = Literal[
    "answered", "partial", "unknown", "clarify", "handoff", "out_of_scope", "refused", "record", "assessment"
]


@dataclass(frozen=True)
class Turn:
    """An earlier question of the same conversation, and the day its answer was for."""

    question: str
    on: date | None = None


@dataclass(frozen=True)
class Question:
    """What is asked, on which calendar day, and after which earlier turns.

    ``on`` is a day chosen by the person; ``language`` overrides the language the question is in.
    """

    text: str
    today: date
    on: date | None = None
    history: tuple[Turn, ...] = ()
    language: Language | None = None


@dataclass(frozen=True)
class Citation:
    """One source of an answer: the exact provision, its period and how surely it is known."""

    n: int
    document_id: str
    number: str
    title: str
    anchor: str
    effective_from: date | None
    effective_to: date | None
    in_force: bool
    confidence: str
    excerpt: str
    url: str
    label: str = ""  # the anchor as a reader sees it: 第13项, Article 4


@dataclass(frozen=True)
class Statement:
    """A sentence or two of the answer with the citations that prove it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Caveat:
    """Something the reader must know about the answer's standing."""

    code: str
    text: str


@dataclass(frozen=True)
class Answer:
    """What is said, and why it may be said."""

    kind: Kind
    on: date
    question_language: Language
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    missing: str = ""
    suggestions: tuple[str, ...] = ()
    latency_ms: float = 0.0
    roles: tuple[str, ...] = ()  # of each statement: lead, point, related, old; for showing it
    look_up: str = ""  # where to look, for showing it apart
    origin: Origin = Origin()
    trace_id: str = field(default="", compare=False)
    understood: str = field(default="", compare=False)  # the question as it stands alone
    readings: tuple[str, ...] = field(default=(), compare=False)  # a model's reading of it, where one was used
    retrieved: tuple[Sent, ...] = field(default=(), compare=False)  # what the search found, best first
    guide: str = field(default="", compare=False)  # the coordinator's guide that was told
