"""Nothing comes in that the platform did not sign now for us, and whatever comes in breaks nothing."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import random
import threading
import time
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest
import uvicorn
from pydantic import ValidationError
from starlette.testclient import TestClient

from api.bridge.accounts import read_accounts
from api.bridge.adapters.base import Callback, parameters
from api.bridge.bridge import Bridge
from api.bridge.crypto import signature_of
from api.bridge.errors import BadEnvelope, BadMessage, ChannelsWrong
from api.cli import server_options
from api.logs import QUIET
from api.settings import Settings
from tests.bridge.bench import APP, HOOK, OA, Bench, account
from tests.bridge.hall import Hall
from tests.bridge.peer import Peer
from tests.bridge.processes import free_port
from tests.bridge.vectors import KEY, OTHER_KEY, TOKEN

CHANNELS = """
- channel: wechat_oa
  account: service
  app_id: wx0123456789abcdef
  secret: {secret}
  token: {token}
  encoding_aes_key: {key}
  mode: {mode}
"""


def written(path: Path, **changes: str) -> Path:
    """A file of channel accounts."""
    values = {"secret": "env:OA_SECRET", "token": TOKEN, "key": KEY, "mode": "safe", **changes}
    path.write_text(CHANNELS.format(**values), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"token": "''"}, "token"),
        ({"token": "t!"}, "token"),
        ({"key": KEY[:-1]}, "43"),
        ({"key": "''"}, "43"),
        ({"secret": "env:NOT_SET"}, "NOT_SET"),
        ({"secret": "''"}, "secret"),
        ({"mode": "plain"}, "refused in production"),
        ({"mode": "compatible"}, "refused in production"),
    ],
)
def test_f01_a_weak_or_incomplete_account_refuses_to_start(changes: dict[str, str], says: str, tmp_path: Path):
    path = written(tmp_path / "channels.yaml", **changes)

    with pytest.raises(ChannelsWrong, match=says):
        read_accounts(path, production=True, environment={"OA_SECRET": "a-private-secret"})


def test_f01_a_good_file_is_read_and_no_error_tells_a_secret(tmp_path: Path):
    environment = {"OA_SECRET": "a-private-secret"}
    good = read_accounts(written(tmp_path / "a.yaml"), production=True, environment=environment)

    assert good[0].secret.get_secret_value() == "a-private-secret"
    assert "a-private-secret" not in repr(good)
    with pytest.raises(ChannelsWrong) as refused:
        read_accounts(written(tmp_path / "b.yaml", key="private-key-letters"), production=True, environment=environment)
    assert "private" not in str(refused.value)


@pytest.mark.parametrize("content", ["", "channel: x", "- 1", "- {channel: fax, account: a}", "[", "- {account: a}"])
def test_f01_a_file_that_is_no_list_of_accounts_is_refused(content: str, tmp_path: Path):
    path = tmp_path / "channels.yaml"
    path.write_text(content)

    with pytest.raises(ChannelsWrong):
        read_accounts(path, production=False)


def test_f01_the_same_account_twice_and_a_short_webhook_secret_are_refused(tmp_path: Path):
    path = written(tmp_path / "channels.yaml")
    path.write_text(path.read_text() * 2)

    with pytest.raises(ChannelsWrong, match="twice"):
        read_accounts(path, production=False, environment={"OA_SECRET": "x"})
    with pytest.raises(ValidationError, match="32"):
        account(HOOK, secret="short")


def refusal(bridge: Bridge, callback: Callback, channel: str = "wechat_oa", name: str = "service") -> type[Exception]:
    """How a callback is refused before anything of it is read."""
    adapter = bridge.adapters[(channel, name)]
    with pytest.raises((BadEnvelope, BadMessage)) as refused:
        adapter.open(callback, bridge.ground.now())
    return type(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"msg_signature": "0" * 40},
        {"msg_signature": ""},
        {"msg_signature": "中"},
        {"nonce": "other"},
        {"timestamp": "1"},
        {"timestamp": "soon"},
        {"timestamp": "１７６４"},
        {"timestamp": "9" * 30},
        {"timestamp": ""},
    ],
)
def test_f02_a_wrong_signature_or_time_is_refused(changes: dict[str, str], bench: Bench, worker: Bridge):
    peer = bench.peer()

    assert refusal(worker, peer.callback(peer.text("x"), **changes)) is BadEnvelope


@pytest.mark.parametrize("skew", [-3600, -301, 301])
def test_f02_an_old_or_early_time_is_refused_though_signed(skew: float, bench: Bench, worker: Bridge):
    peer = bench.peer(skew=skew)

    assert refusal(worker, peer.callback(peer.text("x"))) is BadEnvelope


@pytest.mark.parametrize("skew", [-299, 299])
def test_f31_clocks_may_differ_by_five_minutes(skew: float, bench: Bench, worker: Bridge):
    assert bench.peer(skew=skew).push(bench.peer().text("x"), worker).texts


def test_f02_a_message_for_somebody_else_is_refused(bench: Bench, worker: Bridge):
    peer = Peer("wechat_oa", "service", "wxffffffffffffffff", bench.clock)

    assert refusal(worker, peer.callback(peer.text("x"))) is BadEnvelope


def test_f02_an_account_nobody_configured_looks_like_a_wrong_signature(hall: Hall):
    client = TestClient(hall.world.app)
    answers = [client.post(path, content=b"<xml/>") for path in ("/hooks/wechat_oa/none", "/hooks/fax/service")]
    wrong = client.post("/hooks/wechat_oa/service", content=b"<xml><Encrypt>x</Encrypt></xml>")

    assert {(a.status_code, a.content) for a in (*answers, wrong)} == {(403, b"")}


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_f03_what_is_not_encrypted_is_not_read_in_safe_mode(mode: str, bench: Bench, worker: Bridge):
    peer = bench.peer(mode=mode)
    callback = peer.callback(peer.text("x"))
    query = {name: value for name, value in callback.query.items() if name != "msg_signature"}

    assert refusal(worker, Callback(query, callback.body)) is BadEnvelope
    assert refusal(worker, Callback({**callback.query, "msg_signature": "0" * 40}, callback.body)) is BadEnvelope


def test_f03_a_signature_of_the_address_alone_opens_nothing(bench: Bench, worker: Bridge):
    peer = bench.peer()
    good = peer.callback(peer.text("x")).query

    assert refusal(worker, Callback(good, peer.text("forged").encode())) is BadEnvelope


def test_f03_in_compatible_mode_the_plain_half_counts_for_nothing(bench: Bench):
    bridge = bench.worker(account(OA, mode="compatible"))
    peer = bench.peer(mode="compatible")
    callback = peer.callback(peer.text("echt"))
    forged = Callback(callback.query, callback.body.replace(b"echt", b"forged"))

    opened = bridge.adapters[("wechat_oa", "service")].open(forged, bench.clock())

    assert opened.inbounds[0].text == "echt"


def test_in_plain_mode_messages_come_and_go_as_they_are(bench: Bench):
    bridge = bench.worker(account(OA, mode="plain"))
    peer = bench.peer(mode="plain")

    assert peer.push(peer.text("x"), bridge).texts == [bench.script.answer]


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
def test_while_the_key_is_changed_both_are_read(key: str, bench: Bench):
    bridge = bench.worker(account(OA, encoding_aes_key=[KEY, OTHER_KEY]))
    peer = bench.peer(key=key)
    opened = bridge.adapters[("wechat_oa", "service")].open(peer.callback(peer.text("x")), bench.clock())

    assert opened.inbounds[0].text == "x"


def mutated(callback: Callback, chance: random.Random) -> tuple[dict[str, str], bytes]:
    """A callback with something broken: its address, its body, or both."""
    query, body = dict(callback.query), bytearray(callback.body)
    for _ in range(chance.randint(0, 4)):
        place = chance.randrange(len(body))
        match chance.randrange(4):
            case 0:
                body[place] = chance.randrange(256)
            case 1:
                del body[place : place + chance.randint(1, 60)]
            case 2:
                body[place:place] = chance.choice((b"<", b"]]>", b"\xff", b"<!DOCTYPE x>", b"&a;", b"{", b"<Encrypt>"))
            case _:
                body = body * 2 if len(body) < 4000 else body
        body = body or bytearray(b"x")
    if chance.random() < 0.5:
        name = chance.choice(list(query))
        query[name] = chance.choice(("", "x", query[name] + "0", query[name][:-1], "中", "%00", "9" * 200))
    return query, bytes(body)


def test_f04_f05_ten_thousand_mutated_callbacks_end_in_a_refusal_of_ours(bench: Bench, worker: Bridge):
    chance = random.Random(11)  # noqa: S311 - mutations, not keys
    accounts = [(OA, "safe"), (APP, "safe"), (OA, "compatible")]
    seen = {"refused": 0, "read": 0}
    for number in range(10_000):
        if number % 500 == 0:
            values, mode = accounts[(number // 500) % 3]
            peer = bench.peer(values, mode=mode)
            good = peer.callback(peer.text("复核？" * chance.randint(1, 20)))
            adapter = worker.adapters[(values["channel"], values["account"])]
        query, body = mutated(good, chance)
        try:
            adapter.open(Callback(query, body), bench.clock())
            seen["read"] += 1
        except (BadEnvelope, BadMessage):
            seen["refused"] += 1

    assert seen["refused"] > 7_000
    assert seen["read"] > 0


def signed_inside(inside: str, bench: Bench) -> Callback:
    """A callback whose signature and key are right, with any content."""
    return bench.peer().callback(inside)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "no xml",
        "<xml>",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><MsgType>&a;</MsgType></xml>',
        "<xml></xml>",
        "<xml><MsgType>text</MsgType></xml>",
        "{}",
        "[1]",
        '{"MsgType": ["x"]}',
        "{" * 40_000,
    ],
)
def test_f05_a_signed_message_that_is_none_is_refused_politely(inside: str, bench: Bench, worker: Bridge):
    assert refusal(worker, signed_inside(inside, bench)) is BadMessage


def test_f05_of_a_repeated_field_the_first_counts(bench: Bench, worker: Bridge):
    inside = "<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName><MsgType>text</MsgType></xml>"
    opened = worker.adapters[("wechat_oa", "service")].open(signed_inside(inside, bench), bench.clock())

    assert opened.inbounds[0].address.peer == "a"


def test_f05_a_message_in_json_is_read_as_well(bench: Bench, worker: Bridge):
    inside = '{"FromUserName": "o1", "MsgType": "text", "Content": "问", "MsgId": 6054768590064713728, "CreateTime": 1}'
    opened = worker.adapters[("wechat_oa", "service")].open(signed_inside(inside, bench), bench.clock())

    assert opened.inbounds[0].dedupe_key == "m:6054768590064713728"


@pytest.mark.parametrize("body", [b"", b"{}", b"<xml>", b"\xff" * 100, b"x" * 70_000, b"x" * 300_000])
def test_f05_over_the_wire_a_broken_body_is_a_4xx(body: bytes, hall: Hall):
    answer = TestClient(hall.world.app).post("/hooks/wechat_oa/service?timestamp=1&nonce=2", content=body)

    assert answer.status_code in (400, 403, 413)


def test_f05_over_the_wire_a_body_larger_than_any_message_is_refused_and_no_other_address_is_a_callback(hall: Hall):
    client = TestClient(hall.world.app)

    assert client.post("/hooks/wechat_oa/service", content=b"x" * 70_000).status_code == 413
    assert client.post("/hooks/wechat_oa/service", content=b"x" * 300_000).status_code == 413
    assert client.post("/hooks/wechat_oa/service/more", content=b"x").status_code == 404
    assert client.post("/hooks/wechat_oa/service", content=b"x").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("values", [OA, APP])
def test_f30_the_address_is_proved_in_plain_text(values: dict[str, Any], hall: Hall):
    peer = hall.bench.peer(values)
    query = urlencode(peer.verification().query)

    answer = TestClient(hall.world.app).get(f"/hooks/{peer.channel}/{peer.account}?{query}")

    assert (answer.status_code, answer.text) == (200, "5927782489442352469")
    assert answer.headers["content-type"].startswith("text/plain")


def test_f30_a_wrong_token_proves_nothing(hall: Hall):
    peer = hall.bench.peer(token="Another1")
    query = urlencode(peer.verification().query)

    assert TestClient(hall.world.app).get(f"/hooks/wechat_oa/service?{query}").status_code == 403


@pytest.mark.parametrize("encode", [quote, lambda text: text], ids=["encoded", "raw"])
def test_f29_a_plus_in_the_address_stays_one(encode: Any, hall: Hall):
    peer = hall.bench.peer(APP)
    query = peer.verification().query
    while "+" not in query["echostr"]:
        query = peer.verification().query

    path = "&".join(f"{name}={encode(value)}" for name, value in query.items())

    assert TestClient(hall.world.app).get(f"/hooks/wecom_app/coordinators?{path}").text == "5927782489442352469"


def test_f29_of_a_repeated_parameter_the_first_counts():
    assert parameters(b"a=1&a=2&b=x+y%2Bz&c") == {"a": "1", "b": "x+y+z", "c": ""}


MARK = "marker-xqz-4711"


def test_f28_no_secret_reaches_a_line_of_the_log(hall: Hall, capsys: pytest.CaptureFixture[str]):
    secrets = [OA["secret"], TOKEN, KEY, "fake-token-0001", MARK, "oMARKED-PERSON"]
    assert {"httpx2", "httpcore2"} <= set(QUIET)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    peer = hall.bench.peer()
    document = peer.text(MARK, person="oMARKED-PERSON")
    query = {**peer.callback(document).query, "openid": "oMARKED-PERSON"}
    client = TestClient(hall.world.app)
    client.post(f"/hooks/wechat_oa/service?{urlencode(query)}", content=peer.callback(document).body)
    callback = peer.callback(document)
    client.post(f"/hooks/wechat_oa/service?{urlencode(callback.query)}", content=callback.body)
    hall.bench.platform.let_next("cgi-bin/message/custom/send", httpx2.ReadTimeout, 40164)
    hall.write("慢", "oMARKED-PERSON")
    hall.happen("subscribe", person="oMARKED-PERSON")
    hall.send()

    said = capsys.readouterr()
    assert "route=/hooks/{channel}/{account}" in said.out + said.err
    assert not [secret for secret in secrets if secret in said.out + said.err]


async def said_ok(scope: Any, receive: Any, send: Any) -> None:
    """The smallest application."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})


