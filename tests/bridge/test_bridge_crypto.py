"""The envelope: official vectors, foreign peers, and every way in which one can be broken."""

from __future__ import annotations

import ast
import os
import random
import re
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
import wechatpy.crypto
import wechatpy.enterprise.crypto
import werobot.crypto
import xmltodict
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from api.bridge import crypto
from api.bridge.crypto import Envelopes, Sealed, check_signature, decoded_key, signature_of
from api.bridge.errors import BadEnvelope
from tests.bridge.vectors import KEY, OTHER_KEY, RECEIVER, TOKEN, VECTORS, having

TIME, NONCE = "1764131400", "n0nce"
TEXTS = (
    "",
    "a" * 11,
    "a" * 12,
    "a" * 13,
    "中文",
    "字" * 683,
    "👨‍👩‍👧🇨🇳",
    "<![CDATA[x]]>",
    "高级认证企业几年复核一次？",
)
ENVELOPES = Envelopes(TOKEN, [KEY], [RECEIVER])


def opened(sealed: Sealed, envelopes: Envelopes = ENVELOPES) -> str:
    """Open what was sealed."""
    return envelopes.open(sealed.encrypt, sealed.signature, sealed.timestamp, sealed.nonce)


def sealed_plain(plain: bytes) -> Sealed:
    """Encrypt bytes as they are and sign them as the platform would."""
    key = decoded_key(KEY)
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    encrypt = b64encode(encryptor.update(plain) + encryptor.finalize()).decode()
    return Sealed(encrypt, signature_of(TOKEN, TIME, NONCE, encrypt), TIME, NONCE)


def padded(plain: bytes, to: int = 32) -> bytes:
    """PKCS#7."""
    missing = to - len(plain) % to
    return plain + bytes([missing]) * missing


@pytest.mark.parametrize("name", having("signature"))
def test_official_plain_signatures_fit(name: str):
    vector = VECTORS[name]

    assert signature_of(vector["token"], vector["timestamp"], vector["nonce"]) == vector["signature"]


@pytest.mark.parametrize("name", having("encrypt", "msg_signature"))
def test_official_message_signatures_fit(name: str):
    vector = VECTORS[name]
    signed = (vector["timestamp"], vector["nonce"], vector["encrypt"])

    assert signature_of(vector["token"], *signed) == vector["msg_signature"]


@pytest.mark.parametrize("name", having("encrypt", "aes_key"))
def test_official_messages_are_opened(name: str):
    vector = VECTORS[name]
    envelopes = Envelopes(vector["token"], [vector["aes_key"]], [vector["receive_id"]])
    time, nonce, encrypt = vector.get("timestamp", "1"), vector.get("nonce", "1"), vector["encrypt"]
    signature = signature_of(vector["token"], time, nonce, encrypt)

    message = envelopes.open(encrypt, signature, time, nonce)

    assert message == vector.get("plaintext", message)
    assert len(message.encode()) == vector.get("msg_len", len(message.encode()))
    assert len(b64decode(encrypt)) == vector.get("cipher_len", len(b64decode(encrypt)))
    assert 20 + len((message + vector["receive_id"]).encode()) == vector.get(
        "full_len", 20 + len((message + vector["receive_id"]).encode())
    )


@pytest.mark.parametrize("name", having("encrypt", "random16", "plaintext"))
def test_official_messages_are_sealed_the_same(name: str):
    vector = VECTORS[name]
    envelopes = Envelopes(vector["token"], [vector["aes_key"]], [vector["receive_id"]])

    sealed = envelopes.seal(
        vector["plaintext"], vector.get("timestamp", "1"), vector.get("nonce", "1"), vector["random16"].encode()
    )

    assert sealed.encrypt == vector["encrypt"]
    assert sealed.signature == vector.get("msg_signature", sealed.signature)


def test_all_32_assertions_of_the_vectors_were_made():
    made = [
        *having("signature"),
        *having("encrypt", "msg_signature"),
        *having("encrypt", "aes_key"),
        *having("encrypt", "random16", "plaintext"),
    ]

    assert len(made) == 32


@pytest.mark.parametrize("text", TEXTS)
def test_what_wechatpy_seals_we_open_and_the_other_way_round(text: str):
    for module in (wechatpy.crypto, wechatpy.enterprise.crypto):
        peer = module.WeChatCrypto(TOKEN, KEY, RECEIVER)
        theirs = xmltodict.parse(peer.encrypt_message(text, NONCE, TIME))["xml"]
        ours = ENVELOPES.seal(text, TIME, NONCE)
        envelope = f"<xml><Encrypt>{ours.encrypt}</Encrypt><ToUserName>x</ToUserName></xml>"

        assert ENVELOPES.open(theirs["Encrypt"], theirs["MsgSignature"], TIME, NONCE) == text
        assert peer.decrypt_message(envelope, ours.signature, TIME, NONCE) == text


@pytest.mark.parametrize("text", TEXTS)
def test_what_werobot_seals_we_open_and_the_other_way_round(text: str):
    peer = werobot.crypto.MessageCrypt(TOKEN, KEY, RECEIVER)
    theirs = xmltodict.parse(peer.encrypt_message(text, TIME, NONCE))["xml"]
    ours = ENVELOPES.seal(text, TIME, NONCE)

    assert ENVELOPES.open(theirs["Encrypt"], theirs["MsgSignature"], TIME, NONCE) == text
    assert peer.decrypt_message(TIME, NONCE, ours.signature, ours.encrypt).decode() == text


