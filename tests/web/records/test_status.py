"""The status page and its JSON: every figure with its record and its rule, for those who may read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.records.reader import open_records
from tests.people import A, B, World, uscc
from tests.web.records.pages import Come, Read, with_reason, words

PENALISED = 45  # seven penalties in its file
REPAIRING, OBJECTING, SHADOW = 16, 17, 11
PARTS = (
    "level", "history", "cases", "penalties", "listings", "clearance", "profile", "measures", "agencies",
    "publications",
)  # fmt: skip


def test_the_page_says_what_the_records_say_part_by_part(come: Come, read: Read):
    page = read(come("enterprise"), "/status")

    assert [node.attributes["id"] for node in page.css("section.part")] == list(PARTS)
    assert "高级认证企业 按现行办法起始 2026年4月1日" in words(page, "#level").replace(" 年 ", "年")
    assert "2028年11月14日" in words(page, "#level")
    assert "一般信用企业（旧等级）" in words(page, "#history")
    assert "查验率 0.56%" in words(page, "#clearance")
    assert "认证企业名录（AEO）" in words(page, "#publications")


def test_every_part_names_its_records_and_its_rules(come: Come, read: Read):
    page = read(come("enterprise"), "/status")

    for part in ("level", "history", "clearance", "profile", "measures", "agencies", "publications"):
        node = page.css_first(f"#{part}")
        assert "记录编号" in node.text(), part
        assert "数据时点" in node.text(), part
        assert node.css_first('a[href^="/documents/"]') is not None, part


def test_every_rule_named_leads_to_a_provision(come: Come, read: Read):
    person = come("enterprise", PENALISED)
    links = {str(node.attributes["href"]) for node in read(person, "/status").css('a[href^="/documents/"]')}

    for document in {link.partition("#")[0] for link in links if "#" in link}:
        anchors = set(re.findall(r' id="([^"]+)"', person.get(document).text))
        assert {link.partition("#")[2] for link in links if link.startswith(f"{document}#")} <= anchors


def test_a_penalty_says_on_which_day_it_ages_out_of_which_item(come: Come, read: Read):
    text = words(read(come("enterprise", PENALISED), "/status"), "#penalties")

    assert "7 笔仍在现行标准的回溯期内" in text
    assert "2027年11月2日 起 还有 345 天 · 回溯 12 个月" in text
    assert "海关认证企业标准" in text
    assert "回溯期从哪一天算起，2026年标准没有写明" in text


@pytest.mark.parametrize(("place", "said"), [(REPAIRING, "信用修复"), (OBJECTING, "公示的处罚金额与决定书不一致")])
def test_an_open_case_says_where_it_stands(place: int, said: str, come: Come, read: Read):
    text = words(read(come("enterprise", place), "/status"), "#cases")

    assert said in text
    assert "状态" in text


def test_the_page_is_english_for_those_who_read_english(come: Come, read: Read):
    page = read(come("enterprise"), "/status", lang="en")

    assert "Advanced certified enterprise" in words(page, "#level")
    assert "Held without a break, old names included" in words(page, "#level")
    assert "Article 4" in words(page, "#level")


def test_who_is_not_bound_to_an_enterprise_is_told_how(come: Come):
    person = come("unbound")

    assert "您还没有绑定企业" in person.get("/status").text
    assert person.call("GET", "/api/v1/records/status").status_code == 404


@pytest.mark.parametrize("kind", ["officer", "coordinator"])
def test_another_s_record_is_read_after_a_reason_and_leaves_a_trace(kind: str, world: World):
    person = getattr(world, kind)()
    path = f"/status/{uscc(A)}"

    assert person.get(path).headers["location"] == f"/reasons/{uscc(A)}?next={path}"
    assert person.call("GET", f"/api/v1/records/{uscc(A)}/status").json()["error"]["code"] == "reason_needed"
    answer = with_reason(person).get(path)

    assert "这次查看已写入审计日志" in answer.text
    assert world.actions() == ["reason_given", "record_read"]


@pytest.mark.parametrize("path", ["/status/{}", "/status/{}/related", "/api/v1/records/{}/status"])
def test_nobody_is_asked_why_about_a_record_out_of_reach(path: str, world: World):
    officer = world.officer()
    answers = [officer.get(path.format(code)) for code in (uscc(B), uscc(5000), "' OR 1=1 --", "<b>")]

    assert {answer.status_code for answer in answers} == {404}
    assert world.actions() == []
    assert "<b>" not in answers[-1].text


def test_the_json_holds_the_facts_of_the_page(come: Come):
    found = come("enterprise", PENALISED).call("GET", "/api/v1/records/status").json()

    assert found["level"]["record"]["level"] == "regular"
    assert found["held_since"]["record"]["effective_from"] == "2014-12-01"
    assert found["penalties"][0]["counts_until"] == "2027-11-02"
    assert found["penalties"][0]["record"]["source"] == {
        "table": "penalty", "row_id": "13", "as_of": found["penalties"][0]["record"]["source"]["as_of"],
    }  # fmt: skip
    assert found["rules"]["level"][0] == "gacc-order-282#art-4"
    assert {dimension["dimension"] for dimension in found["profile"]["dimensions"]} >= {"conduct", "external"}


def test_what_an_installation_does_not_hold_is_said_and_the_rest_is_shown(
    world: World, read: Read, without: Callable[[str], None]
):
    without("profile_indicator")

    page = read(world.enterprise_user(), "/status")

    assert "所接的数据库没有这些内容，所以这里不显示：企业画像" in words(page, ".note")
    assert page.css_first("#profile") is None
    assert "高级认证企业" in words(page, "#level")


def test_records_that_do_not_answer_are_said_in_a_sentence(world: World, tmp_path: Path):
    world.app.state.services = replace(world.services, records=open_records(f"sqlite:///{tmp_path}/none.db"))

    answer = world.enterprise_user().get("/status")

    assert answer.status_code == 503
    assert "企业记录暂时读不到" in answer.text


def test_officers_find_the_enterprises_of_their_district_and_no_other(come: Come, read: Read):
    officer = come("officer")
    page = read(officer, "/enterprises", q="示例")
    everyone = read(officer, "/enterprises")

    found = {str(node.attributes["href"]) for node in page.css("tbody a")}
    assert len(found) == 20
    assert found == {str(node.attributes["href"]) for node in everyone.css("tbody a")}
    assert f"/status/{uscc(B)}" not in found


@pytest.mark.parametrize(
    "typed", ["%", "_", "'; DROP TABLE enterprise; --", "<script>alert(1)</script>", "\x00", "x" * 500]
)
def test_what_is_typed_into_the_search_is_only_words(typed: str, come: Come):
    answer = come("officer").get("/enterprises", params={"q": typed})

    assert answer.status_code == 200
    assert "您的范围内没有找到这样的企业" in answer.text
    assert "<script>alert" not in answer.text


def test_enterprises_that_share_something_are_shown_to_officers(come: Come, read: Read):
    page = read(come("officer", SHADOW), f"/status/{uscc(SHADOW)}/related")

    assert "示例" in words(page, "tbody")
    assert "记录编号" in words(page, "tbody")
