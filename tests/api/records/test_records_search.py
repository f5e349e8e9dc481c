"""Finding an enterprise by what is typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.records.gateway.publication import search_published
from api.records.gateway.search import list_in_reach, search_enterprises
from api.records.gateway.status import find_status
from api.records.scope import Scope
from tests.api.records.records_world import DAY, own, uscc

HOSTILE = [
    "' OR '1'='1", "示例%", "%", "_", "\\", "'; DROP TABLE enterprise; --", '" OR name:*', "示例*", "NEAR(示 例)",
    "\x00", "🙂", "示" * 500, "\u202e示例", "AND", "-", "()", '""', "^示", "名称:示例",
]  # fmt: skip


def test_search_finds_by_name_part_credit_code_and_customs_code(reader):
    district = Scope.of_customs("Y1")
    known = find_status(reader, own(0), uscc(0), DAY).enterprise

    for typed in (known.name, known.name[4:8], known.uscc, known.uscc.lower(), known.customs_code, f" {known.name} "):
        assert known.uscc in {found.uscc for found in search_enterprises(reader, district, typed, DAY)}, typed
    assert search_enterprises(reader, district, known.name, DAY)[0].uscc == known.uscc
    assert search_enterprises(reader, district, known.name, DAY)[0].level == "advanced_certified"


def test_search_stays_in_the_district_and_says_when_there_are_more(reader):
    found = search_enterprises(reader, Scope.of_customs("Y1"), "示例", DAY, cap=5)
    offices = {item.customs_office_name for item in search_enterprises(reader, Scope.of_customs("Y1"), "示例", DAY)}

    assert (len(found), found.truncated) == (5, True)
    assert all(name.startswith("示例东屿海关") for name in offices)
    assert len(search_enterprises(reader, own(0), "示例", DAY)) == 1


def test_everything_in_reach_can_be_leafed_through_with_its_level(reader):
    district = Scope.of_customs("Y1")
    whole = list_in_reach(reader, district, DAY)
    first = list_in_reach(reader, district, DAY, cap=7)
    rest = list_in_reach(reader, district, DAY, after=first[-1].uscc)

    assert first.truncated
    assert (*first, *rest) == tuple(whole)
    assert [one.uscc for one in whole] == sorted(one.uscc for one in whole)
    assert {one.level for one in whole} >= {"advanced_certified", "regular"}
    assert list_in_reach(reader, Scope.public(), DAY) == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_search_texts_find_what_they_say_or_nothing(reader, text):
    found = search_enterprises(reader, Scope.of_customs("Y1"), text, DAY)

    assert all("示例" in item.name for item in found)
    assert len(found) == 0 or text.strip("\u202e") in found[0].name


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=12))
def test_any_text_may_be_searched(records, text):
    with records.reader() as reader:
        found = search_published(reader, Scope.public(), text, DAY)

    assert all(item.uscc for item in found)


def test_search_with_and_without_a_name_index_agree(records):
    parts = ("东屿", "启达", "易有", "国际贸易", "示例东", "启", "启启", "示例  东", "不存在")
    answers = []
    for indexed in (True, False):
        records.name_index = indexed
        with records.reader() as reader:
            found = [search_published(reader, Scope.public(), part, DAY, cap=500) for part in parts]
        answers.append([sorted(item.uscc for item in items) for items in found])
    records.name_index = None

    assert answers[0] == answers[1]
    assert answers[0][0]
    assert answers[0][-1] == []


def test_a_found_level_names_the_rating_it_comes_from(reader):
    (found,) = search_enterprises(reader, own(0), uscc(0), DAY)

    assert (found.source.table, found.rating.table) == ("enterprise", "credit_rating")
    assert found.rating == find_status(reader, own(0), uscc(0), DAY).rating.source
