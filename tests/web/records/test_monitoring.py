"""Monitoring for coordinators and officers: their district only, each look traced, small groups hidden."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.records.gateway.monitoring import list_new_penalties
from api.records.gateway.statistics import count_enterprises
from api.records.gateway.suppression import SMALL_GROUP
from api.records.scope import Scope
from api.store import AuditEntry
from tests.people import DAY, A, World, uscc
from tests.web.records.pages import Come, Read, words
from web.counts import table_of

SHADOW, FIRM = 11, 10  # shares person and telephone with a discredited enterprise
CHINESE = re.compile("[\u4e00-\u9fff]")
PAGES = ("/monitoring", "/monitoring/shared", "/monitoring/statistics")


def cells(page) -> list[str]:
    """Every cell of the tables of a page."""
    return [" ".join(cell.text().split()) for cell in page.css("td")]


def test_changes_of_the_own_district_are_listed_with_their_records(town: World, come: Come, read: Read):
    page = read(come("officer", SHADOW), "/monitoring", days="365")
    with town.services.records.reader() as reader:
        penalties = list_new_penalties(reader, Scope.of_customs("Y3"), DAY - timedelta(days=365), DAY)

    text = words(page, "main")
    assert penalties
    assert all(one.name in text and one.cause in text for one in penalties)
    assert "下次复核 信用等级 示例南岭" in text
    assert "示例东屿" not in text
    assert text.count("记录编号") >= len(penalties)


def test_an_enterprise_near_a_discredited_one_is_marked(come: Come, read: Read):
    text = words(read(come("officer", SHADOW), "/monitoring"), "main")

    assert "法定代表人 褚某航" in text
    assert "认定失信之后注册" in text


def test_shared_telephones_can_be_looked_at_alone(come: Come, read: Read):
    everything = read(come("officer", SHADOW), "/monitoring/shared")
    phones = read(come("officer", SHADOW), "/monitoring/shared", kind="phone")

    assert 0 < len(phones.css("tbody tr")) < len(everything.css("tbody tr"))
    assert all("联系电话" in words(row, "td:nth-child(2)") for row in phones.css("tbody tr"))


def test_every_look_at_a_list_leaves_a_trace(world: World):
    officer = world.officer()

    officer.get("/monitoring?days=30")
    officer.get("/monitoring/shared")

    with world.services.database.reading() as session:
        noted = [json.loads(entry.details) for entry in session.scalars(select(AuditEntry))]
    assert world.actions() == ["monitoring_read", "monitoring_read"]
    assert noted == [{"days": 30, "what": "changes"}, {"what": "sharing"}]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("kind", ["visitor", "enterprise"])
def test_monitoring_is_not_for_enterprises_or_visitors(path: str, kind: str, come: Come):
    assert come(kind).call("GET", path).status_code in (401, 403)


def test_an_officer_sees_the_own_district_in_full(come: Come, read: Read):
    page = read(come("officer"), "/monitoring/statistics", by="office-level")

    assert "不显示" not in cells(page)
    assert "完整显示" in words(page, "main")
    assert "合计 20" in words(page, "main")


@pytest.mark.parametrize("by", ["level", "district", "kind", "district-level", "level-kind"])
def test_a_coordinator_sees_the_nation_without_small_groups(by: str, come: Come, read: Read):
    page = read(come("coordinator"), "/monitoring/statistics", by=by)

    shown = [int(cell.replace(",", "")) for cell in cells(page) if cell.replace(",", "").isdigit()]
    assert shown
    assert all(count == 0 or count >= SMALL_GROUP for count in shown)


def test_no_small_group_can_be_worked_out_from_a_row_of_a_table(town: World):
    with town.services.records.reader() as reader:
        crossed = count_enterprises(reader, Scope.of_coordinator("c", DAY), DAY, ("district", "level"))
        single = count_enterprises(reader, Scope.of_coordinator("c", DAY), DAY, ("district",))
    assert crossed is not None
    assert single is not None
    totals = {row: counts[0] for row, counts in table_of(single, "zh-Hans").rows}

    for row, counts in table_of(crossed, "zh-Hans").rows:
        assert totals[row] is None or counts.count(None) != 1, row


@pytest.mark.parametrize(
    "path",
    ["/monitoring?days=5", "/monitoring?days=x", "/monitoring/shared?kind=post", "/monitoring/statistics?by=office"],
)
def test_what_is_not_offered_is_refused(path: str, come: Come):
    assert come("coordinator").get(path).status_code in (400, 422)


def test_hostile_places_to_begin_find_nothing_more(come: Come):
    answer = come("officer").get("/monitoring/shared", params={"after": "' OR 1=1 --<script>"})

    assert answer.status_code == 200
    assert "1=1 --<script>" not in answer.text


def test_benefits_show_each_level_with_a_table_that_says_the_same(come: Come, read: Read):
    page = read(come("enterprise"), "/benefits")

    assert len(page.css("svg.picture")) == len(page.css("details.chart-table")) == 4
    text = words(page, "main")
    assert "高级认证企业 来源" in text
    assert "不足5家的月份只对关员显示" in text


def test_an_officer_compares_the_nation_with_the_own_district(come: Come, read: Read):
    nation = read(come("officer"), "/benefits")
    district = read(come("officer"), "/benefits", **{"in": "district"})

    assert words(nation, "tbody") != words(district, "tbody")
    assert "本关区" in words(district, "main strong")


@pytest.mark.parametrize(
    "path", [*PAGES, "/benefits", f"/status/{uscc(A)}", f"/status/{uscc(A)}/related", "/enterprises"]
)
def test_everything_but_names_is_english_for_those_who_read_english(path: str, come: Come, read: Read):
    page = read(come("officer"), path, lang="en")

    own_words = [node.text() for node in page.css("h2, h4, th, dt, nav a, .intro, .hint:not(td *), .headline, summary")]
    assert [said for said in own_words if CHINESE.search(said.replace("简体", "").replace("繁體", ""))] == []