def test_f28_no_address_of_a_callback_reaches_an_access_log(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    port = free_port()
    options = server_options(Settings(data_dir=tmp_path), "127.0.0.1", port, 1)
    server = uvicorn.Server(uvicorn.Config(**{**options, "app": said_ok, "factory": False, "lifespan": "off"}))
    thread = threading.Thread(target=server.run)

    with caplog.at_level("DEBUG"):
        thread.start()
        while not server.started:
            time.sleep(0.01)
        answer = httpx2.get(f"http://127.0.0.1:{port}/hooks/wechat_oa/service?openid=oMARKER&signature=MARKER")
        server.should_exit = True
        thread.join(10)

    assert answer.text == "ok"
    assert not any("MARKER" in record.getMessage() for record in caplog.records if record.name.startswith("uvicorn"))


def test_f28_no_secret_lies_readable_in_the_database(hall: Hall, tmp_path: Path):
    hall.bench.platform.spoke("oPERSON")
    hall.write(MARK)
    adapter = hall.bridge.adapters[("wechat_oa", "service")]
    assert adapter.platform.get("/cgi-bin/getcallbackip").code == ""  # type: ignore[attr-defined]
    hall.world.services.database.shrink()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())

    for secret in (OA["secret"], "fake-token-0001", KEY):
        assert secret.encode() not in stored


