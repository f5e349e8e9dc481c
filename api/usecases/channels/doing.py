"""Do what a command asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.bridge.model import Outbound
from api.errors import AppError
from api.store import Account, Conversation
from api.usecases.channels import files_talk, handover, visiting, waiting
from api.usecases.channels.binding import NotBound, bind_with_code
from api.usecases.channels.commands import Command, Wish
from api.usecases.channels.ground import Channels
from api.usecases.channels.people import Writer
from api.usecases.channels.records_talk import RecordQuestion
from api.usecases.channels.words import (
    BOUND,
    HOW_TO_BIND,
    NOT_ABOUT_YOU,
    NOTHING_BOUND,
    UNBOUND,
    help_text,
)
from api.usecases.enterprise_names import enterprise_names


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asks, in which conversation, and when."""

    writer: Writer
    conversation: Conversation
    now: datetime


Done = Outbound | RecordQuestion
Doing = Callable[[Channels, Session, Turn, Command], Done]


def do(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    """Return what to say, or what to ask the records."""
    try:
        return _DOINGS[command.wish](channels, session, turn, command)
    except AppError as error:
        return Outbound(error.zh)


def _help(_: Channels, __: Session, turn: Turn, ___: Command) -> Done:
    return Outbound(help_text(turn.writer.who))


def _bind(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    if not command.about:
        return Outbound(HOW_TO_BIND)
    services = channels.services
    try:
        account_id = bind_with_code(session, services.keys, turn.writer.address, command.about, turn.now)
    except NotBound as refused:
        if refused.conflict:
            channel = turn.writer.address.channel
            channels.work(session, turn.writer.who).note("channel_binding_conflict", channel=channel)
        return Outbound(refused.zh)
    account = session.get_one(Account, account_id)
    channels.work(session, turn.writer.who).note("channel_bound", account_id, channel=turn.writer.address.channel)
    return Outbound(BOUND.format(name=account.display_name))


def _unbind(channels: Channels, session: Session, turn: Turn, _: Command) -> Done:
    if turn.writer.binding is None:
        return Outbound(NOTHING_BOUND)
    session.delete(turn.writer.binding)
    session.flush()
    channels.work(session, turn.writer.who).note("channel_unbound", channel=turn.writer.address.channel)
    return Outbound(UNBOUND)


def _status(_: Channels, __: Session, turn: Turn, ___: Command) -> Done:
    return RecordQuestion(turn.writer.who) if turn.writer.who.uscc else Outbound(NOT_ABOUT_YOU)


def _person(channels: Channels, session: Session, turn: Turn, _: Command) -> Done:
    return Outbound(handover.ask_for_person(channels, session, turn.conversation, "请与我联系", turn.now))


def _enough(_: Channels, session: Session, turn: Turn, __: Command) -> Done:
    handover.back_to_assistant(turn.conversation)
    session.flush()
    return Outbound("好的，请继续提问。")


def _visit(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    """Offer sessions, book the one that was chosen, or pass a wish in words on to the coordinator."""
    work = channels.work(session, turn.writer.who)
    done = visiting.visit(work, command.rest)
    if done is not None:
        return done
    topic = f"预约体验中心：{command.rest[:100]}"
    return Outbound(handover.ask_for_person(channels, session, turn.conversation, topic, turn.now))


def _choose(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    who, binding = turn.writer.who, turn.writer.binding
    names = enterprise_names(channels.services.records, who.usccs)
    chosen = [uscc for uscc, name in names.items() if command.about and command.about in (uscc, name)]
    if binding is None or len(names) < 2:
        return Outbound("您只绑定了一家企业。")
    if not chosen:
        return Outbound("请选择企业：", tuple(f"切换企业 {name}" for name in names.values()))
    binding.uscc = chosen[0]
    session.flush()
    return Outbound(f"现在代表：{names[chosen[0]]}")


def _proves(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    return files_talk.name_item(channels, session, turn.writer.who, command.about, turn.now)


def _my_enterprises(_: Channels, __: Session, turn: Turn, ___: Command) -> Done:
    return RecordQuestion(turn.writer.who, listed=True)


def _look_up(_: Channels, __: Session, turn: Turn, command: Command) -> Done:
    return RecordQuestion(turn.writer.who, about=command.about, reason=command.rest)


def _to_do(channels: Channels, session: Session, turn: Turn, _: Command) -> Done:
    found = waiting.list_waiting(channels, session, turn.writer.who)
    if not found:
        return Outbound("没有等待人工的对话。")
    lines = waiting.waiting_lines(channels, found, turn.now)
    choices = tuple(f"接手 {one.id[: waiting.SHORT]} {line}" for one, line in zip(found, lines, strict=True))
    return Outbound(f"待办（{len(found)}）：", choices)


def _take_over(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    taken = handover.take_over(channels, session, turn.writer.who, command.about.lower(), turn.now)
    said = waiting.last_words(session, taken)
    return Outbound(f"已接手。最近的对话：\n{said}\n\n发送“回复 内容”答复，发送“结束”交还助手。")


def _reply(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    handover.reply_as_person(channels, session, turn.writer.who, command.about.lower(), command.rest, turn.now)
    return Outbound("已发送。")


def _finish(channels: Channels, session: Session, turn: Turn, command: Command) -> Done:
    handover.finish(channels, session, turn.writer.who, command.about.lower(), turn.now)
    return Outbound("已结束，助手继续答复。")


_DOINGS: Mapping[Wish, Doing] = {
    Wish.HELP: _help,
    Wish.BIND: _bind,
    Wish.UNBIND: _unbind,
    Wish.STATUS: _status,
    Wish.PERSON: _person,
    Wish.ENOUGH: _enough,
    Wish.VISIT: _visit,
    Wish.CHOOSE: _choose,
    Wish.PROVES: _proves,
    Wish.MY_ENTERPRISES: _my_enterprises,
    Wish.LOOK_UP: _look_up,
    Wish.TO_DO: _to_do,
    Wish.TAKE_OVER: _take_over,
    Wish.REPLY: _reply,
    Wish.FINISH: _finish,
}
