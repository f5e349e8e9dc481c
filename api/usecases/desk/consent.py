"""What somebody of an enterprise agrees to be told unasked: given and withdrawn in the own account, at any time."""

from __future__ import annotations

from api.auth.identity import Kind
from api.auth.work import Work
from api.errors import NotAllowed
from api.store import NoticeConsent


def own_consent(work: Work) -> NoticeConsent | None:
    """Return what the person agreed to; None where nothing was ever said."""
    return work.session.get(NoticeConsent, work.who.account_id)


def change_consent(work: Work, *, policy: bool, reminder: bool, by_channel: bool) -> None:
    """Give or withdraw consent. Raises `NotAllowed` for staff, who are told what their work needs."""
    if work.who.kind is not Kind.ENTERPRISE:
        raise NotAllowed
    found = own_consent(work) or NoticeConsent(account_id=work.who.account_id)
    found.policy, found.reminder, found.by_channel, found.changed_at = policy, reminder, by_channel, work.now
    work.session.add(found)
    work.session.flush()
    work.note("notice_consent_changed", policy=int(policy), reminder=int(reminder), by_channel=int(by_channel))
