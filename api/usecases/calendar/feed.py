"""A private address for calendar programs: made, taken back, and read by whoever holds its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.auth.identity import Identity, Kind, scope_of
from api.auth.keys import Keys, new_token
from api.auth.work import Work
from api.errors import Gone, NotAllowed
from api.services import Services
from api.store import Account, CalendarFeed, Membership
from api.usecases.assess import Desk

PURPOSE = "calendar-feed"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What a token opens: the calendar of one enterprise, for one of its people, in a language."""

    desk: Desk
    language: str


def make_feed(work: Work, language: str) -> str:
    """Make the person's address and return its token, which is shown once; an earlier one ends.

    Raises `NotAllowed` for a person without an enterprise.
    """
    who = work.who
    if not who.uscc or who.uscc not in who.usccs:
        raise NotAllowed
    _delete(work)
    token = new_token()
    work.session.add(
        CalendarFeed(
            account_id=who.account_id,
            uscc=who.uscc,
            digest=_digest(work.keys, token),
            language=language,
            made_at=work.now,
        )
    )
    work.session.flush()
    work.note("calendar_feed_made", work.trail.enterprise(who.uscc))
    return token


def end_feed(work: Work) -> None:
    """Take the person's address back."""
    _delete(work)
    work.note("calendar_feed_ended", work.trail.enterprise(work.who.uscc))


def find_feed(work: Work) -> CalendarFeed | None:
    """Return the person's address, if there is one."""
    statement = select(CalendarFeed).where(
        CalendarFeed.account_id == work.who.account_id, CalendarFeed.uscc == work.who.uscc
    )
    return work.session.scalars(statement).first()


def open_feed(services: Services, session: Session, token: str, today: date) -> Subscribed:
    """Return what a token opens, with the rights its person has now. Raises `Gone`."""
    feed = session.scalars(select(CalendarFeed).where(CalendarFeed.digest == _digest(services.keys, token))).first()
    account = session.get(Account, feed.account_id) if feed else None
    if feed is None or account is None or account.disabled_at is not None or account.kind != Kind.ENTERPRISE:
        raise _gone()
    if session.get(Membership, (account.id, feed.uscc)) is None:
        raise _gone()
    who = Identity(
        kind=Kind.ENTERPRISE, account_id=account.id, usccs=(feed.uscc,), uscc=feed.uscc, complete=True
    )  # fmt: skip
    work = Work(session, who, services.now(), services.keys, services.trail, services.passwords)
    return Subscribed(Desk(work, today, scope_of(who, today), services.records, services.files), feed.language)


def _delete(work: Work) -> None:
    who = work.who
    mine = (CalendarFeed.account_id == who.account_id, CalendarFeed.uscc == who.uscc)
    work.session.execute(delete(CalendarFeed).where(*mine))


def _digest(keys: Keys, token: str) -> str:
    return keys.digest(PURPOSE, token)


def _gone() -> Gone:
    return Gone(
        "这个订阅地址已经收回，请在网页上另做一个。", "This address was taken back. Make a new one on the site."
    )
