"""Write proven statements as text with [1] marks, and an answer in Traditional Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.citations import Proven
from assistant.compose import Composition
from assistant.models import Answer, Caveat, Statement
from knowledge.text import Language, traditional

_HEADINGS = {"related": ("相关规定：", "Related:"), "old": ("旧规：", "Old rules:")}


def render(proven: Proven, composition: Composition, caveats: Sequence[Caveat], language: Language) -> str:
    """Return the answer as text: lead, points, related rules, old rules, where to look, caveats."""
    blocks: list[str] = []
    role = "lead"
    for draft, statement in zip(proven.drafts, proven.statements, strict=True):
        if draft.role != role and draft.role in _HEADINGS:
            blocks.append(_HEADINGS[draft.role][1 if language == "en" else 0])
        role = draft.role
        blocks.append(("" if draft.role == "lead" else "- ") + with_marks(statement))
    if composition.look_up:
        blocks.append(composition.look_up)
    blocks.extend(f"（{c.text}）" if language != "en" else f"({c.text})" for c in caveats)
    return "\n".join(blocks)


def with_marks(statement: Statement) -> str:
    """Return a statement with its citation marks behind it."""
    return statement.text + "".join(f"[{n}]" for n in statement.citations)


def translated(answer: Answer) -> Answer:
    """Return the answer in Traditional Chinese characters; identifiers and links stay."""
    return replace(
        answer,
        text=traditional(answer.text),
        missing=traditional(answer.missing),
        look_up=traditional(answer.look_up),
        suggestions=tuple(map(traditional, answer.suggestions)),
        statements=tuple(replace(s, text=traditional(s.text)) for s in answer.statements),
        caveats=tuple(replace(c, text=traditional(c.text)) for c in answer.caveats),
        citations=tuple(
            replace(
                c,
                number=traditional(c.number),
                title=traditional(c.title),
                anchor=traditional(c.anchor),
                excerpt=traditional(c.excerpt),
                label=traditional(c.label),
            )
            for c in answer.citations
        ),
    )
