"""The self-assessment in the chat: which messages are for it, and what a page shows of its step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fastapi import Request

from api.auth.access import who_is
from api.deps import services_of, today_of
from api.usecases.assess_desks import Desks
from api.usecases.assess_step import ChatReply, read_shown
from api.usecases.assess_talk import Talked, is_under_way, step_again, talk
from assistant.models import Answer
from knowledge.text import Language, language_of, traditional
from selfassess.text import Text


@dataclass(frozen=True)
class Step:
    """A step in the language of the page. ``token`` comes back with the next message."""

    token: str
    language: Language
    says: list[str]
    question: str
    buttons: list[str]
    steering: list[str]
    heading: str = ""
    requirement: str = ""
    answered: str = ""
    limits: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    proof: list[str] = field(default_factory=list)
    on_record: list[str] = field(default_factory=list)


def desks_of(request: Request) -> Desks:
    """The desks of whoever sent the request."""
    return Desks(services_of(request), who_is(request), today_of(request))


def talk_to(request: Request, written: str, step: str, ask: Callable[[], Answer]) -> Talked:
    """Take a message that was written under a step, or under none."""
    shown = read_shown(step)
    return talk(desks_of(request), written, shown, ask, listening=shown is not None)


def step_of(request: Request, step: str) -> ChatReply | None:
    """The step once more, for a page that showed one."""
    return step_again(desks_of(request)) if read_shown(step) is not None else None


def invitation(request: Request) -> str:
    """What somebody of an enterprise can say to begin or to go on; nothing for others."""
    desks = desks_of(request)
    if not desks.may_assess:
        return ""
    return "继续自评" if is_under_way(desks) else "帮我做自评"


def spoken(message: str, page: Language) -> Language:
    """The language to answer a message in: its own where it has words, otherwise that of the page."""
    own = language_of(message)
    if own == "zh-Hans" and page == "zh-Hant":
        return "zh-Hant"  # 跳过 is written the same or nearly so
    return own if any(character.isalpha() for character in message) else page


def show_step(reply: ChatReply, language: Language) -> Step:
    """Return a step as the page shows it."""

    def read(said: Text | None) -> str:
        if said is None:
            return ""
        return said.en if language == "en" else traditional(said.zh) if language == "zh-Hant" else said.zh

    def each(listed: tuple[Text, ...]) -> list[str]:
        return [read(said) for said in listed]

    step = Step(
        token="" if reply.shown is None else reply.shown.written(),
        language=language,
        says=each(reply.says),
        question=read(reply.ask),
        buttons=each(reply.buttons),
        steering=each(reply.steering),
    )
    prompt = reply.prompt
    if prompt is None:
        return step
    return replace(
        step,
        heading=read(prompt.heading),
        requirement=read(prompt.requirement),
        limits=each(prompt.limits),
        notes=each(prompt.notes),
        proof=each(prompt.proof),
        on_record=each(prompt.on_record),
        answered=read(prompt.answered),
        question=read(prompt.question),
    )
