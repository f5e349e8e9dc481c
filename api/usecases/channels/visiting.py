"""Sessions of the experience centre in a channel: a list to choose from, and a choice that books."""

from __future__ import annotations

import re

from api.auth.work import Work
from api.bridge.model import Outbound
from api.errors import AppError
from api.usecases.channels.ground import CHINA
from api.usecases.sessions.booking import BookingIn, book, cancel_booking
from api.usecases.sessions.offer import Offered, list_offered
from api.usecases.sessions.telling import when_and_where
from api.usecases.sessions.topics import State

MOST = 6
SHORT = 6  # letters of a session's id: enough to name one of those ahead
NOTHING = "目前没有安排活动。想参加的，请写明需求，例如：预约 12月3日 上午 3人。"
HOW = "即将举办的活动，回复编号预约1人；人数更多的请在网页预约："
_CHOSEN = re.compile(rf"(?P<cancel>取消\s*)?(?P<short>[0-9a-f]{{{SHORT}}})\b.*", re.S)


def visit(work: Work, wish: str) -> Outbound | None:
    """Answer 「预约」 and what is chosen from it; None for a wish in words."""
    offered = list_offered(work)
    if not wish:
        choices = tuple(_choice(one) for one in offered[:MOST])
        return Outbound(HOW, choices) if choices else Outbound(NOTHING)
    chosen = _CHOSEN.fullmatch(wish)
    named = [one for one in offered if chosen and one.row.id.startswith(chosen["short"])]
    if chosen is None or len(named) != 1:
        return None
    try:
        return _cancelled(work, named[0]) if chosen["cancel"] else _booked(work, named[0])
    except AppError as error:
        return Outbound(error.zh)


def _booked(work: Work, one: Offered) -> Outbound:
    booking = book(work, one.row.id, BookingIn(1, work.who.display_name[:120] or work.who.sign_in_name[:120]))
    said = "预约成功" if booking.state == State.BOOKED else "名额已满，已排入候补，有名额时自动转为预约并通知您"
    return Outbound(f"{said}：{when_and_where(one.row)}。", (f"预约 取消 {one.row.id[:SHORT]} {one.row.title}",))


def _cancelled(work: Work, one: Offered) -> Outbound:
    if one.own_standing is None:
        return Outbound("没有这个预约。")
    cancel_booking(work, one.own_standing.id)
    return Outbound(f"已取消：{when_and_where(one.row)}。")


def _choice(one: Offered) -> str:
    starts = one.row.starts_at.astimezone(CHINA)
    own = one.own_standing
    left = f"剩{one.free}" if one.free else "已满，可候补"
    state = {State.BOOKED: "已预约", State.WAITING: "候补中"}.get(State(own.state), left) if own else left
    verb = "预约 取消" if own else "预约"
    return f"{verb} {one.row.id[:SHORT]} {starts:%m-%d %H:%M} {one.row.title}（{state}）"
