"""Sources: beside the answer, at the exact provision, with their period and how surely they are known."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

OLD_ARTICLE = "251号令第二十二条"
UNKNOWN = "现在认证要多久"
BADGES = {"官方文本", "译文或摘要", "二手资料", "未核实", "征求意见稿", "未知"}


def box(locator: Locator) -> dict[str, float]:
    """Where an element is."""
    found = locator.bounding_box()
    assert found is not None
    return dict(found)


def test_on_a_wide_screen_sources_are_beside_the_answer(visit, ask_page):
    exchange = ask_page(visit(), UNKNOWN)

    answer, sources = box(exchange.locator(".answer")), box(exchange.locator(".sources"))

    assert sources["x"] >= answer["x"] + answer["width"]
    assert abs(sources["y"] - answer["y"]) < 20


def test_on_a_phone_sources_are_below_the_answer(visit, ask_page):
    exchange = ask_page(visit(viewport={"width": 390, "height": 844}), UNKNOWN)

    answer, sources = box(exchange.locator(".answer")), box(exchange.locator(".sources"))

    assert sources["y"] >= answer["y"] + answer["height"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_source_opens_at_the_exact_provision(scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)
    exchange = ask_page(page, OLD_ARTICLE)

    exchange.get_by_role("link", name="第二十二条").first.click()

    page.wait_for_url("**/documents/gacc-order-251#art-22")
    provision = page.locator("#art-22")
    expect(provision).to_be_in_viewport()
    expect(provision.get_by_role("heading")).to_contain_text("第二十二条")


def test_each_source_shows_its_period_and_how_surely_it_is_known(visit, ask_page):
    exchange = ask_page(visit(), UNKNOWN)

    sources = exchange.locator(".source")

    assert sources.count() >= 2
    for source in sources.all():
        assert source.locator(".badge").first.inner_text() in BADGES
        group = source.locator("xpath=ancestor::section")
        expect(group.locator(".period").first).not_to_be_empty()


def test_a_source_of_the_old_rules_is_marked_old_with_its_last_day(visit, ask_page):
    exchange = ask_page(visit(), UNKNOWN)

    old = exchange.locator(".source-group").filter(has_text="海关总署令第251号").first

    expect(old).to_contain_text("旧规")
    expect(old).to_contain_text("2021年11月1日至2026年3月31日")


def test_a_mark_in_the_answer_leads_to_its_source(visit, ask_page):
    page = visit()
    mark = ask_page(page, UNKNOWN).locator(".mark").last

    mark.click()

    number = mark.inner_text()
    assert page.url.endswith(f"#s1-{number}")
    expect(page.locator(f"#s1-{number}")).to_be_in_viewport()


def test_each_mark_has_a_source_and_each_source_a_mark(visit, ask_page):
    exchange = ask_page(visit(), UNKNOWN)

    marks = {mark.get_attribute("href") for mark in exchange.locator(".mark").all()}
    sources = {f"#{source.get_attribute('id')}" for source in exchange.locator(".source").all()}

    assert marks == sources


def test_the_marks_of_two_answers_lead_to_their_own_sources(visit, ask_page):
    page = visit()

    first, second = ask_page(page, OLD_ARTICLE), ask_page(page, UNKNOWN)

    assert first.locator(".mark").first.get_attribute("href") == "#s1-1"
    assert second.locator(".mark").first.get_attribute("href") == "#s2-1"


def test_the_content_of_a_source_is_shown_on_demand(visit, ask_page):
    source = ask_page(visit(java_script_enabled=False), OLD_ARTICLE).locator(".source").first
    expect(source.locator(".excerpt")).to_be_hidden()

    source.locator("summary").click()

    expect(source.locator(".excerpt")).to_contain_text("第251号令")


def test_what_the_badges_mean_is_told_on_the_page_of_documents(visit):
    page = visit()
    page.get_by_role("link", name="可信程度怎么看").click()

    terms = page.locator(".certainties dt")

    assert set(terms.all_inner_texts()) == BADGES
    expect(page.get_by_role("heading", name="可信程度怎么看")).to_be_in_viewport()
