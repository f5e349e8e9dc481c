"""Things of a coordinator's desk to knock at."""

from __future__ import annotations

from api.auth.identity import Kind
from api.services import Services
from api.store import Account, Broadcast, Conversation, SavedReply, Utterance


def conversation_about(services: Services, account_id: str, uscc: str, said: str = "请与我联系") -> str:
    """Store a conversation that waits for a person; return its id."""
    now = services.now()
    with services.database.writing() as session:
        conversation = Conversation(
            key=f"{account_id}:{uscc}", account_id=account_id, uscc=uscc, opened_at=now, last_at=now,
            last_channel="web", attended_by="waiting", waiting_since=now, promised_at=now,
        )  # fmt: skip
        session.add(conversation)
        session.flush()
        session.add(
            Utterance(
                conversation_id=conversation.id, number=1, said_by="person", channel="web", kind="question", text=said,
                said_at=now,
            )
        )  # fmt: skip
        return conversation.id


def saved_reply_of(services: Services, account_id: str, provision: str = "gacc-order-282#art-4") -> str:
    """Store a reply of somebody's that is not shared; return its id."""
    now = services.now()
    with services.database.writing() as session:
        reply = SavedReply(
            account_id=account_id, title="复核周期", text="请看第四条。", provisions=f'["{provision}"]',
            created_at=now, changed_at=now,
        )  # fmt: skip
        session.add(reply)
        session.flush()
        return reply.id


def broadcast_of(services: Services) -> str:
    """Store a notice that some coordinator sent; return its id."""
    now = services.now()
    with services.database.writing() as session:
        account = Account(kind=Kind.COORDINATOR, sign_in_name="sender", display_name="sender", created_at=now)
        session.add(account)
        session.flush()
        sent = Broadcast(
            account_id=account.id, kind="policy", text="请自查。", filters="{}", left_out="{}", key="k", sent_at=now
        )
        session.add(sent)
        session.flush()
        return sent.id
