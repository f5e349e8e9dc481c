"""What the knowledge base consists of: documents, their provisions, and how sure we are of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

UNKNOWN: Literal["unknown"] = "unknown"
EARLIEST = date(1949, 10, 1)
OPEN_END = date(9999, 12, 31)
_ARTICLE_ID = re.compile(r"art-(\d+)(?:-(\d+))?")

Kind = Literal["order", "announcement", "standard", "law", "guide", "faq"]
Layer = Literal["restatement", "official", "guide"]
Standing = Literal["in_force", "repealed", "expired", "unchecked", "not_law", "not_applicable"]


class Confidence(StrEnum):
    """How a statement is known. Two scales are kept side by side and never converted.

    ``official`` … ``n/k`` mark facts by document; ``H`` … ``U`` mark certification-standard items.
    """

    OFFICIAL = "official"  # official text entered with `knowledge add`
    O = "O"  # official text or official interpretation, read in a reproduction  # noqa: E741
    O_SUM = "O-sum"  # machine summary of an official announcement
    O_TR = "O-tr"  # third-party translation or trade-agency digest of official text
    S_PLUS = "S+"  # second-hand, two independent sources agree
    S = "S"  # second-hand
    S_WEAK = "S-weak"  # one weak second-hand source
    M_HIGH = "M-high"  # compiler's background knowledge, high certainty, unchecked
    M_MED = "M-med"  # the same, medium certainty
    I = "I"  # inference  # noqa: E741
    D = "D"  # draft for comment, not law
    NK = "n/k"  # not known
    H = "H"  # official text seen, or two independent sources
    M_PLUS = "M+"  # one good source, partly supported by a second
    M = "M"  # one good source
    L = "L"  # one weak source or an inference
    U = "U"  # not found

    @property
    def family(self) -> Family:
        """The kind of certainty shown to a reader."""
        return _FAMILY[self]


class Family(StrEnum):
    """What a reader is shown about certainty, strongest first."""

    OFFICIAL = "official"
    RELAYED = "relayed"  # official, but through a translation or a summary
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"
    DRAFT = "draft"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """0 for the strongest; larger is weaker."""
        return list(Family).index(self)


_FAMILY: dict[Confidence, Family] = {
    Confidence.OFFICIAL: Family.OFFICIAL,
    Confidence.O: Family.OFFICIAL,
    Confidence.H: Family.OFFICIAL,
    Confidence.O_SUM: Family.RELAYED,
    Confidence.O_TR: Family.RELAYED,
    Confidence.S_PLUS: Family.SECOND_HAND,
    Confidence.S: Family.SECOND_HAND,
    Confidence.M_PLUS: Family.SECOND_HAND,
    Confidence.M: Family.SECOND_HAND,
    Confidence.S_WEAK: Family.UNVERIFIED,
    Confidence.M_HIGH: Family.UNVERIFIED,
    Confidence.M_MED: Family.UNVERIFIED,
    Confidence.I: Family.UNVERIFIED,
    Confidence.L: Family.UNVERIFIED,
    Confidence.D: Family.DRAFT,
    Confidence.NK: Family.UNKNOWN,
    Confidence.U: Family.UNKNOWN,
}


class Document(BaseModel):
    """One instrument, report or guide: the front matter of a corpus file.

    ``effective_from`` / ``effective_to`` are what is known and shown; an open ``effective_to`` is
    ``None`` and an unverified date is ``"unknown"``. Where a date is unknown, ``search_from`` /
    ``search_to`` give the days on which the document is searched, and are never shown as facts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title_zh: str = Field(min_length=2)
    title_en: str = Field(min_length=2)
    number: str = Field(min_length=1)
    number_en: str = ""
    issuer: str = Field(min_length=1)
    promulgated: date | Literal["unknown"]
    effective_from: date | Literal["unknown"]
    effective_to: date | Literal["unknown"] | None
    search_from: date | None = None
    search_to: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    url: str | None = None
    kind: Kind
    layer: Layer = "restatement"
    standing: Standing
    confidence: Confidence
    sources: tuple[str, ...] = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""

    @model_validator(mode="after")
    def _dates_decide_the_search(self) -> Document:
        if self.effective_from == UNKNOWN and self.search_from is None:
            raise ValueError("effective_from is unknown: give search_from, the first day to search it on")
        if self.first_day > self.last_day:
            raise ValueError("effective_to lies before effective_from")
        return self

    @property
    def first_day(self) -> date:
        """The first day on which this document is searched."""
        if self.search_from is not None:
            return self.search_from
        return self.effective_from if isinstance(self.effective_from, date) else EARLIEST

    @property
    def last_day(self) -> date:
        """The last day on which this document is searched."""
        if self.search_to is not None:
            return self.search_to
        return self.effective_to if isinstance(self.effective_to, date) else OPEN_END


