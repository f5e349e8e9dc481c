"""What changed in the knowledge base since this installation first saw it: noted when the application starts.

Coordinators are told once of what is new or worded differently; the policy page shows it and who relied on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.identity import CONSOLE, Kind
from api.services import Services
from api.store import Account, ProvisionVersion
from api.store.once import insert_once
from api.usecases.channels.ground import CHINA
from api.usecases.channels.notices import notify
from assistant.origin import digest_of
from knowledge.models import Provision


@dataclass(frozen=True, slots=True)
class Version:
    """When a provision came or was changed, as this installation saw it."""

    provision: str
    on: date
    changed: bool  # another wording was served before; otherwise it is new


def note_versions(services: Services, provisions: Iterable[Provision]) -> int:
    """Note the wordings served; tell coordinators of new and changed ones. Returns how many those are."""
    held = {one.id: digest_of(one) for one in provisions}
    with services.database.reading() as session:
        known = _known(session)
    missing = {(id_, digest) for id_, digest in held.items() if (id_, digest) not in known}
    if not missing:
        return 0
    now = services.now()
    with services.database.writing() as session:
        at_first = not _known(session)
        fresh = [
            id_
            for id_, digest in sorted(missing)
            if insert_once(
                session, ProvisionVersion, {"provision": id_, "digest": digest, "seen_at": now, "at_first": at_first}
            )
        ]
        if at_first or not fresh:
            return 0
        _tell(services, session, fresh)
        services.trail.append(session, CONSOLE, "provisions_changed", now, count=len(fresh))
    return len(fresh)


def list_versions(session: Session) -> dict[str, Version]:
    """Return the provisions that came or were changed after the first knowledge base, by id."""
    rows: dict[str, list[ProvisionVersion]] = {}
    for row in session.scalars(select(ProvisionVersion).order_by(ProvisionVersion.seen_at)):
        rows.setdefault(row.provision, []).append(row)
    return {
        id_: Version(id_, of[-1].seen_at.astimezone(CHINA).date(), changed=len(of) > 1)
        for id_, of in rows.items()
        if not of[-1].at_first
    }


def list_removed(session: Session, provisions: Iterable[str]) -> list[str]:
    """Return the ids that were served once and are no longer held."""
    seen = set(session.scalars(select(ProvisionVersion.provision)))
    return sorted(seen - set(provisions))


def _known(session: Session) -> set[tuple[str, str]]:
    statement = select(ProvisionVersion.provision, ProvisionVersion.digest)
    return {(provision, digest) for provision, digest in session.execute(statement)}


def _tell(services: Services, session: Session, fresh: list[str]) -> None:
    now = services.now()
    key = f"provisions:{sha256(' '.join(fresh).encode()).hexdigest()[:32]}:{now:%Y-%m-%d}"
    text = f"知识库有{len(fresh)}条规定新增或有变化，请在工作台“政策变化”里看涉及哪些企业、计划、常用答复和指引。"
    link = f"{services.public_url}/desk/policy"
    statement = select(Account.id).where(Account.kind == Kind.COORDINATOR, Account.disabled_at.is_(None))
    for account_id in session.scalars(statement).all():
        notify(session, account_id, key, "policy", text, now, link=link)
