"""Decide what is asked: a rule, one's own record, a self-assessment, a person, or nothing we do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.intents import Intent, Intents
from knowledge.search import Found, Nearness, Query

Route = Literal["policy", "record", "assessment", "handoff", "refused", "greeting", "out_of_scope", "unheld"]

# Terms every question about customs can contain; they do not show that it is about credit.
WEAK_TERMS = frozenset(
    "gacc competent_customs declaration time_limit penalty guarantee processing_trade origin food_cosmetics "
    "commodity_inspection health_quarantine plant_animal_quarantine trader production_type non_production_type "
    "overdue_payment economy cctv training seal wood_packaging customs_hotline entry_into_force repeal objection "
    "reconsideration document_keeping legal_representative application_material certification_steps bonded_zone "
    "smuggling trade_value financial_statement net_profit late_fee_waiver export_control solid_waste".split()
)
# A clause that asks to ignore or to show our rules is cut out; what is left of the message is answered.
_CLAUSE_END = re.compile(
    r"([。！？!?\n.，,:：；;][。！？!?\n.，,:：；; ]*"
    r"|(?<= )and (?=(?:then )?(?:state|say|tell|print|reveal|show|output|confirm|answer)\b))",
    re.I,
)
# 规则 and 要求 can also be those of customs (不要忽略年报的要求): only words that point at ours may stand between.
_INJECTION = re.compile(
    r"(?<![要能可得别])(?:忽略|无视|忘记|忘掉|不要理会|disregard|ignore|forget)"
    r"(?:.{0,40}(?:指令|设定|限制|提示|instructions?|prompts?)"
    r"|(?:你|您|掉|以上|之前|前面|上面|所有|全部|一切|这些|任何|的"
    r"|all|any|of|the|your|these|previous|prior|above|earlier| )*(?:规则|要求|rules?))"
    r"|(?:输出|打印|显示|复述|重复|泄露|print|reveal|show|repeat|output).{0,20}"
    r"(?:提示词|指令|设定|system prompt|instructions?)",
    re.I,
)


@dataclass(frozen=True)
class Decision:
    """Where a question goes, and the intent that decided it."""

    route: Route
    intent: Intent | None = None


# Log-odds that a question is in scope, fitted by `python -m tests.bench.scope` (docs/benchmarks.md).
INTERCEPT = -47.86
FEATURES = {
    "best_gap": 108.72,  # how much nearer the corpus is than the out-of-scope examples: the nearest text,
    "few_gap": 85.75,  # the few nearest,
    "many_gap": 56.55,  # and the many nearest
    "nearness": 50.32,  # how near the corpus is
    "terms": 0.68,  # the field's own terms, up to three
    "document": 3.04,  # whether a document is named
}
IN_SCOPE_FROM = 0.8  # log-odds, a probability of 0.69
# How much nearer an example of an intent must be than anything held.
INTENT_MARGIN = 0.0
# Below this likeness to anything held, a question in scope is said to be not covered.
UNHELD_SUPPORT = 0.5


class Router:
    """Patterns first, then meaning: nearer to what the corpus answers, or to what we do not do."""

    def __init__(self, intents: Intents) -> None:
        self._intents = intents

    def by_pattern(self, query: Query) -> Decision | None:
        """Return a decision when the wording leaves no doubt."""
        intent = self._intents.by_pattern(query.text)
        if intent is None:
            return None
        if intent.group == "out_of_scope" and strong_terms(query):
            return None
        return Decision(_route(intent), intent)

    def by_meaning(self, query: Query, found: Found) -> Decision:
        """Return where a question goes whose wording decided nothing."""
        likeness = self._intents.likeness(query.vector)
        if likeness.intent.group != "out_of_scope" and likeness.best > found.nearness.best + INTENT_MARGIN:
            return Decision(_route(likeness.intent), likeness.intent)
        if scope_score(query, found.nearness, likeness.outside) < IN_SCOPE_FROM:
            return Decision("out_of_scope", self._intents.nearest_outside(query.vector))
        if not found.passages or found.passages[0].support < UNHELD_SUPPORT:
            return Decision("unheld")
        return Decision("policy")


def scope_score(query: Query, inside: Nearness, outside: Nearness) -> float:
    """Return the log-odds that a question is about credit management."""
    weighted = zip(FEATURES.values(), features(query, inside, outside), strict=True)
    return INTERCEPT + sum(weight * value for weight, value in weighted)


def features(query: Query, inside: Nearness, outside: Nearness) -> list[float]:
    """Return what tells whether a question is in scope, in the order of `FEATURES`."""
    return [
        inside.best - outside.best,
        inside.few - outside.few,
        inside.many - outside.many,
        inside.few,
        float(min(len(strong_terms(query)), 3)),
        float(bool(query.references)),
    ]


def without_injection(text: str) -> str:
    """Return the message without the clauses that try to change the rules."""
    pieces = [*_CLAUSE_END.split(text), ""]
    clauses = zip(pieces[::2], pieces[1::2], strict=True)
    return "".join(words + end for words, end in clauses if not _INJECTION.search(words)).strip()


def strong_terms(query: Query) -> frozenset[str]:
    """The terms that show a question is about credit management."""
    return query.term_ids - WEAK_TERMS


def _route(intent: Intent) -> Route:
    route: Route = intent.group  # type: ignore[assignment]
    return route
