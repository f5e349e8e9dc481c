"""What people are told about a session: at once, and written ahead for the day before and the hour after."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from api.auth.work import Work
from api.store import Booking, CentreSession, Notice
from api.usecases.channels.ground import CHINA, after_quiet_hours
from api.usecases.channels.notices import notify
from api.usecases.sessions.topics import State

BEFORE = timedelta(days=1)
PLANNED = "session-ahead"
AT_ONCE = "session"


def when_and_where(row: CentreSession) -> str:
    """Return title, time in China and place of a session in one line."""
    starts, ends = row.starts_at.astimezone(CHINA), row.ends_at.astimezone(CHINA)
    return f"{row.title}，{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}，{row.place}"


def tell(work: Work, booking: Booking, row: CentreSession, what: str) -> None:
    """Tell who booked something about it, at once."""
    key = f"{AT_ONCE}:{booking.id}:{work.now.isoformat()}:{booking.state}"
    notify(work.session, booking.account_id, key, "session", what, work.now, uscc=booking.uscc, link=_link(row))


def plan_ahead(work: Work, booking: Booking, row: CentreSession) -> None:
    """Write the reminder and the invitation to the survey ahead, in place of those written before."""
    forget_ahead(work, booking)
    if booking.state != State.BOOKED:
        return
    reminded = after_quiet_hours(row.starts_at - BEFORE)
    if work.now < reminded < row.starts_at:
        _ahead(work, booking, row, "reminder", f"明天有您预约的活动：{when_and_where(row)}。")
    _ahead(work, booking, row, "survey", f"“{row.title}”已经结束，请用一分钟填写满意度调查。")


def forget_ahead(work: Work, booking: Booking) -> None:
    """Take back what was written ahead and not told yet."""
    planned = Notice.key.startswith(f"{PLANNED}:{booking.id}:")
    work.session.execute(
        delete(Notice).where(planned, Notice.account_id == booking.account_id, Notice.created_at > work.now)
    )


def _ahead(work: Work, booking: Booking, row: CentreSession, kind: str, what: str) -> None:
    at = row.starts_at - BEFORE if kind == "reminder" else row.ends_at
    key = f"{PLANNED}:{booking.id}:{kind}:{at:%Y%m%d%H%M}"
    link, due = _link(row), after_quiet_hours(at)
    notify(work.session, booking.account_id, key, "session", what, work.now, uscc=booking.uscc, link=link, due=due)


def _link(row: CentreSession) -> str:
    return f"/sessions/{row.id}"
