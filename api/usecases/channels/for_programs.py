"""What a program is told that asks for somebody whom a coordinator answers now."""

from __future__ import annotations

from datetime import date

from api.auth.identity import Identity
from api.services import Services
from api.usecases.channels.on_the_web import tell_person, web_channels
from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer
from knowledge.text import language_of

_PASSED_ON = (
    "协调员正在和您对话，这条消息已直接发给协调员，助手暂不答复。",
    "A coordinator is talking to you: this message went to the coordinator, and the assistant stays silent.",
)


def passed_on(services: Services, assistant: Assistant, who: Identity, asked: QuestionIn, today: date) -> Answer | None:
    """Bring a message to the coordinator who answers; None where the assistant does."""
    if not tell_person(web_channels(services, assistant, lambda: today), who, asked.question):
        return None
    language = asked.language or language_of(asked.question)
    return Answer("handoff", asked.on or today, language, _PASSED_ON[language == "en"])
