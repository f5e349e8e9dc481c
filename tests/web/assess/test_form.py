"""The form: beginning, saving with and without the script, two people at once, the record's proposals."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from api.auth.csrf import HEADER
from tests.people import Person, World
from tests.web.assess.paths import STANDARD, autosave, begin, give, give_all, said_on, seen

BROKER = 2  # a place of the sample


def test_beginning_asks_for_the_standard_and_keeps_what_was_said(wang: Person):
    answer = wang.post("/assessments", production="false")

    assert answer.status_code == 400
    assert "请先选一个标准" in said_on(answer, "[role=alert]")


def test_a_broker_is_told_that_its_general_standard_is_not_held(world: World):
    broker = world.enterprise_user("broker", BROKER)

    page = broker.get("/assessments")
    answer = broker.post("/assessments", standard="advanced-2026")

    assert "报关企业的通用标准没有收录" in said_on(page, ".not-held")
    assert 'value="advanced-2026"' not in page.text
    assert answer.status_code == 400
    assert "没有收录" in said_on(answer, "[role=alert]")


def test_an_old_standard_runs_for_a_day_of_its_time_only(wang: Person):
    refused = wang.post("/assessments", standard="general-2022-106", on="2026-11-22")

    assert refused.status_code == 400
    assert "旧规" in said_on(wang.get(begin(wang, "general-2022-106", on="2025-06-01")), ".about")


def test_an_answer_is_saved_and_shown_with_who_gave_it(wang: Person):
    address = begin(wang)

    answer = give(wang, address, "5", "partly_met", "缺记录", **{"held-5": "procedure"})

    card = said_on(wang.get(answer.headers["location"]), "#item-5")
    assert "基本达标" in card
    assert "缺记录" in card
    assert "wang" in card


def test_a_field_nobody_touched_changes_nothing(wang: Person, li: Person):
    address = begin(wang)
    give(li, address, "5", "met")

    answer = give(wang, address, "5", "", seen="")  # an old page, the item left blank

    assert answer.status_code == 303
    assert "两个答案" not in wang.get(f"{address}?show=contradicting").text
    assert seen(wang, address, "5") == "1"


def test_two_people_at_once_lose_nothing_and_see_both_answers(wang: Person, li: Person):
    address = begin(wang)
    give(wang, address, "5", "met", "有制度", seen="")

    answer = give(li, address, "5", "not_met", "没有记录", seen="")

    assert answer.status_code == 409
    card = said_on(answer, "#item-5 .differs")
    for said in ("达标", "有制度", "wang", "不达标", "没有记录", "li"):
        assert said in card


def test_one_of_two_answers_is_chosen_with_one_tap(wang: Person, li: Person):
    address = begin(wang)
    give(wang, address, "5", "met", seen="")
    page = give(li, address, "5", "not_met", seen="").text

    choices = re.findall(r'name="choose" value="(5:\d+)"', page)
    wang.post(f"{address}/answers", choose=choices[1])

    assert len(choices) == 2
    assert "badge grade-not_met" in wang.get(f"{address}?item=5").text


def test_not_applicable_without_a_reason_is_kept_in_the_form_and_not_stored(wang: Person):
    address = begin(wang)

    answer = give(wang, address, "5", "not_applicable")

    assert answer.status_code == 400
    assert "写明为什么不适用" in said_on(answer, "#item-5 [role=alert]")
    assert re.search(r'value="not_applicable" checked', answer.text)
    assert seen(wang, address, "5") == ""


def test_a_record_is_confirmed_with_one_tap_and_says_value_source_time_and_rule(wang: Person):
    address = begin(wang)
    card = said_on(wang.get(f"{address}?section=legal_compliance&item=19"), "#item-19")

    wang.post(f"{address}/answers", confirm="19")

    for part in ("记录显示： 达标", "处罚次数： 0", "来源", "数据时点", "公告2026年第34号附件2第19项"):
        assert part in card, card
    assert "按记录确认" in said_on(wang.get(f"{address}?section=legal_compliance"), "#item-19")


def test_pressing_a_proposal_also_saves_what_was_typed_elsewhere(wang: Person):
    address = begin(wang)

    give(wang, address, "5", "not_met", confirm="19")

    assert seen(wang, address, "5") != ""
    assert seen(wang, address, "19") != ""


def test_all_records_are_confirmed_at_once(wang: Person):
    address = begin(wang)

    wang.post(f"{address}/answers", confirm="all")

    assert "全部按记录确认" not in wang.get(address).text


def test_an_answer_that_contradicts_the_record_is_flagged_with_both_values(wang: Person):
    address = begin(wang)
    give(wang, address, "19", "not_met", "记错了")

    page = wang.get(f"{address}?show=contradicting")
    wang.post(f"{address}/answers", confirm="19")

    assert "您的回答： 不达标 · 按记录： 达标" in said_on(page, "#item-19")
    assert said_on(wang.get(f"{address}?show=contradicting"), "#item-19") == ""


@pytest.mark.parametrize(("show", "number"), [("open", "5"), ("evidence", "6")])
def test_a_filter_shows_what_it_says(show: str, number: str, wang: Person):
    address = begin(wang)
    give(wang, address, "6", "met")

    items = set(re.findall(r'data-no="(\w+)"', wang.get(f"{address}?show={show}").text))

    assert number in items
    assert ({"5", "6"} - {number}).isdisjoint(items)


def test_the_script_gets_the_changed_card_and_the_progress(wang: Person):
    address = begin(wang)

    told = autosave(wang, address, "5", "met").json()

    assert told["cards"]["5"]["state"] == "answered"
    assert told["cards"]["5"]["seen"] == "1"
    assert "<strong>1</strong> / 74" in told["progress"]


def test_the_script_is_told_of_a_colleague_s_answer_and_nothing_is_lost(wang: Person, li: Person):
    address = begin(wang)
    autosave(wang, address, "5", "met", **{"note-5": "<b>有</b>"})

    told = autosave(li, address, "5", "not_met").json()["cards"]["5"]

    assert told["state"] == "differs"
    assert "&lt;b&gt;有&lt;/b&gt;" in told["told"]
    assert told["seen"] == "1,2"


def test_the_script_needs_the_form_s_token(wang: Person):
    address = begin(wang)

    answer = wang.client.post(f"{address}/answers", data={"no": "5"}, headers={"x-autosave": "1", HEADER: "x"})

    assert answer.status_code == 403


def test_what_is_said_about_the_enterprise_can_be_changed_later(wang: Person):
    address = begin(wang)

    refused = wang.post(f"{address}/profile", production="false", on="2030-01-01")
    wang.post(f"{address}/profile", production="false", on="2026-11-01")

    assert refused.status_code == 400
    assert "2026年11月1日" in said_on(wang.get(address), ".about")


def test_without_records_the_form_works_and_says_so(world: World, wang: Person):
    address = begin(wang)
    world.services = replace(world.services, records=None)
    world.app.state.services = world.services

    give(wang, address, "5", "met")

    assert "badge grade-met" in wang.get(f"{address}?section=internal_control").text
    assert "现在读不到本企业的记录" in wang.get("/assessments").text


def test_put_away_an_assessment_leaves_the_list(wang: Person):
    address = begin(wang)

    wang.post(f"{address}/put-away")

    assert f'href="{address}"' not in wang.get("/assessments").text


def test_an_assessment_comes_back_unchanged_from_its_file(wang: Person):
    from tests.web.assess.paths import upload

    address = begin(wang)
    give_all(wang, address, no_5="not_met")
    written = wang.get(f"{address}/assessment.json").content

    answer = upload(wang, "/assessments/import", "a.json", written)

    assert wang.get(f"{answer.headers['location']}/assessment.json").content == written
    assert upload(wang, "/assessments/import", "a.json", b"[]").status_code == 400
    assert len(STANDARD.items) == 74


def test_a_single_business_standard_asks_for_the_businesses(wang: Person):
    refused = wang.post("/assessments", standard="single-business-2026", production="true")

    address = begin(wang, "single-business-2026", businesses="food_cosmetics")

    assert "至少选一类业务" in said_on(refused, "[role=alert]")
    assert "与本企业无关" in wang.get(f"{address}?section=health_quarantine").text
