"""Ask a question: from what came in at a door to an answer."""

from __future__ import annotations

from datetime import date

from api.records.scope import Scope
from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer, Question, Turn


def ask(
    assistant: Assistant,
    asked: QuestionIn,
    today: date,
    scope: Scope = Scope.nothing(),  # noqa: ARG001, B008 - a frozen value; answers about own records will read it
) -> Answer:
    """Return the answer to a question asked today.

    ``scope`` says whose records the answer may draw on; without one, as on the command line, on nobody's.
    """
    history = tuple(Turn(question) for question in asked.earlier)
    return assistant.answer(Question(asked.question, today, asked.on, history, asked.language))
