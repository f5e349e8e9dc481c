"""Tell a group of the own enterprises something at once: previewed, sent once, kept with who was left out and why.

It goes into the site's inbox of those who agreed, and from there, in waking hours, to the channel of those who
agreed to that too and are bound.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import func, select

from api.auth.work import Work
from api.errors import BadInput, Conflict
from api.records.reader import Records
from api.store import Broadcast, BroadcastRecipient, Notice
from api.store.once import insert_once
from api.usecases.channels.notices import notify
from api.usecases.desk.audience import Audience, Filters, find_audience
from api.usecases.desk.provisions import Provisions, checked, read_ids

TOPICS = {"policy": "政策变化", "reminder": "提醒"}
LONGEST_TEXT = 500
MOST_LISTED = 50
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as it is typed. ``token`` comes with the preview and makes one sending of it."""

    topic: str
    text: str
    filters: Filters
    provision: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice that was sent, with how many were told, how many read it, and how many were left out."""

    broadcast: Broadcast
    told: int
    by_channel: int
    read: int
    left_out: dict[str, int]
    filters: dict[str, str]


def preview(work: Work, records: Records | None, provisions: Provisions, draft: Draft, today: date) -> Audience:
    """Return whom a notice would reach. Raises `BadInput`."""
    _check(provisions, draft, today)
    return find_audience(work.session, records, work.who, today, draft.filters, draft.topic)


def send(
    work: Work, records: Records | None, provisions: Provisions, draft: Draft, today: date, address: str
) -> tuple[Broadcast, int]:
    """Send a notice that was previewed; return it with how many were told. Raises `BadInput`, `Conflict`.

    The group is found anew from the scope. Nobody is told the same words twice on a day, whoever sends them again.
    """
    audience = preview(work, records, provisions, draft, today)
    if not _TOKEN.fullmatch(draft.token):
        raise BadInput("请先预览再发送。", "Preview it before sending.")
    if not audience.recipients:
        raise BadInput("没有人会收到，请看不发送的原因。", "Nobody would be told: see why they are left out.")
    text, key = draft.text.strip(), _key(draft, today)
    values = {
        "id": draft.token,
        "account_id": work.who.account_id,
        "kind": draft.topic,
        "text": text,
        "provision": draft.provision,
        "filters": json.dumps(draft.filters.as_json(), ensure_ascii=False),
        "left_out": json.dumps({why: count for why, count in audience.counts.items() if count}),
        "key": key,
        "sent_at": work.now,
    }
    if not insert_once(work.session, Broadcast, values):
        raise Conflict("这条通知已经发送。", "This notice has been sent.")
    link = f"{address}/documents/{draft.provision}" if draft.provision else ""
    told = 0
    for one in audience.recipients:
        if not notify(
            work.session, one.account_id, key, draft.topic, text, work.now, uscc=one.uscc, link=link,
            by_channel=one.by_channel,
        ):  # fmt: skip
            continue
        told += 1
        work.session.add(
            BroadcastRecipient(
                broadcast_id=draft.token, account_id=one.account_id, uscc=one.uscc, by_channel=one.by_channel
            )
        )
    if not told:
        raise Conflict("今天已经给这些企业发过同样的通知。", "These enterprises were told the same today.")
    work.session.flush()
    work.note("broadcast_sent", kind=draft.topic, told=told, left_out=len(audience.left_out), broadcast=draft.token)
    return work.session.get_one(Broadcast, draft.token), told


def list_sent(work: Work) -> Sequence[Sent]:
    """Return the notices the person sent, the latest first, with what became of them: three questions for all."""
    statement = select(Broadcast).where(Broadcast.account_id == work.who.account_id)
    rows = list(work.session.scalars(statement.order_by(Broadcast.sent_at.desc(), Broadcast.id).limit(MOST_LISTED)))
    ids = [row.id for row in rows]
    told = select(
        BroadcastRecipient.broadcast_id, func.count(), func.count().filter(BroadcastRecipient.by_channel)
    ).where(BroadcastRecipient.broadcast_id.in_(ids))
    counts = {
        of: (n, channel) for of, n, channel in work.session.execute(told.group_by(BroadcastRecipient.broadcast_id))
    }
    seen = (
        select(BroadcastRecipient.broadcast_id, func.count())
        .join(Broadcast, Broadcast.id == BroadcastRecipient.broadcast_id)
        .join(Notice, (Notice.account_id == BroadcastRecipient.account_id) & (Notice.key == Broadcast.key))
        .where(BroadcastRecipient.broadcast_id.in_(ids), Notice.read_at.is_not(None))
        .group_by(BroadcastRecipient.broadcast_id)
    )
    read = {of: count for of, count in work.session.execute(seen)}
    return [
        Sent(
            broadcast=row,
            told=counts.get(row.id, (0, 0))[0],
            by_channel=counts.get(row.id, (0, 0))[1],
            read=read.get(row.id, 0),
            left_out=json.loads(row.left_out),
            filters=json.loads(row.filters),
        )
        for row in rows
    ]


def _check(provisions: Provisions, draft: Draft, today: date) -> None:
    if draft.topic not in TOPICS:
        raise BadInput("请选择通知的种类。", "Choose the kind of notice.")
    if not 0 < len(draft.text.strip()) <= LONGEST_TEXT:
        raise BadInput(f"请写1到{LONGEST_TEXT}字的通知。", f"Write a notice of 1 to {LONGEST_TEXT} characters.")
    if draft.provision and read_ids(draft.provision) != [draft.provision]:
        raise BadInput("没有这条规定。", "There is no such provision.")
    if draft.provision and draft.provision not in provisions:
        checked([draft.provision], provisions, today)


def _key(draft: Draft, today: date) -> str:
    words = "\0".join((draft.topic, draft.text.strip(), draft.provision))
    return f"broadcast:{today}:{sha256(words.encode()).hexdigest()[:32]}"
