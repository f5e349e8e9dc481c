"""What nobody asked about and somebody should hear of: silent channels, submissions, new levels, reviews ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from api.auth.identity import Kind
from api.records.codes import find_label
from api.records.errors import RecordsError
from api.records.gateway.assignments import list_enterprises
from api.records.gateway.rating import Enterprise, Rating, list_ratings
from api.records.reader import Reader
from api.records.scope import Scope
from api.store import Account, ChannelBinding, ChannelMessage, Membership, Notice, Submission
from api.usecases.channels.ground import CHINA, CLOSES, OPENS, Channels
from api.usecases.channels.handover import coordinators_of
from api.usecases.channels.notices import notify
from api.usecases.enterprise_names import enterprise_names

SILENT_AFTER = timedelta(hours=3)
NEW_FOR = timedelta(days=2)
NEW_LEVEL_DAYS = 14
AHEAD_DAYS = (90, 30, 7)
MOST_LOOKED_AFTER = 1_000
SUBMISSION = "submission:"


def note_silence(channels: Channels, session: Session, now: datetime) -> int:
    """Tell administrators, once a day, of a channel from which nothing comes in office hours.

    A platform stops calling after failures, and nothing else would show it.
    """
    moment = now.astimezone(CHINA)
    if moment.weekday() >= 5 or not OPENS <= (moment - SILENT_AFTER).time() <= moment.time() <= CLOSES:
        return 0
    last = _last_received(session)
    silent = [key for key in channels.with_callbacks if now - last.get(key, now) > SILENT_AFTER]
    administrators = session.scalars(
        select(Account.id).where(Account.kind == Kind.ADMINISTRATOR, Account.disabled_at.is_(None))
    ).all()
    for channel, account in silent:
        text = (
            f"{channel}/{account}已有{int(SILENT_AFTER.total_seconds() // 3600)}小时没有收到消息，请运行 bridge check。"
        )
        for administrator in administrators:
            notify(session, administrator, f"silent:{channel}:{account}:{moment:%Y-%m-%d}", "silent", text, now)
    return len(silent)


def _last_received(session: Session) -> Mapping[tuple[str, str], datetime]:
    """When each account's last message came in; one that never had any is new, not silent."""
    statement = select(ChannelMessage.channel, ChannelMessage.account, func.max(ChannelMessage.received_at)).group_by(
        ChannelMessage.channel, ChannelMessage.account
    )
    return {(channel, account): at for channel, account, at in session.execute(statement)}


def note_submissions(channels: Channels, session: Session, now: datetime) -> int:
    """Tell coordinators of versions that were handed in, once each."""
    known = exists().where(Notice.uscc == Submission.uscc, Notice.key == SUBMISSION + Submission.id)
    statement = select(Submission.id, Submission.uscc).where(Submission.submitted_at > now - NEW_FOR, ~known)
    told = 0
    for submission_id, uscc in session.execute(statement).all():
        text = f"{_name(channels, uscc)}提交了自评，请在网页查看。"
        for account in coordinators_of(channels, session, uscc):
            key = f"{SUBMISSION}{submission_id}"
            told += notify(session, account.id, key, "submission", text, now, uscc=uscc, link=_link(channels, uscc))
    return told


def note_levels(channels: Channels, now: datetime) -> int:
    """Tell people who are bound to a channel of a new level and of a review ahead, once each.

    Enterprise users hear of their own enterprise, coordinators of those they look after today. The records are read
    before the transaction begins: it is short whatever their number.
    """
    records, today = channels.services.records, channels.today()
    if records is None:
        return 0
    with channels.services.database.reading() as session:
        bound = select(ChannelBinding.account_id)
        people = session.execute(
            select(Membership.uscc, Membership.account_id).where(Membership.account_id.in_(bound))
        ).all()
        coordinators = session.execute(
            select(Account.id, Account.coordinator).where(
                Account.id.in_(bound), Account.kind == Kind.COORDINATOR, Account.disabled_at.is_(None)
            )
        ).all()
    told: list[tuple[str, str, str]] = [(account_id, uscc, "") for uscc, account_id in people]
    news = {}
    try:
        with records.reader() as reader:
            for account_id, number in coordinators:
                told += [(account_id, one.uscc, one.name) for one in _looked_after(reader, number or "", today)]
            for uscc in {uscc for _, uscc, _ in told}:
                news[uscc] = _news(list_ratings(reader, Scope.of_enterprises([uscc]), uscc, today), today)
    except RecordsError:
        return 0
    with channels.services.database.writing() as session:
        return sum(
            notify(
                session, account_id, key, kind, f"{name}：{text}" if name else text, now, uscc=uscc,
                link=_link(channels, uscc if name else ""),
            )
            for account_id, uscc, name in told
            for key, kind, text in news[uscc]
        )  # fmt: skip


def _looked_after(reader: Reader, coordinator: str, today: date) -> list[Enterprise]:
    """Every enterprise a coordinator looks after today, page by page."""
    found: list[Enterprise] = []
    while len(found) < MOST_LOOKED_AFTER:
        page = list_enterprises(reader, Scope.of_coordinator(coordinator, today), found[-1].uscc if found else "")
        found += page
        if not page.truncated:
            break
    return found


def _news(history: tuple[Rating, ...], today: date) -> list[tuple[str, str, str]]:
    news = []
    for rating in history:
        label = find_label("level", rating.level)
        name = label.zh if label else rating.level
        if 0 <= (today - rating.effective_from).days <= NEW_LEVEL_DAYS:
            key = f"level:{rating.uscc}:{rating.effective_from}"
            news.append((key, "level", f"信用等级有变化：{name}，{rating.effective_from:%Y-%m-%d}起。"))
        days = (rating.next_review - today).days if rating.next_review else -1
        near = [limit for limit in AHEAD_DAYS if 0 <= days <= limit]
        if near and (rating.effective_to is None or rating.effective_to >= today):
            key = f"review:{rating.uscc}:{rating.next_review}:{near[-1]}"
            news.append((key, "deadline", f"离下次复核（{rating.next_review:%Y-%m-%d}）还有{days}天。"))
    return news


def _name(channels: Channels, uscc: str) -> str:
    return enterprise_names(channels.services.records, [uscc])[uscc]


def _link(channels: Channels, uscc: str) -> str:
    address = channels.services.public_url
    return f"{address}/status/{uscc}".rstrip("/") if address else ""
