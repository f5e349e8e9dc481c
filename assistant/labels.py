"""Tell the reader whether an answer was composed by a program from the rules or drafted by a model."""

from __future__ import annotations

from dataclasses import replace

from assistant.models import Answer, Caveat
from assistant.origin import By
from knowledge.text import Language, traditional

_LABELS: dict[By, tuple[str, str, str]] = {
    "rules": (
        "composed",
        "本回答由程序按规则条文编排，没有使用人工智能模型。",
        "Composed by a program from the rules; no AI model was used.",
    ),
    "model": (
        "ai_generated",
        "AI辅助生成：文字由人工智能模型起草，每句话已由程序与所引条文核对。",
        "AI-assisted: drafted by an AI model; a program has checked each sentence against its sources.",
    ),
}


def labelled(answer: Answer) -> Answer:
    """Return an answer with its label as the last caveat; a drafted text carries the label itself wherever it goes."""
    if not answer.statements:
        return answer
    caveat = _label(answer.origin.by, answer.question_language)
    text = answer.text
    if answer.origin.by == "model":
        text += f"\n({caveat.text})" if answer.question_language == "en" else f"\n（{caveat.text}）"
    return replace(answer, text=text, caveats=(*answer.caveats, caveat))


def _label(by: By, language: Language) -> Caveat:
    code, zh, en = _LABELS[by]
    if language == "en":
        return Caveat(code, en)
    return Caveat(code, traditional(zh) if language == "zh-Hant" else zh)
