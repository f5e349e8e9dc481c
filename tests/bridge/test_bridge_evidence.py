"""Pictures and files from a channel become evidence: of the right item, once, of whoever may, and only what is one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlalchemy import select

from api.bridge.adapters.base import Adapter
from api.bridge.adapters.wecom_aibot import WecomBot
from api.bridge.crypto import decoded_key
from api.bridge.media import MediaOutcome, download, is_platforms
from api.bridge.model import Address, Channel, Inbound, Media, MessageKind
from api.store import Evidence, EvidenceLink
from tests.api.assess.evidence_cases import bomb, docx, pdf, png
from tests.bridge.bench import APP, KF, OA, account
from tests.bridge.hall import Hall
from tests.bridge.test_bridge_bot import BOT
from tests.bridge.vectors import KEY
from tests.services import START

PICTURE = png()
LYING = "https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/a/1?sign=x"


def kept(hall: Hall) -> dict[str, list[str]]:
    """Documents by title, each with the items it proves."""
    with hall.world.services.database.reading() as session:
        links = session.scalars(select(EvidenceLink).where(EvidenceLink.ended_at.is_(None))).all()
        documents = session.scalars(select(Evidence)).all()
        return {one.title: [link.item for link in links if link.evidence_id == one.id] for one in documents}


def send_picture(hall: Hall, content: bytes = PICTURE, number: str = "media-1", person: str = "oPERSON") -> str:
    """Send a picture from the official account."""
    hall.bench.platform.media[number] = (content, "")
    return send_number(hall, number, person)


def send_number(hall: Hall, number: str, person: str = "oPERSON") -> str:
    """Send a picture of which the platform may know nothing."""
    hall.world.clock.pass_(seconds=1)
    hall.bench.platform.spoke(person)
    peer = hall.bench.peer()
    picture = {"MsgType": "image", "MediaId": number, "PicUrl": "http://mmbiz.qpic.cn/x", "MsgId": f"9{number[-1]}"}
    return "\n".join(peer.push(peer.document(person, picture), hall.bridge).texts)


def at_an_item(hall: Hall) -> str:
    """An enterprise user in the middle of a self-assessment; returns the step shown."""
    hall.enterprise_user()
    hall.write("开始认证企业自评")
    return hall.write("跳过")


def test_a_picture_proves_the_item_the_walk_stands_at_and_the_step_goes_on(hall: Hall):
    step = at_an_item(hall)

    said = send_picture(hall)

    ((title, (item,)),) = kept(hall).items()
    assert said.startswith(f"已收到《{title}》")
    assert f"作为第{item}项" in said
    assert said.rstrip().endswith(step.rstrip().splitlines()[-1])
    assert hall.bench.platform.calls["cgi-bin/media/get"] == 1


def test_after_a_picture_the_next_word_still_answers_the_step(hall: Hall):
    at_an_item(hall)
    send_picture(hall)

    before = kept(hall)
    assert "第" in hall.write("1")
    assert kept(hall) == before


def test_a_picture_can_be_given_to_another_item(hall: Hall):
    at_an_item(hall)
    send_picture(hall)

    said = hall.write("材料 2")

    assert "作为第2项" in said
    assert list(kept(hall).values()) == [["2"]]
    assert "没有第999项" in hall.write("材料 999")


def test_where_no_item_is_open_it_is_asked_for(hall: Hall):
    at_an_item(hall)
    hall.write("先停一下")

    said = send_picture(hall)

    assert "它证明哪一项" in said
    assert list(kept(hall).values()) == [[]]
    hall.write("材料 1")
    assert list(kept(hall).values()) == [["1"]]


def test_without_a_self_assessment_nothing_is_kept(hall: Hall):
    hall.enterprise_user()

    assert "请先发送“自评”" in send_picture(hall)
    assert kept(hall) == {}


def test_whoever_is_not_bound_hears_who_may_send_files_and_nothing_is_fetched(hall: Hall):
    assert "企业用户先绑定账号" in send_picture(hall)
    hall.coordinator("li", person="oLI")
    hall.bind(hall.world.enterprise_user("other", 1), "oOTHER", OA)

    assert hall.bench.platform.calls["cgi-bin/media/get"] == 0
    assert kept(hall) == {}


def test_what_is_no_evidence_is_refused_with_a_sentence(hall: Hall):
    at_an_item(hall)
    hostile = [b"MZ\x90\x00 a program", b"<html><script>alert(1)</script>", b"", bomb(), pdf(script="app.alert(1)")]
    hostile += [PICTURE + docx("two files in one"), PICTURE[:20]]

    said = [send_picture(hall, content, f"media-{n}") for n, content in enumerate(hostile)]

    assert all(said)
    assert not any("已收到" in one for one in said)
    assert kept(hall) == {}


def test_a_file_the_platform_does_not_have_any_more_is_asked_for_again(hall: Hall):
    at_an_item(hall)

    assert "请再发一次" in send_number(hall, "media-7")


def test_what_cannot_be_fetched_now_is_fetched_later_and_kept_once(hall: Hall):
    at_an_item(hall)
    platform = hall.bench.platform
    platform.let_next("cgi-bin/media/get", "503", httpx2.ReadTimeout)

    assert send_picture(hall) == ""
    for _ in range(2):
        assert kept(hall) == {}
        hall.world.clock.pass_(seconds=30)
        hall.bridge.sweep()
        hall.bench.settle()

    assert len(kept(hall)) == 1
    assert sum("已收到" in text for text in hall.send("oPERSON")) == 1
    assert platform.calls["cgi-bin/media/get"] == 3


def test_fetching_ends_with_the_life_of_the_media(hall: Hall):
    at_an_item(hall)
    hall.bench.platform.always["cgi-bin/media/get"] = "503"
    send_picture(hall)
    hall.world.clock.pass_(days=3, seconds=1)

    hall.bridge.sweep()
    hall.bench.settle()

    assert hall.bench.platform.calls["cgi-bin/media/get"] == 1
    assert [message.delivery for message in hall.bench.messages()][-1] == "queued"


def of(hall: Hall, values: dict[str, Any], media: Media) -> Inbound:
    """A message with a file."""
    address = Address(Channel(values["channel"]), values["account"], "p")
    return Inbound(address, "k", MessageKind.FILE, hall.world.clock(), media=media)


@pytest.mark.parametrize("values", [OA, APP, KF], ids=["wechat_oa", "wecom_app", "wecom_kf"])
def test_a_file_is_fetched_with_the_accounts_token_which_is_replaced_once(hall: Hall, values: dict[str, Any]):
    adapter = hall.bridge.adapters[(Channel(values["channel"]), values["account"])]
    platform = hall.bench.platform
    platform.media["m"] = (docx("章程"), "章程.docx")
    first = adapter.fetch(of(hall, values, Media("m")), hall.world.clock())
    platform.kill_tokens()

    again = adapter.fetch(of(hall, values, Media("m")), hall.world.clock())

    assert first.content == again.content == platform.media["m"][0]
    assert (first.outcome, first.name) == (MediaOutcome.FETCHED, "章程.docx")
    assert platform.calls["cgi-bin/media/get"] == 3


def bot_of(hall: Hall) -> Adapter:
    """An AI bot's adapter."""
    bridge = hall.bench.worker(account(BOT, api_base="ws://127.0.0.1:9"))
    return bridge.adapters[(Channel.WECOM_AIBOT, "bot")]


