"""Keys from one secret: one per purpose, none of them guessable, none usable for another thing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from api.auth.keys import Keys, WeakSecret, check_secret, demo_secret, new_token
from tests.services import SECRET


@pytest.mark.parametrize(
    "secret",
    ["", "short", "a" * 64, "abababababababababababababababababab", "changeme-changeme-changeme-1234567890-XYZ",
     "my-very-long-secret-but-a-word-Q7Zk2vP9xL"],
)  # fmt: skip
def test_a_secret_that_can_be_guessed_is_refused_with_the_command_to_make_one(secret: str):
    with pytest.raises(WeakSecret, match="token_urlsafe"):
        check_secret(secret)


def test_a_random_secret_is_accepted():
    secrets = [new_token() for _ in range(100)]

    for secret in secrets:
        check_secret(secret)

    assert len(set(secrets)) == 100


def test_a_digest_for_one_purpose_is_none_for_another():
    keys = Keys(SECRET)

    assert keys.digest("session", "x") == Keys(SECRET).digest("session", "x")
    assert keys.digest("session", "x") != keys.digest("code", "x")
    assert keys.digest("session", "x") != Keys(SECRET[::-1]).digest("session", "x")


def test_what_is_sealed_comes_back_only_unchanged_and_in_time():
    keys = Keys(SECRET)
    sealed = keys.seal("JBSWY3DP")

    assert keys.unseal(sealed) == "JBSWY3DP"
    assert keys.unseal(sealed[:-2] + "AA") is None
    assert keys.unseal("") is None
    assert keys.unseal("🙂") is None
    assert keys.unseal(Fernet(Fernet.generate_key()).encrypt(b"x").decode()) is None
    assert keys.unseal(sealed, seconds=-1) is None


def test_the_demo_secret_is_made_once_and_readable_for_its_owner_only(tmp_path: Path):
    first = demo_secret(tmp_path / "new")

    assert demo_secret(tmp_path / "new") == first
    assert stat.S_IMODE(os.stat(tmp_path / "new" / "secret.key").st_mode) == 0o600
    check_secret(first)
