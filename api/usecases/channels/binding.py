"""Bind a person of a channel to an account: by a code from the web, or by the platform's own sign-in.

A binding is never changed in silence: whoever is bound already has to unbind first, and a conflict is noted.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from api.auth.codes import ALPHABET
from api.auth.identity import Identity
from api.auth.keys import Keys
from api.auth.work import Work
from api.bridge.model import Address, Channel
from api.errors import BadInput, Conflict, NotAllowed, NotFound
from api.store import Account, ChannelBinding, ChannelBindingCode
from api.usecases.channels.commands import CODE_LETTERS
from api.usecases.channels.people import MAY_BIND

CODE_GOOD_FOR = timedelta(minutes=10)
PAGE_GOOD_FOR = timedelta(minutes=10)
CODE, PAGE, CONFIRMATION = "code", "page", "confirmation"


class NotBound(Exception):
    """A binding was refused; ``zh`` says why to the person."""

    def __init__(self, zh: str, *, conflict: bool = False) -> None:
        self.zh = zh
        self.conflict = conflict
        super().__init__(zh)


def issue_code(work: Work) -> str:
    """Return a code to type in a channel; it works once, for ten minutes. Raises `NotAllowed`."""
    _check_may_bind(work.who)
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    work.session.execute(
        delete(ChannelBindingCode).where(
            ChannelBindingCode.purpose == CODE, ChannelBindingCode.account_id == work.who.account_id
        )
    )
    _add(work, CODE, letters, CODE_GOOD_FOR)
    work.note("channel_code_issued")
    return f"{letters[:5]}-{letters[5:]}"


def bind_with_code(session: Session, keys: Keys, address: Address, code: str, now: datetime) -> str:
    """Bind whoever writes from an address to the account that a code was issued to; return the account's id.

    Raises `NotBound`. A code that met a conflict is not used up.
    """
    found = _find(session, keys, CODE, "".join(c for c in code.upper() if c.isalnum()), now)
    if found is None:
        raise NotBound("绑定码不正确、已经用过或者已经过期，请在网页上重新获取。")
    bind(session, address, found.account_id, now)
    _use(session, found, now)
    return found.account_id


def begin_page(work: Work, channel: str, account: str) -> str:
    """Return a state for the platform's sign-in page: random, for one use, tied to this session."""
    _check_may_bind(work.who)
    state = "".join(secrets.choice(ALPHABET) for _ in range(32))
    _add(work, PAGE, state, PAGE_GOOD_FOR, channel=channel, account=account)
    return state


def end_page(work: Work, state: str, channel: str, account: str) -> ChannelBindingCode:
    """Use up the state a person comes back with. Raises `NotBound` for another's, an old or a used one."""
    found = _find(work.session, work.keys, PAGE, state, work.now)
    fits = (
        found is not None
        and (found.channel, found.account) == (channel, account)
        and (found.account_id, found.sign_in_id) == (work.who.account_id, work.who.sign_in_id)
    )
    if found is None or not fits or not _use(work.session, found, work.now):
        raise NotBound("这次绑定已经过期，请重新开始。")
    return found


def ask_to_confirm(work: Work, address: Address) -> str:
    """Keep who the platform said it is, until the person confirms; return the word to confirm with."""
    word = secrets.token_hex(16)
    _add(work, CONFIRMATION, word, PAGE_GOOD_FOR, address.channel, address.account, address.peer)
    return word


def confirm(work: Work, word: str) -> ChannelBinding:
    """Bind after the person confirmed. Raises `BadInput`, `Conflict`."""
    found = _find(work.session, work.keys, CONFIRMATION, word, work.now)
    mine = found is not None and (found.account_id, found.sign_in_id) == (work.who.account_id, work.who.sign_in_id)
    if found is None or not mine or not _use(work.session, found, work.now):
        raise BadInput("这次绑定已经过期，请重新开始。", "This binding has expired. Please start again.")
    try:
        binding = bind(
            work.session, Address(Channel(found.channel), found.account, found.peer), work.who.account_id, work.now
        )
    except NotBound as refused:
        raise Conflict(refused.zh, "This binding conflicts with another one. Remove that one first.") from refused
    work.note("channel_bound", channel=found.channel)
    return binding


def bind(session: Session, address: Address, account_id: str, now: datetime) -> ChannelBinding:
    """Bind an address to an account. Raises `NotBound` where either is bound otherwise, or the account may not be."""
    account = session.get(Account, account_id)
    if account is None or account.disabled_at is not None or account.kind not in MAY_BIND:
        raise NotBound("这个账号不能在这里绑定，请在网页上使用。")
    there = select(ChannelBinding).where(
        ChannelBinding.channel == address.channel,
        ChannelBinding.account == address.account,
        or_(ChannelBinding.peer == address.peer, ChannelBinding.account_id == account_id),
    )
    for binding in session.scalars(there):
        if binding.peer == address.peer and binding.account_id == account_id:
            binding.unreachable_at = None
            return binding
        if binding.peer == address.peer:
            raise NotBound("这里已经绑定了另一个账号。要换绑，请先发送“解绑”。", conflict=True)
        raise NotBound("您的账号已经绑定了另一个使用者，请先在网页“我的账号”里解除。", conflict=True)
    binding = ChannelBinding(
        channel=address.channel, account=address.account, peer=address.peer, account_id=account_id, bound_at=now
    )
    session.add(binding)
    session.flush()
    return binding


def list_bindings(work: Work) -> Sequence[ChannelBinding]:
    """Return the person's own bindings."""
    statement = select(ChannelBinding).where(ChannelBinding.account_id == work.who.account_id)
    return work.session.scalars(statement.order_by(ChannelBinding.bound_at)).all()


def remove_binding(work: Work, binding_id: str) -> None:
    """End one of the own bindings. Raises `NotFound`."""
    binding = work.session.get(ChannelBinding, binding_id)
    if binding is None or binding.account_id != work.who.account_id:
        raise NotFound("没有这个绑定。", "There is no such binding.")
    channel = binding.channel
    work.session.delete(binding)
    work.session.flush()
    work.note("channel_unbound", channel=channel)


def _check_may_bind(who: Identity) -> None:
    if who.kind not in MAY_BIND or not who.complete:
        raise NotAllowed("只有企业用户和协调员可以绑定。", "Only enterprise users and coordinators can be bound.")


def _add(
    work: Work, purpose: str, word: str, good_for: timedelta, channel: str = "", account: str = "", peer: str = ""
) -> None:
    work.session.add(
        ChannelBindingCode(
            purpose=purpose,
            code_hash=_hash(work.keys, purpose, word),
            account_id=work.who.account_id,
            sign_in_id=work.who.sign_in_id,
            channel=channel,
            account=account,
            peer=peer,
            issued_at=work.now,
            expires_at=work.now + good_for,
        )
    )
    work.session.flush()


def _find(session: Session, keys: Keys, purpose: str, word: str, now: datetime) -> ChannelBindingCode | None:
    return session.scalars(
        select(ChannelBindingCode).where(
            ChannelBindingCode.purpose == purpose,
            ChannelBindingCode.code_hash == _hash(keys, purpose, word),
            ChannelBindingCode.used_at.is_(None),
            ChannelBindingCode.expires_at > now,
        )
    ).first()


def _use(session: Session, found: ChannelBindingCode, now: datetime) -> bool:
    used = session.execute(
        update(ChannelBindingCode)
        .where(ChannelBindingCode.id == found.id, ChannelBindingCode.used_at.is_(None))
        .values(used_at=now)
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _hash(keys: Keys, purpose: str, word: str) -> str:
    return keys.digest(f"channel-{purpose}", word)
