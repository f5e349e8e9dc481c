"""Asking on the page: as a plain form, and streamed where scripts run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

LEVELS = "现在海关信用分几个等级，和以前有什么不同？"
LIMIT = "认证决定要多少天"
FINE = "高级认证企业被罚款一次6万元行不行"
# Counts the statements that came in one by one, before the whole answer took their place.
COUNT_PARTS = """
window.parts = 0;
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes)
    if (node.classList?.contains("statement")) window.parts += 1;
}).observe(document, { subtree: true, childList: true });
"""

# What moved that nobody's key or finger moved: cumulative layout shift, of which 0.1 is noticed.
SUM_OF_JUMPS = """
window.jumped = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.jumped += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
LEAST_NOTICED = 0.1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_question_gets_its_answer_with_sources(scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)

    exchange = ask_page(page, LEVELS)

    expect(exchange.locator(".said")).to_contain_text("五个等级")
    expect(exchange.locator(".source").first).to_be_visible()
    expect(page.locator(".intro")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_short_follow_up_is_understood_from_the_conversation(scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)

    ask_page(page, FINE)
    second = ask_page(page, "那认证企业呢？")

    expect(page.get_by_role("article")).to_have_count(2)
    expect(second.locator(".said")).to_contain_text("认证企业标准第16项")
    expect(second).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_suggestion_is_asked_by_pressing_it(scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)
    suggestion = ask_page(page, LEVELS).locator(".suggestions button").first
    words = suggestion.inner_text()

    suggestion.click()

    expect(page.get_by_role("article", name=words, exact=True)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(2)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_an_example_is_asked_by_pressing_it(scripts: bool, visit):
    page = visit(java_script_enabled=scripts)

    page.get_by_role("button", name=LEVELS).click()

    expect(page.get_by_role("article", name=LEVELS)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_the_chosen_day_decides_which_rule_is_told(scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)
    page.get_by_label("按哪一天的规则").fill("2025-06-01")

    exchange = ask_page(page, LIMIT)

    expect(exchange.locator(".meta")).to_contain_text("2025年6月1日")
    expect(exchange.locator(".sources")).to_contain_text("第251号")
    expect(page.get_by_label("按哪一天的规则")).to_have_value("2025-06-01")


def test_without_a_chosen_day_the_rules_of_today_are_told(visit, ask_page):
    page = visit()

    exchange = ask_page(page, LIMIT)

    expect(page.get_by_label("按哪一天的规则")).to_have_value("2026-11-22")
    expect(exchange.locator(".meta time")).to_have_attribute("datetime", "2026-11-22")
    expect(exchange.locator(".kind")).to_have_text("没有核实的规定")


def test_without_scripts_nothing_is_offered_that_needs_them(visit, ask_page):
    page = visit(java_script_enabled=False)

    exchange = ask_page(page, LEVELS)

    expect(exchange.get_by_role("button", name="复制")).to_have_count(0)
    expect(exchange.get_by_role("button", name="打印")).to_have_count(0)


def test_with_scripts_the_answer_comes_in_statement_by_statement(visit, ask_page):
    page = visit("/documents")
    page.add_init_script(COUNT_PARTS)
    page.goto("/")

    with page.expect_response("**/stream") as streamed:
        exchange = ask_page(page, LEVELS)

    assert streamed.value.headers["content-type"].startswith("text/event-stream")
    assert page.evaluate("window.parts") == exchange.locator(".lead, .points li").count()
    assert page.url.endswith("/")


def test_nothing_jumps_while_an_answer_comes_in(visit, ask_page):
    page = visit("/documents")
    page.add_init_script(SUM_OF_JUMPS)
    page.goto("/")
    ask_page(page, LEVELS)

    ask_page(page, FINE)

    assert page.evaluate("window.jumped") < LEAST_NOTICED


def test_a_question_can_be_given_in_the_address(visit):
    page = visit("/?q=" + LIMIT + "&on=2025-06-01", java_script_enabled=False)

    expect(page.get_by_role("article", name=LIMIT)).to_contain_text("90日")


def test_the_enter_key_asks_and_shift_enter_begins_a_line(visit):
    page = visit()
    box = page.get_by_label("您的问题")
    box.fill("高级认证企业")
    box.press("Shift+Enter")
    box.press_sequentially("几年复核一次")

    expect(page.get_by_role("article")).to_have_count(0)
    box.press("Enter")

    expect(page.get_by_role("article")).to_have_count(1)
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_the_enter_key_of_an_input_method_does_not_ask(visit):
    page = visit()
    page.get_by_label("您的问题").fill("高认")

    # The page leaves the key to the input method: nothing prevents what it does by itself.
    left_alone = page.locator("#q").evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )

    assert left_alone is True
    expect(page.get_by_role("article")).to_have_count(0)


def test_a_question_that_is_sent_twice_in_haste_is_asked_once(visit, seen):
    page = visit()
    page.get_by_label("您的问题").fill(LEVELS)

    page.locator("#q").evaluate(
        "box => { for (const _ of [1, 2]) box.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Enter', bubbles: true, cancelable: true})); }"
    )

    expect(page.get_by_role("article", name=LEVELS)).to_be_visible()
    assert len([url for url in seen.requests if url.endswith("/stream")]) == 1


def lose(page: Page) -> None:
    """Cut the connection for questions."""
    page.route("**/stream", lambda route: route.abort())


def test_a_lost_connection_is_told_and_the_question_kept(visit, ask_page, seen):
    seen.expect("ERR_FAILED")
    page = visit()
    lose(page)

    page.locator("#q").fill(LEVELS)
    page.locator("#ask .primary").click()

    expect(page.get_by_role("alert")).to_contain_text("没有收到回答")
    expect(page.locator("#q")).to_have_value(LEVELS)
    page.unroute("**/stream")
    ask_page(page, LEVELS)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(visit):
    page = visit()
    half = "event: open\ndata: <article aria-busy='true'><div class='said'></div></article>\n\n"
    page.route("**/stream", lambda route: route.fulfill(content_type="text/event-stream", body=half))

    page.locator("#q").fill(LEVELS)
    page.locator("#ask .primary").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(0)


def test_a_day_that_is_none_is_told_beside_the_question(visit):
    page = visit("/?q=高认&on=0000-00-00", java_script_enabled=False)

    expect(page.get_by_role("alert")).to_contain_text("2026-04-01这样的形式")


def test_a_page_that_is_not_there_says_so_and_leads_on(visit, seen):
    seen.expect("404")
    page = visit("/nothing")

    expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    page.get_by_role("link", name="提一个问题").click()

    expect(page.get_by_label("您的问题")).to_be_visible()
