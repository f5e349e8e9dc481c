"""Nothing a person types is run, nothing leaves loopback, the console stays silent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

HOSTILE = [
    "<script>document.title='run'</script>高级认证企业几年复核一次",
    "<img src=x onerror=\"document.title='run'\">认证要多久",
    '"><svg onload=alert(1)>什么是AEO',
    "{{ 7*7 }}${7*7}高认的好处",
    "</textarea><iframe srcdoc='<script>parent.document.title=1</script>'></iframe>高认",
    "javascript:alert(1) 高认",
]
PAGES = ["/", "/?q=认证要多久", "/documents", "/documents/gacc-order-282", "/documents/advanced-2026", "/nothing"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
@pytest.mark.parametrize("question", HOSTILE)
def test_markup_in_a_question_is_shown_as_text(question: str, scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)

    exchange = ask_page(page, question)
    ask_page(page, "那认证企业呢？")

    assert exchange.locator(".question").inner_text() == question
    expect(page.locator("article script, article img, article iframe, article svg, #earlier svg")).to_have_count(0)
    expect(page).to_have_title("海关信用培育助手")


def test_markup_in_the_address_is_shown_as_text(visit):
    page = visit("/?q=%3Cscript%3Edocument.title=1%3C/script%3E高认&on=%22%3E%3Cscript%3E&lang=%3Cscript%3E")

    expect(page.locator(".question")).to_contain_text("<script>")
    expect(page).to_have_title("海关信用培育助手")


def test_no_request_leaves_loopback(visit, ask_page, seen):
    page = visit()
    ask_page(page, "中国和哪些国家有AEO互认？")
    for path in PAGES[2:5]:
        page.goto(path)

    assert len(seen.requests) > 8
    assert seen.outside == []


@pytest.mark.parametrize("path", PAGES[:-1])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_console_says_nothing(path: str, scheme: str, visit, seen):
    page = visit(path, color_scheme=scheme)
    page.wait_for_load_state("networkidle")

    assert seen.unexpected == []


def test_a_script_that_is_put_into_the_page_is_refused_and_noticed(visit, seen):
    seen.expect("Content Security Policy")
    page = visit()

    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'document.title = 1'; "
        "document.body.append(s); }"
    )

    expect(page).to_have_title("海关信用培育助手")
    assert any("Content Security Policy" in said for said in seen.complaints)


def test_a_picture_from_elsewhere_is_refused_and_noticed(visit, seen):
    seen.expect("Content Security Policy")
    page = visit()

    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("() => { document.body.append(Object.assign(new Image(), {src: 'http://192.0.2.1/x.png'})); }")

    assert seen.outside == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_or_a_style_of_its_own(path: str, visit, seen):
    seen.expect("404")
    page = visit(path)

    assert re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page.content()) is None


@pytest.mark.parametrize("path", [*PAGES, "/static/base.css", "/api/v1/nothing"])
def test_every_answer_carries_the_security_headers(path: str, visit, site, seen):
    page = visit()

    headers = page.request.get(site + path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