def test_while_the_key_is_changed_both_keys_open_and_the_new_one_seals():
    both, old = Envelopes(TOKEN, [OTHER_KEY, KEY], [RECEIVER]), ENVELOPES.seal("旧", TIME, NONCE)

    assert opened(old, both) == "旧"
    assert opened(both.seal("新", TIME, NONCE), Envelopes(TOKEN, [OTHER_KEY], [RECEIVER])) == "新"


def test_two_seals_of_one_message_differ():
    assert ENVELOPES.seal("同", TIME, NONCE).encrypt != ENVELOPES.seal("同", TIME, NONCE).encrypt


def test_a_bot_s_messages_name_no_receiver():
    bot = Envelopes(TOKEN, [KEY], [""])

    assert opened(bot.seal("你好", TIME, NONCE), bot) == "你好"


BODY = b"r" * 16 + (2).to_bytes(4, "big") + b"ok" + RECEIVER.encode()
BROKEN = {
    "a length beyond the text": padded(b"r" * 16 + (9999).to_bytes(4, "big") + b"ok" + RECEIVER.encode()),
    "a foreign receiver": padded(b"r" * 16 + (2).to_bytes(4, "big") + b"ok" + b"wxffffffffffffffff"),
    "no receiver": padded(b"r" * 16 + (2).to_bytes(4, "big") + b"ok"),
    "no padding at all": BODY + b"\0" * (32 - len(BODY) % 32),
    "padding above 32": BODY + bytes([48]) * (48 - len(BODY) % 16 + 0 if len(BODY) % 16 == 0 else 32 - len(BODY) % 32),
    "padding of unlike bytes": padded(BODY)[:-2] + b"\x07" + padded(BODY)[-1:],
    "a message that is not UTF-8": padded(b"r" * 16 + (2).to_bytes(4, "big") + b"\xff\xfe" + RECEIVER.encode()),
    "fewer than twenty bytes": padded(b"r" * 10),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_signed_envelope_with_a_broken_inside_is_refused_in_one_way(case: str):
    with pytest.raises(BadEnvelope):
        opened(sealed_plain(BROKEN[case]))


@pytest.mark.parametrize("encrypt", ["", "not base64!", "AAAA", b64encode(b"x" * 33).decode(), "中文"])
def test_what_is_no_ciphertext_is_refused_though_signed(encrypt: str):
    with pytest.raises(BadEnvelope):
        ENVELOPES.open(encrypt, signature_of(TOKEN, TIME, NONCE, encrypt), TIME, NONCE)


def test_traffic_padded_to_sixteen_is_accepted():
    plain = padded(BODY, 16)

    assert len(plain) % 32
    assert opened(sealed_plain(plain)) == "ok"


def test_an_empty_token_fits_nothing():
    with pytest.raises(BadEnvelope):
        check_signature(signature_of("", TIME, NONCE), "", TIME, NONCE)


@pytest.mark.parametrize("letters", ["", KEY[:-1], KEY + "x", KEY[:-1] + "+", KEY[:-1] + "字"])
def test_an_aes_key_has_43_letters_and_digits(letters: str):
    with pytest.raises(ValueError, match="43"):
        decoded_key(letters)


def test_ten_thousand_mutated_envelopes_end_in_our_own_refusal():
    chance, good = random.Random(7), ENVELOPES.seal("<xml><MsgType>text</MsgType></xml>", TIME, NONCE)  # noqa: S311 - mutations, not keys  # noqa: S311 - mutations, not keys
    sealed, refused = b64decode(good.encrypt), 0
    for number in range(10_000):
        mutated = bytearray(sealed)
        for _ in range(chance.randint(1, 3)):
            mutated[chance.randrange(len(mutated))] ^= chance.randint(1, 255)
        encrypt = b64encode(mutated[: chance.choice([len(mutated)] * 3 + [chance.randrange(len(mutated))])]).decode()
        signature = signature_of(TOKEN, TIME, NONCE, encrypt) if number % 2 else good.signature
        try:
            ENVELOPES.open(encrypt, signature, TIME, NONCE)
        except BadEnvelope:
            refused += 1

    # Changing only the 16 random bytes of a signed envelope leaves a good one: the protocol has no more to offer.
    assert refused > 8_000


def test_signatures_and_receivers_are_compared_in_constant_time():
    tree = ast.parse(Path(crypto.__file__).read_text())
    compared = [ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Compare)]
    called = [ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)]

    assert not [text for text in compared if "signature" in text or "receiver" in text or "expected" in text]
    assert called.count("hmac.compare_digest") == 2


def test_the_random_bytes_come_from_the_system():
    assert crypto.os is os


def test_the_peers_of_these_tests_are_no_part_of_the_program():
    root = Path(__file__).parents[2]
    sources = [
        file.read_text() for part in ("api", "web", "assistant", "knowledge") for file in (root / part).rglob("*.py")
    ]

    assert sources
    assert not any(re.search(r"^\s*(?:import|from) (?:wechatpy|werobot)", source, re.M) for source in sources)
