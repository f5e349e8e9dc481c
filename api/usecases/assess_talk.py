"""A message in a conversation: for the assistant, for the self-assessment under way, or for both in turn."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from api.usecases.assess_chat import concerns, look, say
from api.usecases.assess_desks import Desks
from api.usecases.assess_step import ChatReply, Shown
from api.usecases.assess_walk import current_assessment
from assistant.models import Answer

TELLING = frozenset({"answered", "partial", "unknown", "handoff", "refused", "record"})
START = "自评"
_OF_OWN = re.compile(r"我|咱|本(?:企业|公司|厂)|公司|\b(?:we|our|us|my|i)\b", re.I)
_TO_SIGN_IN = (
    "自评要用企业账号登录后进行：按标准逐项对照，记录里已有的自动填好，随时可以停下来再继续。",
    "Self-assessment needs the account of an enterprise: item by item against the standard, filled in from the "
    "records, to be stopped and resumed at any time. Please sign in first.",
)


@dataclass(frozen=True)
class Talked:
    """What is said: the assistant's answer, the step of the self-assessment, or the answer and then the step again."""

    answer: Answer | None
    reply: ChatReply | None


def talk(desks: Desks, written: str, shown: Shown | None, ask: Callable[[], Answer], *, listening: bool) -> Talked:
    """Take a message. ``ask`` gives the assistant's answer to it; ``listening`` as in `assess_chat.say`."""
    asked = cache(ask)
    if not desks.may_assess:
        return Talked(_signed_out(asked()), None)
    with desks.to_read() as desk:
        may_concern = concerns(desk, written)
    if may_concern:
        with desks.to_write() as desk:
            reply = say(desk, written, shown, listening=listening, answers=lambda message: _answers(message, asked))
        if not reply.question:
            return Talked(None, reply)
    answer = asked()
    if answer.kind == "assessment":
        with desks.to_write() as desk:
            return Talked(None, say(desk, START))
    return Talked(answer, reply if may_concern and reply.shown is not None else None)


def step_again(desks: Desks) -> ChatReply | None:
    """Return the step the person stands at, changing nothing; None where no walk is under way."""
    if not desks.may_assess:
        return None
    with desks.to_read() as desk:
        return look(desk) if current_assessment(desk) is not None else None


def is_under_way(desks: Desks) -> bool:
    """Whether the person can go on with a walk."""
    with desks.to_read() as desk:
        return current_assessment(desk) is not None


def _answers(message: str, asked: Callable[[], Answer]) -> bool:
    """Whether a message that is no clear reply is something to ask: what people say of themselves is not."""
    return not _OF_OWN.search(message) and asked().kind in TELLING


def _signed_out(answer: Answer) -> Answer:
    if answer.kind != "assessment":
        return answer
    zh, en = _TO_SIGN_IN
    return replace(answer, text=en if answer.question_language == "en" else zh, suggestions=())
