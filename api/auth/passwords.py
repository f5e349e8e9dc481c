"""Which passwords are accepted, and how they are kept (Argon2id).

Length decides, not composition (NIST SP 800-63B section 5.1.1.2: no composition rules, refuse common ones).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
LONGEST = 128
FEWEST_DIFFERENT = 5
COMMON = Path(__file__).with_name("common_passwords.txt")


class Passwords:
    """Hashes passwords and checks them, taking the same time whether there is an account or not."""

    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        self._hash = PasswordHash((hasher or Argon2Hasher(),))
        self._nobody = self._hash.hash("no account has this password")

    def hash(self, password: str) -> str:
        """Return the hash that is stored."""
        return self._hash.hash(normal(password))

    def check(self, password: str, stored: str | None) -> bool:
        """Whether the password is right; without a stored hash the answer is no, after the same work."""
        right = self._hash.verify(normal(password), stored or self._nobody)
        return right and stored is not None


def normal(password: str) -> str:
    """Return a password in the one form in which keyboards may spell it (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def fault_of(password: str, *known: str) -> tuple[str, str] | None:
    """Say in Chinese and English what is wrong with a new password; ``known`` are words others know too."""
    text = normal(password)
    if len(text) < SHORTEST:
        return (
            f"密码至少要{SHORTEST}个字符，可以用几个不相关的词。",
            f"Use at least {SHORTEST} characters, for example a few unrelated words.",
        )
    if len(text) > LONGEST:
        return f"密码最多{LONGEST}个字符。", f"Use at most {LONGEST} characters."
    if _is_guessable(text.lower(), known):
        return "这个密码太容易猜到，请换一个。", "This password is easy to guess. Please choose another."
    return None


def _is_guessable(text: str, known: tuple[str, ...]) -> bool:
    if len(set(text)) < FEWEST_DIFFERENT or text in common_passwords():
        return True
    steps = {ord(after) - ord(before) for before, after in zip(text, text[1:], strict=False)}
    if steps <= {1} or steps <= {-1}:
        return True
    left = text
    for word in known:
        if len(word) >= 4:
            left = left.replace(word.lower(), "")
    return len(left) < SHORTEST // 2


@cache
def common_passwords() -> frozenset[str]:
    """The most common passwords of at least the shortest accepted length."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())
