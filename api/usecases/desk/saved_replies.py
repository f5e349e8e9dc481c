"""Replies a coordinator uses again, with the provisions they rest on: own ones, and those shared with all.

A reply is offered as long as everything it cites is held and in force on the day; one that is not is shown,
marked, and never inserted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from api.auth.work import Work
from api.errors import BadInput, NotFound
from api.store import Account, SavedReply
from api.usecases.channels.cited import Cited
from api.usecases.desk.provisions import Provisions, checked, read_ids, sources_of

LONGEST_TITLE, LONGEST_TEXT = 80, 1500
MOST_HELD = 300


@dataclass(frozen=True, slots=True)
class ReplyIn:
    """A reply as typed in; ``cites`` holds ids or links of provisions."""

    title: str
    text: str
    cites: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A saved reply with its sources; ``gone`` are ids that the knowledge base no longer holds."""

    reply: SavedReply
    own: bool
    author: str
    sources: tuple[Cited, ...]
    gone: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether everything it cites is held and in force."""
        return not self.gone and all(source.in_force for source in self.sources)

    @property
    def ids(self) -> tuple[str, ...]:
        """The provisions it cites."""
        return (*(source.provision for source in self.sources), *self.gone)

    def as_text(self) -> str:
        """Return the reply with its sources, as it is inserted."""
        cited = "；".join(f"{source.number}{source.place}" for source in self.sources)
        return f"{self.reply.text}\n依据：{cited}"


def list_replies(work: Work, provisions: Provisions, day: date) -> list[Held]:
    """Return the own replies and the shared ones; those that may be used first."""
    statement = (
        select(SavedReply, Account.display_name)
        .join(Account, Account.id == SavedReply.account_id)
        .where(or_(SavedReply.account_id == work.who.account_id, SavedReply.shared))
        .limit(MOST_HELD)
    )
    held = [_held(work, reply, author, provisions, day) for reply, author in work.session.execute(statement)]
    return sorted(held, key=lambda one: (not one.usable, not one.own, one.reply.title))


def find_reply(work: Work, provisions: Provisions, day: date, reply_id: str) -> Held:
    """Return an own or shared reply. Raises `NotFound`."""
    reply = work.session.get(SavedReply, reply_id)
    if reply is None or not (reply.shared or reply.account_id == work.who.account_id):
        raise NotFound("没有这条常用答复。", "There is no such saved reply.")
    author = work.session.get_one(Account, reply.account_id).display_name
    return _held(work, reply, author, provisions, day)


def save_reply(work: Work, provisions: Provisions, day: date, given: ReplyIn, reply_id: str = "") -> SavedReply:
    """Add a reply, or change an own one. Raises `BadInput`, `NotFound`."""
    title, text = given.title.strip(), given.text.replace("\r\n", "\n").strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        raise BadInput(f"请写1到{LONGEST_TITLE}字的标题。", f"Write a title of 1 to {LONGEST_TITLE} characters.")
    if not 0 < len(text) <= LONGEST_TEXT:
        raise BadInput(f"请写1到{LONGEST_TEXT}字的答复。", f"Write a reply of 1 to {LONGEST_TEXT} characters.")
    cited = checked(read_ids(given.cites), provisions, day)
    if not cited:
        raise BadInput("请至少引用一条规定。", "Cite at least one provision.")
    reply = _own(work, reply_id) if reply_id else SavedReply(account_id=work.who.account_id, created_at=work.now)
    reply.title, reply.text, reply.shared, reply.changed_at = title, text, given.shared, work.now
    reply.provisions = json.dumps([one.id for one in cited])
    work.session.add(reply)
    work.session.flush()
    work.note("saved_reply_changed" if reply_id else "saved_reply_added", reply=reply.id, shared=int(given.shared))
    return reply


def delete_reply(work: Work, reply_id: str) -> None:
    """Delete an own reply. Raises `NotFound`."""
    work.session.delete(_own(work, reply_id))
    work.session.flush()
    work.note("saved_reply_deleted", reply=reply_id)


def _own(work: Work, reply_id: str) -> SavedReply:
    reply = work.session.get(SavedReply, reply_id)
    if reply is None or reply.account_id != work.who.account_id:
        raise NotFound("没有这条常用答复。", "There is no such saved reply.")
    return reply


def _held(work: Work, reply: SavedReply, author: str, provisions: Provisions, day: date) -> Held:
    ids: list[str] = json.loads(reply.provisions)
    return Held(
        reply=reply,
        own=reply.account_id == work.who.account_id,
        author=author,
        sources=sources_of((provisions[one] for one in ids if one in provisions), day),
        gone=tuple(one for one in ids if one not in provisions),
    )