def encrypted(content: bytes) -> bytes:
    """A file as it lies at the platform."""
    key, missing = decoded_key(KEY), 32 - len(content) % 32
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    return encryptor.update(content + bytes([missing]) * missing) + encryptor.finalize()


def test_a_bots_file_is_decrypted_and_its_address_ends_after_five_minutes(hall: Hall):
    bot, media = bot_of(hall), Media("", LYING, KEY)
    hall.bench.platform.lying[LYING] = encrypted(PICTURE)
    message = of(hall, BOT, media)

    assert bot.fetch(message, hall.world.clock()).content == PICTURE
    assert bot.fetch(message, hall.world.clock() + timedelta(minutes=6)).outcome is MediaOutcome.GONE
    hall.bench.platform.lying[LYING] = encrypted(PICTURE)[:-7]
    assert bot.fetch(message, hall.world.clock()).outcome is MediaOutcome.GONE


@pytest.mark.parametrize(
    "url",
    [
        "http://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/a",
        "https://evil.cos.ap-guangzhou.myqcloud.com/a",
        "https://169.254.169.254/latest/meta-data",
        "https://weixin.qq.com.evil.example/a",
        "https://a.weixin.qq.com@evil.example/a",
        "https://a.weixin.qq.com:8443/a",
        "file:///etc/passwd",
    ],
)
def test_no_address_in_a_message_leads_us_elsewhere(url: str):
    assert not is_platforms(url, (".weixin.qq.com", "ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com"))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (httpx2.Response(200, content=iter([b"x" * 6, b"x" * 5])), MediaOutcome.TOO_LARGE),
        (httpx2.Response(200, content=iter([b""]), headers={"content-length": "99"}), MediaOutcome.TOO_LARGE),
        (httpx2.Response(200, content=iter([b"x"]), headers={"content-encoding": "gzip"}), MediaOutcome.GONE),
        (httpx2.Response(302, headers={"location": "https://127.0.0.1/"}), MediaOutcome.GONE),
        (httpx2.Response(404), MediaOutcome.GONE),
        (httpx2.Response(429), MediaOutcome.LATER),
        (httpx2.Response(200, content=iter([b"0123456789"])), MediaOutcome.FETCHED),
    ],
)
def test_a_download_stops_at_the_limit_follows_nothing_and_unpacks_nothing(
    answer: httpx2.Response, outcome: MediaOutcome
):
    client = httpx2.Client(transport=httpx2.MockTransport(lambda _: answer), follow_redirects=True)

    assert download(client, client.build_request("GET", "https://x.weixin.qq.com/"), most=10).outcome is outcome


def test_a_mixed_message_of_a_bot_brings_text_and_picture():
    items = [{"msgtype": "text", "text": {"content": "这是章程"}}, {"msgtype": "image", "image": {"url": LYING}}]
    body = {"msgid": "1", "from": {"userid": "z"}, "msgtype": "mixed", "mixed": {"msg_item": items}}
    frame = {"cmd": "aibot_msg_callback", "headers": {"req_id": "r"}, "body": body}
    bot = WecomBot(account(BOT), httpx2.Client())

    read = bot.read(frame, START)

    assert read is not None
    assert (read.kind, read.text, read.media and read.media.url) == (MessageKind.IMAGE, "这是章程", LYING)
