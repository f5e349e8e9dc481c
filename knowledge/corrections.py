"""What a question's own words say about a provision, beyond likeness.

Each word is worth a little of the fused score (0..1). The values were fitted together with the weights of
the fusion on the tuning questions (docs/benchmarks.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.models import Provision
from knowledge.terms import Mention, levels_of

LEVEL = 0.06  # it speaks about the credit level the question names; as much less where it speaks of another
PARTNER = 0.1  # it is about the mutual-recognition partner the question names; as much less for another
TOPIC, MAIN_TOPIC = 0.04, 0.035  # one of its topics is asked about; and it is the topic it is mainly about
DOCUMENT = 0.07  # it stands in a document the question names
# A question for a figure is best met by a provision that has one, or says that none is known.
FIGURE_UNKNOWN = 0.02
_ASKS_FIGURE = re.compile(
    r"多久|多长|几[年天次个月日项级]|多少|哪天|几号|几月|截止|最晚|什么时候|何时|比例|期限|时限|百分之几|几家"
    r"|\b(?:how (?:long|many|much|often|soon)|when|what (?:rate|percentage|limit)|deadline)\b",
    re.I,
)


@dataclass(frozen=True)
class Asked:
    """What the words of a question name."""

    levels: frozenset[str]
    partners: frozenset[str]
    topics: frozenset[str]
    documents: frozenset[str]
    figure: bool

    def correction(self, provision: Provision) -> float:
        """Return what is added to the fused score of a provision."""
        total = 0.0
        if self.levels and provision.levels:
            total += LEVEL if self.levels & set(provision.levels) else -LEVEL
        if self.partners and provision.anchor_id.startswith("partner-"):
            total += PARTNER if provision.anchor_id.removeprefix("partner-") in self.partners else -PARTNER
        if self.topics & set(provision.topics):
            total += TOPIC + (MAIN_TOPIC if provision.topics[0] in self.topics else 0.0)
        if provision.document.id in self.documents:
            total += DOCUMENT
        if self.figure and provision.unknown:
            total += FIGURE_UNKNOWN
        return total


def asked(text: str, mentions: tuple[Mention, ...], documents: frozenset[str]) -> Asked:
    """Return what a cleaned, simplified question names, from its terms and references."""
    partners = {
        m.term.id.removeprefix("partner_").replace("_", "-") for m in mentions if m.term.id.startswith("partner_")
    }
    return Asked(
        levels=levels_of(mentions),
        partners=frozenset(partner.replace("_", "-") for partner in partners),
        topics=frozenset(topic for m in mentions for topic in m.term.topics),
        documents=documents,
        figure=bool(_ASKS_FIGURE.search(text)),
    )
