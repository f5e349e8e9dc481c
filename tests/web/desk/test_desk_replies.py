"""Saved replies: they cite provisions that are held and in force, are shown with them, and are inserted on request."""

from __future__ import annotations

import json

import pytest

from api.store import SavedReply
from tests.access.desk import saved_reply_of
from tests.people import Person, World
from tests.web.desk.talks import Talk

GOOD = "gacc-order-282#art-4"
ENDED = "gacc-order-251#art-18"


def save(person: Person, cites: str = GOOD, **form: str) -> int:
    """Save a reply; return the status."""
    return person.post("/desk/replies", title="等级", text="请看第四条。", cites=cites, **form).status_code


def test_a_reply_is_kept_with_its_provision_and_shown_with_its_source(zhang: Person, world: World):
    assert save(zhang, "http://testserver/documents/gacc-order-282#art-4") == 303

    page = zhang.get("/desk/replies").text

    assert "请看第四条。" in page
    assert f'href="/documents/{GOOD}"' in page
    assert world.actions()[-1] == "saved_reply_added"


@pytest.mark.parametrize(
    ("cites", "said"),
    [("", "请至少引用一条"), ("no-such-document#art-1", "知识库里没有"), (ENDED, "今天不施行")],
)
def test_a_reply_without_a_provision_in_force_is_refused_and_stays_typed(cites: str, said: str, zhang: Person):
    answer = zhang.post("/desk/replies", title="等级", text="我写的话", cites=cites)

    assert answer.status_code == 400
    assert said in answer.text
    assert "我写的话" in answer.text


def test_a_provision_is_found_by_words_and_what_was_typed_stays(zhang: Person):
    page = zhang.post("/desk/replies", title="等级", text="我写的话", find="282 等级", act="find").text

    assert 'type="checkbox" name="cites" value="gacc-order-282#' in page
    assert "我写的话" in page


def test_own_replies_are_the_own_and_shared_ones_everybody_s(zhang: Person, world: World):
    wang = world.coordinator("wang")
    save(zhang)
    assert "请看第四条" not in wang.get("/desk/replies").text

    save(zhang, shared="1")

    assert wang.get("/desk/replies").text.count("请看第四条") == 1
    with world.services.database.reading() as session:
        shared = session.query(SavedReply).filter(SavedReply.shared).one().id
    assert wang.post(f"/desk/replies/{shared}", title="x", text="x", cites=GOOD).status_code == 404
    assert wang.post(f"/desk/replies/{shared}/delete").status_code == 404


def test_a_reply_whose_provision_ended_is_marked_and_not_offered(talk: Talk):
    saved_reply_of(talk.world.services, talk.coordinator.account_id, ENDED)
    talk.take()

    assert "引用的规定已失效" in talk.coordinator.get("/desk/replies").text
    page = talk.coordinator.get(talk.address).text
    assert 'name="insert"' not in page
    assert "因引用的规定失效而不提供的" in page


def test_inserting_one_that_ended_is_refused(talk: Talk):
    ended = saved_reply_of(talk.world.services, talk.coordinator.account_id, ENDED)
    talk.take()

    answer = talk.coordinator.post(f"{talk.address}/reply", text="前面写的", insert=ended)

    assert answer.status_code == 400
    assert "前面写的</textarea>" in answer.text


def test_an_inserted_reply_goes_behind_what_was_typed_and_brings_its_source(talk: Talk):
    reply = saved_reply_of(talk.world.services, talk.coordinator.account_id)
    talk.take()

    typed = talk.coordinator.post(f"{talk.address}/reply", text="您好。", insert=reply).text

    assert "您好。\n请看第四条。\n依据：海关总署令第282号第四条</textarea>" in typed
    assert f'name="cites" value="{GOOD}"' in typed


def test_the_enterprise_sees_the_reply_with_its_source(talk: Talk):
    talk.take()
    talk.coordinator.post(f"{talk.address}/reply", text="请看第四条。", cites=GOOD)

    assert f'href="/documents/{GOOD}"' in talk.user.get("/").text
    assert talk.coordinator.post(f"{talk.address}/reply", text="旧的", cites=ENDED).status_code == 400


def test_a_changed_reply_replaces_the_old_one(zhang: Person, world: World):
    reply = saved_reply_of(world.services, zhang.account_id)

    zhang.post(f"/desk/replies/{reply}", title="新标题", text="新的话", cites=f"{GOOD}\n{GOOD}")

    with world.services.database.reading() as session:
        stored = session.get_one(SavedReply, reply)
    assert (stored.title, stored.text, json.loads(stored.provisions)) == ("新标题", "新的话", [GOOD])
