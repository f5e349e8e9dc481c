"""Whom a notice reaches: people of the own enterprises chosen who agreed to it; and who is left out, and why.

The enterprises come from the scope of the coordinator and never from a form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.identity import Identity, Kind
from api.records.gateway.search import Found
from api.records.reader import Records
from api.store import Account, Assessment, ChannelBinding, Membership, NoticeConsent
from api.usecases.desk.own import own_enterprises


class Why(StrEnum):
    """Why an enterprise, or one of its people, is left out."""

    NO_ACCOUNT = "no_account"
    DISABLED = "disabled"
    NOT_ASKED = "not_asked"  # never said anything about notices
    NO_CONSENT = "no_consent"  # declined or withdrawn


@dataclass(frozen=True, slots=True)
class Filters:
    """Which of the own enterprises; an empty value means all."""

    level: str = ""
    kind: str = ""
    office: str = ""
    standard: str = ""  # those with a self-assessment against it

    def as_json(self) -> dict[str, str]:
        """Return what was chosen."""
        chosen = {"level": self.level, "kind": self.kind, "office": self.office, "standard": self.standard}
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who will be told. ``by_channel`` says that it also goes to WeChat or WeCom."""

    account_id: str
    uscc: str
    enterprise: str
    by_channel: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An enterprise of the group of which somebody, or everybody, is left out."""

    uscc: str
    enterprise: str
    why: Why


@dataclass(frozen=True, slots=True)
class Audience:
    """The group chosen, who of it is reached, and who is left out for which reason."""

    enterprises: tuple[Found, ...]
    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]
    levels: tuple[str, ...]  # what can be chosen among the own enterprises
    kinds: tuple[str, ...]
    offices: tuple[str, ...]

    @property
    def counts(self) -> dict[Why, int]:
        """How many are left out for each reason."""
        return {why: sum(one.why is why for one in self.left_out) for why in Why}


def find_audience(
    session: Session, records: Records | None, who: Identity, today: date, filters: Filters, topic: str
) -> Audience:
    """Return whom a notice on a topic (policy, reminder) reaches. Raises `RecordsError`."""
    own = own_enterprises(records, who, today)
    chosen = _chosen(session, own, filters)
    recipients, left_out = _people(session, chosen, topic)
    return Audience(
        enterprises=tuple(chosen),
        recipients=recipients,
        left_out=left_out,
        levels=_values(one.level for one in own),
        kinds=_values(one.kind for one in own),
        offices=_values(one.customs_office_name for one in own),
    )


def _values(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({one for one in found if one}))


def _chosen(session: Session, own: Sequence[Found], filters: Filters) -> list[Found]:
    chosen = [
        one
        for one in own
        if filters.level in ("", one.level)
        and filters.kind in ("", one.kind)
        and filters.office in ("", one.customs_office_name)
    ]
    if not filters.standard:
        return chosen
    statement = select(Assessment.uscc).where(
        Assessment.uscc.in_([one.uscc for one in chosen]),
        Assessment.standard == filters.standard,
        Assessment.put_away_at.is_(None),
    )
    assessing = set(session.scalars(statement))
    return [one for one in chosen if one.uscc in assessing]


def _people(session: Session, chosen: Sequence[Found], topic: str) -> tuple[tuple[Recipient, ...], tuple[LeftOut, ...]]:
    """One question for all people, one for where they are reached; who acts for several enterprises is told once."""
    names = {one.uscc: one.name for one in chosen}
    statement = (
        select(Membership.uscc, Account, NoticeConsent)
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(NoticeConsent, NoticeConsent.account_id == Account.id)
        .where(Membership.uscc.in_(names), Account.kind == Kind.ENTERPRISE)
        .order_by(Membership.uscc, Account.id)
    )
    people: dict[str, list[tuple[Account, NoticeConsent | None]]] = defaultdict(list)
    for uscc, account, consent in session.execute(statement):
        people[uscc].append((account, consent))
    bound = set(
        session.scalars(
            select(ChannelBinding.account_id).where(
                ChannelBinding.unreachable_at.is_(None),
                ChannelBinding.account_id.in_({account.id for of in people.values() for account, _ in of}),
            )
        )
    )
    recipients: dict[str, Recipient] = {}
    left_out: list[LeftOut] = []
    for uscc, name in names.items():
        if not people[uscc]:
            left_out.append(LeftOut(uscc, name, Why.NO_ACCOUNT))
        for account, said in people[uscc]:
            why = _why_not(account, said, topic)
            if why is not None:
                left_out.append(LeftOut(uscc, name, why))
            elif said is not None and account.id not in recipients:
                by_channel = said.by_channel and account.id in bound
                recipients[account.id] = Recipient(account.id, uscc, name, by_channel)
    return tuple(recipients.values()), tuple(left_out)


def _why_not(account: Account, consent: NoticeConsent | None, topic: str) -> Why | None:
    if account.disabled_at is not None:
        return Why.DISABLED
    if consent is None:
        return Why.NOT_ASKED
    return None if getattr(consent, topic) else Why.NO_CONSENT
