"""The signed and encrypted envelope of WeChat and WeCom callbacks (the same for DingTalk).

AES-256-CBC with the key's first 16 bytes as initial vector; the plain text is 16 random bytes, the length of
the message (4 bytes, big endian), the message, the receiver; PKCS#7 to 32 bytes. Source: WeCom developer
documentation, path 90968; official account documentation, message push. The protocol has no authentication
of its own: the signature is checked first, and every fault ends in the same `BadEnvelope`.
"""

from __future__ import annotations

import binascii
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from api.bridge.errors import BadEnvelope

KEY_LETTERS = 43
RANDOM_BYTES = 16
LENGTH_BYTES = 4
BLOCK = 16
PADDED_TO = 32  # traffic of the platforms is padded to 32, some other implementations to 16
SHORTEST = 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted message with its signature."""

    encrypt: str
    signature: str
    timestamp: str
    nonce: str


class Envelopes:
    """Opens and seals the envelopes of one account. Several keys: the new one first, while keys are changed."""

    def __init__(self, token: str, aes_keys: Sequence[str], receivers: Sequence[str]) -> None:
        self._token = token
        self._keys = [decoded_key(key) for key in aes_keys]
        self._receivers = [receiver.encode() for receiver in receivers]

    def open(self, encrypt: str, signature: str, timestamp: str, nonce: str) -> str:
        """Return the message in an envelope. Raises `BadEnvelope`, whatever is wrong with it."""
        check_signature(signature, self._token, timestamp, nonce, encrypt)
        for key in self._keys:
            opened = _opened(key, encrypt, self._receivers)
            if opened is not None:
                return opened
        raise BadEnvelope("the envelope cannot be opened")

    def seal(self, message: str, timestamp: str, nonce: str, random: bytes | None = None) -> Sealed:
        """Return a message encrypted for the platform and signed; ``random`` is for vectors only."""
        text, receiver = message.encode(), self._receivers[0]
        head = (random or os.urandom(RANDOM_BYTES)) + len(text).to_bytes(LENGTH_BYTES, "big")
        plain = _padded(head + text + receiver)
        key = self._keys[0]
        encryptor = Cipher(AES(key), CBC(key[:BLOCK])).encryptor()
        encrypt = b64encode(encryptor.update(plain) + encryptor.finalize()).decode()
        return Sealed(encrypt, signature_of(self._token, timestamp, nonce, encrypt), timestamp, nonce)


def decoded_key(letters: str) -> bytes:
    """Return the 32 bytes of an EncodingAESKey. Raises `ValueError` for anything else."""
    if len(letters) != KEY_LETTERS or not letters.isascii() or not letters.isalnum():
        raise ValueError(f"an EncodingAESKey has exactly {KEY_LETTERS} letters and digits")
    return b64decode(letters + "=")


def signature_of(*values: str) -> str:
    """Return the platforms' signature: SHA-1 over the sorted values, joined."""
    return sha1("".join(sorted(values)).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def check_signature(given: str, token: str, *values: str) -> None:
    """Raise `BadEnvelope` unless a signature fits. An empty token fits nothing."""
    expected = signature_of(token, *values)
    # compare_digest, not ==: an early exit would let a caller guess the signature letter by letter.
    if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()) or not token:
        raise BadEnvelope("the signature does not fit")


def _opened(key: bytes, encrypt: str, receivers: Sequence[bytes]) -> str | None:
    try:
        cipher_text = b64decode(encrypt, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(cipher_text) < SHORTEST:
        return None
    plain = cbc_opened(key, cipher_text)
    if plain is None or len(plain) < RANDOM_BYTES + LENGTH_BYTES:
        return None
    body = plain[RANDOM_BYTES + LENGTH_BYTES :]
    length = int.from_bytes(plain[RANDOM_BYTES : RANDOM_BYTES + LENGTH_BYTES], "big")
    if length > len(body):
        return None
    receiver = body[length:]
    fits = [hmac.compare_digest(receiver, ours) for ours in receivers]
    try:
        message = body[:length].decode()
    except UnicodeDecodeError:
        return None
    return message if any(fits) else None


def cbc_opened(key: bytes, cipher_text: bytes) -> bytes | None:
    """Return what was encrypted with AES-256-CBC, the key's beginning as initial vector and PKCS#7 to 32; or None."""
    if not cipher_text or len(cipher_text) % BLOCK:
        return None
    decryptor = Cipher(AES(key), CBC(key[:BLOCK])).decryptor()
    return _unpadded(decryptor.update(cipher_text) + decryptor.finalize())


def _padded(plain: bytes) -> bytes:
    missing = PADDED_TO - len(plain) % PADDED_TO
    return plain + bytes([missing]) * missing


def _unpadded(plain: bytes) -> bytes | None:
    length = plain[-1]
    if not 1 <= length <= PADDED_TO or plain[-length:] != bytes([length]) * length:
        return None
    return plain[:-length]
