"""POST /api/v1/assessments/messages: the conversation about a self-assessment, for programs and channels."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth.throttle import Rate
from api.deps import AssistantDep, IdentityDep, ScopeDep, ServicesDep, TodayDep, counted_use
from api.routes.assessment_desk import OPEN, LanguageParam
from api.routes.assessments import REFUSALS
from api.usecases.answer import as_json
from api.usecases.ask import ask
from api.usecases.assess_desks import Desks
from api.usecases.assess_in import MessageIn
from api.usecases.assess_out import ReplyOut, reply_out
from api.usecases.assess_step import ChatReply, read_shown
from api.usecases.assess_talk import talk
from api.usecases.channels.for_programs import passed_on
from api.usecases.question import QuestionIn

router = APIRouter(prefix="/api/v1/assessments", tags=["self-assessment"], responses=REFUSALS)


@router.post("/messages", dependencies=[OPEN, counted_use(Rate.ASK)])
def post_message(
    given: MessageIn,
    assistant: AssistantDep,
    services: ServicesDep,
    who: IdentityDep,
    scope: ScopeDep,
    today: TodayDep,
    language: LanguageParam = "zh",
) -> ReplyOut:
    """Say something: 帮我做自评 begins, answers and commands go on, a question is answered and the step comes again."""
    asked = QuestionIn(question=given.message)
    if (told := passed_on(services, assistant, who, asked, today)) is not None:
        return reply_out(ChatReply(), as_json(told), language)
    desks = Desks(services, who, today)
    talked = talk(
        desks, given.message, read_shown(given.step), lambda: ask(assistant, asked, today, scope), listening=True
    )
    answer = None if talked.answer is None else as_json(talked.answer)
    return reply_out(talked.reply or ChatReply(), answer, language)
