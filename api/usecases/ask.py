"""Ask a question: from what came in at a door to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.records.scope import Reach, Scope
from api.usecases.own_record.topics import asks_own_record, without_own_words
from api.usecases.question import QuestionIn
from assistant.answering import Assistant, Tell
from assistant.guides import Guide
from assistant.models import Answer, Question, Turn

if TYPE_CHECKING:
    from api.records.reader import Records

SENT_AWAY = ("refused", "out_of_scope", "handoff", "clarify")
ANSWERS = ("answered", "partial", "unknown")


def ask(
    assistant: Assistant,
    asked: QuestionIn,
    today: date,
    scope: Scope = Scope.nothing(),  # noqa: B008 - a frozen value
    records: Records | None = None,
    guides: Sequence[Guide] = (),
    tell: Tell | None = None,
) -> Answer:
    """Return the answer to a question asked today.

    ``scope`` says whose records the answer may draw on; without one, as on the command line, on nobody's.
    ``guides`` are those that are live; ``tell`` as in `Assistant.answer`.
    """
    history = tuple(Turn(question) for question in asked.earlier)
    question = Question(asked.question, today, asked.on, history, asked.language)
    own = asks_own_record(asked.question, asked.earlier)
    bound = scope.reach is Reach.ENTERPRISES and records is not None
    answer = None if bound and own else _of_rules(assistant, question, guides, tell)
    if answer is not None and answer.kind != "record" and not (own and answer.kind in SENT_AWAY):
        return answer
    # What reads records is imported when it is first needed: `ask` on the command line starts faster.
    from api.usecases.own_record.answer import answer_from_record

    return answer_from_record(assistant, question, scope, records, answer)


def _of_rules(
    assistant: Assistant, question: Question, guides: Sequence[Guide] = (), tell: Tell | None = None
) -> Answer:
    """What the assistant says; a question how to do something is not sent to the record for its 「我们」."""
    answer = assistant.answer(question, guides, tell)
    if answer.kind == "record" and (plainer := without_own_words(question.text)):
        again = assistant.answer(replace(question, text=plainer), guides, tell)
        return again if again.kind in ANSWERS else answer
    return answer
