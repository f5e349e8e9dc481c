"""Pages over HTTP: languages, long conversations, errors as a page to a person and as JSON to a program."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from knowledge.models import Provision

HTML = {"accept": "text/html"}
QUESTION = "高级认证企业几年复核一次"


def test_a_page_that_is_not_there_is_a_page_to_a_person_and_json_to_a_program(client: TestClient):
    page = client.get("/nothing", headers=HTML)
    data = client.get("/nothing", headers={"accept": "application/json"})

    assert (page.status_code, data.status_code) == (404, 404)
    assert "<h1>没有这个页面</h1>" in page.text
    assert data.json()["error"]["code"] == "not_found"


def test_a_form_that_is_too_large_is_told_on_a_page(client: TestClient):
    response = client.post("/", data={"q": "高" * 200_000}, headers=HTML)

    assert response.status_code == 413
    assert "发送的内容太大" in response.text


def test_a_question_that_is_too_long_is_told_beside_it(client: TestClient):
    response = client.post("/", data={"q": "高" * 3000}, headers=HTML)

    assert response.status_code == 200
    assert "缩短到2000字以内" in response.text


def test_a_document_that_is_not_there_is_told(client: TestClient):
    response = client.get("/documents/nothing?lang=en", headers=HTML)

    assert response.status_code == 404
    assert "There is no such document" in response.text


def test_every_document_has_its_page_with_every_provision(client: TestClient, provisions: list[Provision]):
    by_document: dict[str, set[str]] = {}
    for provision in provisions:
        by_document.setdefault(provision.document.id, set()).add(provision.anchor_id)

    for document, anchors in by_document.items():
        page = client.get(f"/documents/{document}?lang=en").text
        assert anchors <= set(re.findall(r' id="([^"]+)"', page)), document


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_chosen_language_is_remembered_where_scripts_cannot_read_it(language: str, client: TestClient):
    response = client.get("/", params={"lang": language})

    cookie = response.headers["set-cookie"].lower()
    assert f"lang={language.lower()}" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    client.cookies.clear()


def test_an_unknown_language_is_not_remembered(client: TestClient):
    assert "set-cookie" not in client.get("/", params={"lang": "fr"}).headers


def test_another_language_keeps_what_the_address_asks_for(client: TestClient):
    page = client.get("/documents", params={"after": "甲&乙", "lang": "en"}).text

    assert (
        html.unescape(page).count("?after=%E7%94%B2%26%E4%B9%99&lang=") == 6
    )  # three languages, in the bar and in the menu
    client.cookies.clear()


def test_in_a_long_conversation_no_two_answers_share_a_name(client: TestClient):
    streamed = [
        client.post("/stream", data={"q": QUESTION, "earlier": [QUESTION] * count}).text for count in (20, 21, 22)
    ]

    names = [re.search(r'id="(a\d+)"', text).group(1) for text in streamed]  # type: ignore[union-attr]
    assert names == ["a21", "a22", "a23"]


def test_the_stream_shows_the_question_then_each_statement_then_the_whole(client: TestClient):
    text = client.post("/stream", data={"q": "251号令第二十二条"}).text

    events = re.findall(r"^event: (\w+)", text, re.M)
    assert (events[0], events[-1]) == ("open", "close")
    assert set(events[1:-1]) == {"part"}


def test_a_source_that_is_no_rule_says_so_instead_of_a_date(client: TestClient):
    page = client.get("/", params={"q": "第282号令新闻发布会 五个等级 最大的变化是什么"}).text

    group = page[page.index("<h4 ", page.index("sources")) :]
    press = group[group.index("第282号令官方解读") :]
    assert "不是规定，没有施行日" in press[: press.index("</section>")]


def test_a_day_that_is_none_gives_way_to_today_in_the_picker(client: TestClient):
    page = client.get("/", params={"q": QUESTION, "on": "0000-00-00"}).text

    assert 'name="on" value="2026-11-22"' in page
    assert 'role="alert"' in page
