"""Ask a question: from what came in at a door to an answer."""

from __future__ import annotations

from datetime import date

from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer, Question, Turn


def ask(assistant: Assistant, asked: QuestionIn, today: date) -> Answer:
    """Return the answer to a question asked today."""
    history = tuple(Turn(question) for question in asked.earlier)
    return assistant.answer(Question(asked.question, today, asked.on, history, asked.language))
