"""What a reader must know about an answer's standing."""

from __future__ import annotations

from datetime import date

from assistant.citations import Proven, cited_documents
from assistant.dates import AskedDay
from assistant.models import Caveat
from assistant.phrases import caveat, old_law
from knowledge.models import Confidence, Family
from knowledge.text import Language

_BY_FAMILY = {
    Family.SECOND_HAND: "second_hand",
    Family.UNVERIFIED: "unverified",
    Family.DRAFT: "draft",
}


def caveats_of(
    proven: Proven, day: AskedDay, today: date, language: Language, *, calculated: bool = False
) -> tuple[Caveat, ...]:
    """Return the caveats of an answer, the weightiest first."""
    provisions = [p for draft in proven.drafts for p in draft.provisions]
    documents = cited_documents(proven)
    codes: list[Caveat] = []
    ended = [d for d in documents if d.last_day < today and d.standing in {"repealed", "expired"}]
    if ended:
        codes.append(Caveat("old_law", old_law(ended, language)))
    found = {p.confidence for p in provisions}
    for family, code in _BY_FAMILY.items():
        if any(mark.family is family for mark in found):
            codes.append(Caveat(code, caveat(code, language)))
    if Confidence.O_SUM in found:
        codes.append(Caveat("summary", caveat("summary", language)))
    if Confidence.O_TR in found:
        codes.append(Caveat("translated", caveat("translated", language)))
    if any(d.standing == "unchecked" for d in documents):
        codes.append(Caveat("standing_unchecked", caveat("standing_unchecked", language)))
    if calculated:
        codes.append(Caveat("calculated", caveat("calculated", language)))
    if calculated and any(d.kind == "standard" and d.last_day >= today for d in documents):
        codes.append(Caveat("unconfirmed_rule", caveat("unconfirmed_rule", language)))
    if day.on > today:
        codes.append(Caveat("future", caveat("future", language)))
    changes = (p.first_day for p in provisions)
    if day.first != day.last and any(day.first < change <= day.last for change in changes):
        codes.append(Caveat("period_spans_change", caveat("period_spans_change", language)))
    return tuple(codes)
