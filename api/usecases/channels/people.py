"""Who writes in a channel: read anew from the binding and the account at every message."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from api.auth.identity import VISITOR, Identity, Kind
from api.bridge.model import Address
from api.store import Account, ChannelBinding

# Officers and administrators need a second factor, which a channel cannot ask for: they work on the web.
MAY_BIND = frozenset({Kind.ENTERPRISE, Kind.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Writer:
    """The person behind a message; a visitor where no account is bound or it may not sign in any more."""

    address: Address
    who: Identity
    binding: ChannelBinding | None = None

    @property
    def account_id(self) -> str | None:
        """The account, if one is bound."""
        return self.who.account_id or None


def writer_of(session: Session, address: Address) -> Writer:
    """Return who writes from an address, with the rights of this moment."""
    statement = (
        select(ChannelBinding, Account)
        .join(Account, Account.id == ChannelBinding.account_id)
        .where(
            ChannelBinding.channel == address.channel,
            ChannelBinding.account == address.account,
            ChannelBinding.peer == address.peer,
        )
        .options(selectinload(Account.memberships))
        .execution_options(populate_existing=True)
    )
    found = session.execute(statement).first()
    if found is None:
        return Writer(address, VISITOR)
    binding, account = found
    kind = Kind(account.kind)
    if account.disabled_at is not None or kind not in MAY_BIND:
        return Writer(address, VISITOR)
    usccs = tuple(sorted(membership.uscc for membership in account.memberships))
    chosen = binding.uscc if binding.uscc in usccs else (usccs[0] if usccs else "")
    who = Identity(
        kind=kind,
        account_id=account.id,
        sign_in_id=binding.id,  # reasons for reading records are given once per binding
        sign_in_name=account.sign_in_name,
        display_name=account.display_name,
        usccs=usccs,
        uscc=chosen or "",
        coordinator=account.coordinator or "",
        complete=True,
    )
    return Writer(address, who, binding)
