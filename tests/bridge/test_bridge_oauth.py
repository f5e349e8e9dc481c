"""Binding by the platform's own sign-in: only who started it, once, never a snapshot user, never in silence."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response

from tests.bridge.bench import APP, OA
from tests.bridge.hall import Hall
from tests.people import A, B, Person

START, BACK = "/oauth/wechat_oa/service/start", "/oauth/wechat_oa/service/return"


def state_of(person: Person, path: str = START) -> str:
    """Begin, and return the state in the link to the platform."""
    link = re.search(r'href="(http[^"]+)#wechat_redirect"', person.post(path).text)
    assert link
    query = parse_qsl(urlsplit(link[1].replace("&amp;", "&")).query)
    expected = ["appid", "redirect_uri", "response_type", "scope", "state"]
    assert [name for name, _ in query if name != "agentid"] == expected
    return dict(query)["state"]


def back(person: Person, state: str, code: str = "C1", path: str = BACK) -> Response:
    """Come back from the platform."""
    return person.get(path, params={"code": code, "state": state})


def word_of(answer: Response) -> str:
    """The word with which a person confirms."""
    found = re.search(r'name="word" value="([0-9a-f]+)"', answer.text)
    return found[1] if found else ""


@pytest.fixture
def person(hall: Hall) -> Person:
    """An enterprise user whom the platform knows."""
    hall.bench.platform.codes["C1"] = {"openid": "oPERSON1234", "scope": "snsapi_base"}
    return hall.world.enterprise_user()


def test_whoever_confirms_is_bound(hall: Hall, person: Person):
    answer = back(person, state_of(person))

    assert "****1234" in answer.text
    assert hall.bindings() == {}  # nothing is bound before the person says so
    confirmed = person.post("/account/channels/confirm", word=word_of(answer))
    assert confirmed.headers["location"] == "/account/channels?done=bound"
    assert hall.bindings() == {"oPERSON1234": person.account_id}
    assert "****1234" in person.get("/account/channels").text


def test_f22_a_snapshot_user_is_refused(hall: Hall, person: Person):
    hall.bench.platform.codes["C1"]["is_snapshotuser"] = 1

    answer = back(person, state_of(person))

    assert "快照" in answer.text
    assert (answer.status_code, word_of(answer), hall.bindings()) == (400, "", {})


@pytest.mark.parametrize(
    "case", ["a used code", "an unknown code", "no code", "a used state", "another's state", "old"]
)
def test_f22_what_does_not_belong_together_is_refused_with_a_way_to_begin_again(case: str, hall: Hall, person: Person):
    state, code = state_of(person), "C1"
    if case in ("a used code", "a used state"):
        back(person, state)
        state = state_of(person) if case == "a used code" else state
        if case == "a used state":
            hall.bench.platform.codes["C1"] = {"openid": "oPERSON1234"}
    elif case == "an unknown code":
        code = "C9"
    elif case == "no code":
        code = ""
    elif case == "another's state":
        state = state_of(hall.world.enterprise_user("user-b", B))
    else:
        hall.world.clock.pass_(minutes=11)

    answer = back(person, state, code)

    assert (answer.status_code, word_of(answer)) == (400, "")
    assert "重新开始" in answer.text
    assert hall.bindings() == {}


def test_f22_going_back_in_the_browser_binds_nothing_twice(hall: Hall, person: Person):
    answer = back(person, state_of(person))
    person.post("/account/channels/confirm", word=word_of(answer))
    person.post(f"/account/channels/{binding_id(person)}/remove")

    again = person.post("/account/channels/confirm", word=word_of(answer))

    assert again.status_code == 400
    assert hall.bindings() == {}


def binding_id(person: Person) -> str:
    """The first binding on the page."""
    found = re.search(r"/account/channels/([0-9a-f]{32})/remove", person.get("/account/channels").text)
    assert found
    return found[1]


def test_f23_a_person_bound_to_another_account_is_not_rebound(hall: Hall, person: Person):
    first = hall.enterprise_user("first", A, "oPERSON1234")
    answer = back(person, state_of(person))

    refused = person.post("/account/channels/confirm", word=word_of(answer))

    assert refused.status_code == 409
    assert hall.bindings() == {"oPERSON1234": first.account_id}


def test_a_member_of_the_own_enterprise_is_bound_and_a_stranger_is_not(hall: Hall):
    coordinator = hall.world.coordinator()
    start, path = (f"/oauth/wecom_app/coordinators/{end}" for end in ("start", "return"))
    hall.bench.platform.codes["member"] = {"openid": "oSTRANGER"}
    assert "不是这个企业微信的成员" in back(coordinator, state_of(coordinator, start), path=path).text
    hall.bench.platform.codes["member"] = {"userid": "zhang"}

    answer = back(coordinator, state_of(coordinator, start), path=path)
    coordinator.post("/account/channels/confirm", word=word_of(answer))

    assert hall.bindings() == {"zhang": coordinator.account_id}


def test_a_channel_without_such_a_sign_in_is_refused(hall: Hall, person: Person):
    assert person.post("/oauth/wecom_kf/desk/start").status_code == 400


def test_a_code_is_shown_once_on_the_page(hall: Hall, person: Person):
    answer = person.post("/account/channels/code")

    code = re.search(r"绑定 ([A-Z2-9]{5}-[A-Z2-9]{5})", answer.text)
    assert code
    assert code[1] not in person.get("/account/channels").text
    assert "绑定成功" in hall.write(f"绑定 {code[1]}")


def test_the_inbox_shows_what_was_told_and_that_it_was_read(hall: Hall, person: Person):
    hall.bind(person, "oPERSON", OA)
    hall.coordinator()
    hall.write("转人工")
    hall.happen("unsubscribe")
    short = hall.write("待办", "zhang", APP).split("接手 ")[1][:6]
    hall.write(f"接手 {short}", "zhang", APP)

    assert "已接入" in person.get("/inbox").text
    person.post("/inbox/read")
    assert "<strong>" not in person.get("/inbox").text.split('class="rows"')[1]