@dataclass(frozen=True)
class Line:
    """One statement of a provision: a sentence or two of the lead, or one point of the list.

    ``confidence`` is set where it differs from the provision's. ``cites`` holds provision ids and is
    filled in guides only.
    """

    text: str
    is_point: bool = False
    confidence: Confidence | None = None
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Threshold:
    """A limit in machine form, as the standard's data file states it.

    It applies when all ``conditions`` hold; it is also kept when the ``alternative`` is.
    """

    id: str
    metric: str
    op: str
    value: float
    unit: str
    applies_zh: str = ""
    applies_en: str = ""
    conditions: tuple[Threshold, ...] = ()
    alternative: Threshold | None = None


@dataclass(frozen=True)
class Provision:
    """One article, item or row of a document, in force from ``first_day`` to ``last_day``.

    ``unknown`` marks a matter that is regulated but whose rule is not held: ``predecessors`` then
    name the old rule and ``read`` the documents to consult. ``file`` and ``line`` say where it is
    written, for whoever corrects it.
    """

    document: Document
    anchor_id: str
    anchor: str
    title_zh: str
    title_en: str
    zh: tuple[Line, ...]
    en: tuple[Line, ...]
    confidence: Confidence
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    first_day: date = EARLIEST
    last_day: date = OPEN_END
    predecessors: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    premise: str = ""
    signed: date | None = None
    in_operation: date | None = None
    source: str = ""
    official_text: str = ""
    summary: str = ""
    chapter: str = ""
    thresholds: tuple[Threshold, ...] = ()
    pass_logic: object = None
    item_no: str = ""
    counterpart: str = ""
    same_as_counterpart: bool = False
    file: str = ""
    line: int = 0

    @cached_property
    def id(self) -> str:
        """Stable identifier: document and anchor, e.g. ``gacc-order-282#art-4``."""
        return f"{self.document.id}#{self.anchor_id}"

    @cached_property
    def label(self) -> str:
        """How the place in the document is written: 第四条, 第13项, SP3, or a heading."""
        if self.item_no:
            return f"第{self.item_no}项" if self.item_no.isdigit() else self.item_no
        return self.anchor

    @cached_property
    def label_en(self) -> str:
        """The same in English: Article 4, Articles 1–3, Article 32(2), Item 13, or a heading."""
        if self.item_no:
            return f"Item {self.item_no}"
        match = _ARTICLE_ID.fullmatch(self.anchor_id)
        if match is None:
            return self.title_en
        first, second = int(match[1]), int(match[2] or 0)
        if not second:
            return f"Article {first}"
        return f"Articles {first}–{second}" if second > first else f"Article {first}({second})"

    @property
    def unknown(self) -> bool:
        """Whether the matter is in scope but its rule is not held."""
        return self.confidence.family is Family.UNKNOWN

    def lines(self, language: str) -> tuple[Line, ...]:
        """The statements in English for ``en`` where they are held, in Chinese otherwise."""
        return self.en if language == "en" and self.en else self.zh

    def title(self, language: str) -> str:
        """The heading in English for ``en``, in Chinese otherwise."""
        return self.title_en if language == "en" else self.title_zh

    def text(self, language: str = "zh-Hans") -> str:
        """The whole wording, one statement per line; the official text where it is held."""
        if self.official_text and (language != "en" or not self.en):
            return self.official_text
        return "\n".join(line.text for line in self.lines(language))

    def in_force(self, on: date) -> bool:
        """Whether the provision applies on ``on``."""
        return self.first_day <= on <= self.last_day


@dataclass(frozen=True)
class Passage:
    """A provision found by a search, and why it matched.

    ``score`` orders the passages of one question: 1 for the first in all lists, a little more or less
    after corrections. ``support`` lies in 0..1 and compares questions (see `search.py`).
    """

    provision: Provision
    score: float
    support: float
    why: str = ""
