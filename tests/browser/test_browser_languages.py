"""Three languages: chosen, remembered, and without losing the conversation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

QUESTION = "高级认证企业几年复核一次"
ASK = {"简体": "提问", "繁體": "提問", "English": "Ask"}
CODES = {"简体": "zh-Hans", "繁體": "zh-Hant", "English": "en"}
CJK = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", ASK)
def test_a_language_is_chosen_in_the_header_and_remembered(name: str, visit):
    page = visit(locale="fr-FR")

    page.get_by_role("navigation", name="语言").get_by_role("link", name=name).click()
    page.goto("/")

    expect(page.locator("html")).to_have_attribute("lang", CODES[name])
    expect(page.get_by_role("button", name=ASK[name], exact=True)).to_be_visible()
    expect(page.locator(".tools .languages [aria-current]")).to_have_text(name)


@pytest.mark.parametrize(
    ("locale", "code"),
    [("en-GB", "en"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("ja", "zh-Hans")],
)
def test_the_first_language_is_that_of_the_browser(locale: str, code: str, visit):
    page = visit(locale=locale)

    expect(page.locator("html")).to_have_attribute("lang", code)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_another_language_keeps_the_conversation(scripts: bool, visit, ask_page):
    page = visit(java_script_enabled=scripts)
    ask_page(page, QUESTION)

    page.get_by_role("navigation", name="语言").get_by_text("English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("article", name=QUESTION)).to_be_visible()
    ask_page(page, "那认证企业呢？")
    expect(page.get_by_role("article")).to_have_count(2)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("现在海关信用分几个等级", "五个等级"),
        ("現在海關信用分幾個等級", "五個等級"),
        ("How many credit levels are there now?", "five levels"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(question: str, words: str, visit, ask_page):
    exchange = ask_page(visit(), question)

    expect(exchange.locator(".said")).to_contain_text(words)
    language = exchange.locator(".said").get_attribute("lang")
    assert language == exchange.locator(".question").get_attribute("lang")


def test_an_english_page_is_english_throughout(visit, ask_page):
    page = visit("/?lang=en")

    ask_page(page, "How long did certification take in June 2025?")

    body = page.locator("body").inner_text().replace("简体", "").replace("繁體", "")
    assert CJK.findall(body) == []


@pytest.mark.parametrize("path", ["/", "/documents", "/nothing"])
def test_the_english_frame_of_every_page_is_english(path: str, visit, seen):
    seen.expect("404")
    page = visit(f"{path}?lang=en")

    for part in ("header .places", "footer", "h1"):
        assert CJK.findall(page.locator(part).inner_text()) == []
