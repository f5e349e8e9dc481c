"""Say in a statement itself that a rule it rests on no longer, or not yet, applies on the day asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.citations import Draft
from assistant.phrases import not_yet, of_old_law, old_rule
from knowledge.models import Document, Provision
from knowledge.text import Language

_SAYS_OLD = re.compile(
    r"旧规|旧办法|旧标准|已到期|到期|已废止|已失效|[0-9年月日]以前"
    r"|\b(?:old rules?|old standards?|expired|repealed|until (?:the end of )?[0-9]{4})\b",
    re.I,
)


def says_it_is_old(text: str) -> bool:
    """Whether a statement says of itself that it is about an old rule."""
    return bool(_SAYS_OLD.search(text))


def dated(drafts: Iterable[Draft], on: date, language: Language) -> tuple[Draft, ...]:
    """Return the drafts, each saying so where its sources are not in force on ``on``."""
    return tuple(_dated(draft, on, language) for draft in drafts)


def _dated(draft: Draft, on: date, language: Language) -> Draft:
    ended = [p for p in draft.provisions if p.last_day < on]
    to_come = [p for p in draft.provisions if p.first_day > on]
    text = draft.text
    if ended and not says_it_is_old(text):
        all_ended = len(ended) == len(draft.provisions)
        text = old_rule(text, language) if all_ended else of_old_law(text, _documents(ended), language)
    for provision in to_come[:1]:
        if provision.first_day.isoformat() not in text:
            text = not_yet(text, provision.first_day, language)
    return replace(draft, text=text)


def _documents(provisions: Iterable[Provision]) -> list[Document]:
    return list({p.document.id: p.document for p in provisions}.values())