def webhook(bench: Bench, body: bytes, **changes: str) -> Callback:
    """A signed webhook."""
    seconds = str(int(bench.clock().timestamp()))
    signed = hmac.new(HOOK["secret"].encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
    given = {"t": seconds, "v1": signed, **changes}
    return Callback({}, body, {"x-credit-signature": ",".join(f"{n}={v}" for n, v in given.items())})


@pytest.mark.parametrize("changes", [{"v1": "0" * 64}, {"t": "1"}, {"v1": ""}, {"t": "x"}])
def test_f02_a_webhook_that_is_not_signed_is_refused(changes: dict[str, str], bench: Bench):
    bridge = bench.worker(account(HOOK))

    assert refusal(bridge, webhook(bench, b"{}", **changes), "webhook", "other") is BadEnvelope


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 1}', b'{"id": "1", "from": ""}', b"{" * 60_000])
def test_f05_a_signed_webhook_without_a_message_is_refused(body: bytes, bench: Bench):
    bridge = bench.worker(account(HOOK))

    assert refusal(bridge, webhook(bench, body), "webhook", "other") is BadMessage


def test_a_webhook_is_answered_at_once_in_json(bench: Bench):
    bridge = bench.worker(account(HOOK))

    async def here() -> bool:
        return False

    body = json.dumps({"id": "1", "from": "me", "text": "复核？"}).encode()
    answer = asyncio.run(bridge.receive("webhook", "other", webhook(bench, body), here))

    assert answer is not None
    assert json.loads(answer.content)["text"] == bench.script.answer


def test_signatures_that_are_joined_differently_are_told_apart_by_the_time(bench: Bench, worker: Bridge):
    assert signature_of(TOKEN, "12", "34") == signature_of(TOKEN, "1", "234")
    peer = bench.peer()
    good = peer.callback(peer.text("x"))
    moved = {**good.query, "timestamp": good.query["timestamp"][:-1]}
    moved["nonce"] = good.query["timestamp"][-1] + good.query["nonce"]

    assert refusal(worker, Callback(moved, good.body)) is BadEnvelope
