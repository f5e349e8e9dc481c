"""Keys made from the one secret of the installation, each for one purpose.

HKDF (RFC 5869) gives every purpose its own key, so that a value made for one is worth nothing for another.
"""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST = 32
FEWEST_DIFFERENT = 12
PLACEHOLDERS = ("changeme", "change-me", "changethis", "secret", "example", "password", "123456", "abcdef")
TOKEN_BYTES = 32


class WeakSecret(ValueError):
    """The secret of the installation can be guessed; the message says how to make a good one."""


class Keys:
    """Digests and sealed values of one installation."""

    def __init__(self, secret: str) -> None:
        check_secret(secret)
        self._key = lru_cache(maxsize=None)(lambda purpose: _derive(secret, purpose))
        self._sealer = lru_cache(maxsize=None)(lambda: Fernet(urlsafe_b64encode(self._key("seal"))))

    def digest(self, purpose: str, text: str) -> str:
        """Return the keyed digest (HMAC-SHA256, 64 hexadecimal characters) of a text for one purpose."""
        return hmac.new(self._key(purpose), text.encode(), sha256).hexdigest()

    def pseudonym(self, text: str) -> str:
        """Return the name under which the audit log knows an enterprise: the same each time, not reversible."""
        return self.digest("pseudonym", text)[:32]

    def seal(self, text: str) -> str:
        """Return a text encrypted and authenticated."""
        return self._sealer().encrypt(text.encode()).decode()

    def unseal(self, sealed: str, seconds: int | None = None) -> str | None:
        """Return what was sealed, or None where it was changed or is older than ``seconds``."""
        try:
            return self._sealer().decrypt(sealed.encode(), ttl=seconds).decode()
        except (InvalidToken, ValueError):
            return None


def check_secret(secret: str) -> None:
    """Raise `WeakSecret` for a secret that is short, monotonous or copied from an example."""
    lowered = secret.lower()
    if (
        len(secret) < SHORTEST
        or len(set(secret)) < FEWEST_DIFFERENT
        or any(placeholder in lowered for placeholder in PLACEHOLDERS)
    ):
        raise WeakSecret(
            f"needs at least {SHORTEST} random characters: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def demo_secret(folder: Path) -> str:
    """Return the secret kept in ``folder``, making it at the first start."""
    path = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret + "\n")
    return secret


def new_token() -> str:
    """Return a random token that nobody can guess (256 bits)."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"credit-assistant", info=purpose.encode()).derive(secret.encode())
