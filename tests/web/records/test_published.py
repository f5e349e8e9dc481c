"""The publication platform: for everybody the same, what is published and nothing else, and not too often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.auth.throttle import Throttle
from tests.access.marked import RECORD_MARK, marked_copy
from tests.people import A, World, uscc
from tests.web.records.pages import Come, Read, words

PENALISED, DISCREDITED = 45, 3
DIRECTORIES = ("aeo", "discredited", "customs_broker", "cross_border_ecommerce", "specially_qualified")


def test_a_visitor_finds_an_enterprise_and_what_is_published_about_it(come: Come, read: Read):
    visitor = come("visitor")
    found = read(visitor, "/published", q="示例东屿辉杰泽创")
    page = read(visitor, str(found.css_first("tbody a").attributes["href"]))

    text = words(page, "main")
    assert "高级认证企业 2026年4月1日起" in text
    assert "认证企业名录（AEO）" in text
    assert "没有在公示期内的处罚" in text


def test_a_penalty_is_shown_with_the_day_its_publication_ends(come: Come, read: Read):
    text = words(read(come("visitor"), f"/published/{uscc(PENALISED)}"), "main")

    assert "罚款 5,000元" in text
    assert "公示到哪天 2027年11月1日" in text


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_every_directory_can_be_leafed_through(directory: str, come: Come, read: Read):
    page = read(come("visitor"), f"/published/directories/{directory}")
    data = come("visitor").call("GET", f"/api/v1/published/directories/{directory}").json()

    assert len(page.css("tbody tr")) == len(data["entries"]) > 3
    assert data["next"] is None


def test_a_directory_narrows_a_search(come: Come, read: Read):
    everywhere = read(come("visitor"), "/published", q="示例")
    listed = read(come("visitor"), "/published", q="示例", directory="discredited")

    assert len(everywhere.css("tbody tr")) == 50
    assert len(listed.css("tbody tr")) == 6


@pytest.mark.parametrize("kind", ["visitor", "enterprise", "officer", "unbound"])
def test_everybody_sees_the_same(kind: str, come: Come):
    answer = come(kind).call("GET", f"/api/v1/published/{uscc(PENALISED)}").json()

    assert set(answer) == {"on", "registration", "level", "directories", "licences", "penalties", "measures"}
    assert set(answer["registration"]) == {
        "source", "uscc", "customs_code", "name", "kind", "registered_on", "status", "customs_office_name",
    }  # fmt: skip
    assert len(answer["penalties"]) == 7


def test_no_private_word_of_a_record_is_published(world: World, sample_file, tmp_path):
    from api.records.reader import open_records

    assert marked_copy(sample_file, tmp_path / "marked.db") > 20
    records = open_records(f"sqlite:///{tmp_path}/marked.db")
    world.app.state.services = replace(world.services, records=records)
    visitor = world.visitor()

    pages = [
        visitor.get(path).text
        for path in (f"/published/{uscc(A)}", "/published?q=示例", f"/api/v1/published/{uscc(A)}")
    ]
    records.close()

    assert all(uscc(A) in page or "示例" in page for page in pages)
    assert not any(RECORD_MARK in page for page in pages)


@pytest.mark.parametrize("path", ["/published/{}", "/api/v1/published/{}", "/published/directories/{}"])
@pytest.mark.parametrize("thing", [uscc(5000), "' OR 1=1 --", "<script>", "%00", "..%2Fadmin", "secret"])
def test_what_is_not_there_is_not_found(path: str, thing: str, come: Come):
    answer = come("visitor").get(path.format(thing))

    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace('<script src="', "")


@pytest.mark.parametrize("typed", ["%", "<script>alert(1)</script>", "'; DROP TABLE enterprise; --", "x" * 3000])
def test_what_is_typed_is_only_words(typed: str, come: Come):
    answer = come("visitor").get("/published", params={"q": typed})

    assert "没有找到这样的企业" in answer.text
    assert "<script>alert" not in answer.text


def test_an_unknown_directory_is_not_searched(come: Come):
    assert come("visitor").get("/published", params={"q": "示例", "directory": "penalty"}).status_code == 404
    assert come("visitor").call("GET", "/api/v1/published?q=").status_code == 422


@pytest.mark.parametrize("path", [f"/published/{uscc(A)}", "/published?q=示例", "/published/directories/aeo"])
def test_looking_up_is_counted_so_that_nobody_copies_the_register(path: str, world: World):
    services = world.services
    throttle = Throttle(services.database, services.keys, services.now, "2/minute", "2/minute")
    world.app.state.services = replace(services, throttle=throttle)
    visitor = world.visitor()

    statuses = [visitor.get(path).status_code for _ in range(9)]

    assert statuses == [200] * 8 + [429]


def test_the_page_is_english_for_those_who_read_english(come: Come, read: Read):
    page = read(come("visitor"), f"/published/{uscc(DISCREDITED)}", lang="en")

    assert "Discredited enterprise" in words(page, "main")
    assert "Only what the law publishes" in words(page, "main")
