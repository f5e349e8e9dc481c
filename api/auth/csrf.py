"""Tokens in forms that only our own pages can know.

A token is bound to the session, or for a visitor to a cookie of ours (double submit). It differs on
every page, so that compression tells nothing about it.
"""

from __future__ import annotations

import hmac
import secrets

from api.auth.keys import Keys

FIELD = "csrf"
HEADER = "x-csrf-token"
NONCE_BYTES = 9


def new_csrf(keys: Keys, bound_to: str) -> str:
    """Return a token for a page shown to the holder of a session or cookie."""
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    return f"{nonce}.{_proof(keys, bound_to, nonce)}"


def is_csrf(keys: Keys, bound_to: str, token: str) -> bool:
    """Whether a token was made by us for this session or cookie."""
    nonce, _, proof = token.partition(".")
    return bool(bound_to) and hmac.compare_digest(proof.encode(), _proof(keys, bound_to, nonce).encode())


def _proof(keys: Keys, bound_to: str, nonce: str) -> str:
    return keys.digest("csrf", f"{bound_to}:{nonce}")[:40]
