"""A phone 390 pixels wide, paper, and the clipboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.reading import width

PHONE = {"width": 390, "height": 844}
QUESTION = "失信了怎么恢复？"
LONG = "x" * 400 + "认证要多久"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize(
    "path", ["/", "/documents", "/documents/gacc-order-251", "/documents/advanced-2026", "/nothing"]
)
def test_no_page_is_wider_than_a_phone(path: str, language: str, visit, seen):
    seen.expect("404")
    page = visit(f"{path}?lang={language}", viewport=PHONE, has_touch=True, is_mobile=True)

    assert width(page) <= PHONE["width"]


@pytest.mark.parametrize(
    "question", [QUESTION, "中国和哪些国家有AEO互认？", "Which countries have AEO mutual recognition with China?", LONG]
)
def test_no_answer_is_wider_than_a_phone(question: str, visit, ask_page):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)

    exchange = ask_page(page, question)
    for summary in exchange.locator("summary").all()[:8]:
        summary.click()

    assert width(page) <= PHONE["width"]


def test_on_a_phone_the_keyboard_does_not_come_up_over_the_answer(visit, ask_page):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)

    ask_page(page, QUESTION)

    expect(page.locator("#q")).not_to_be_focused()


def test_on_a_phone_what_is_pressed_is_large_enough_for_a_finger(visit):
    page = visit(viewport=PHONE, has_touch=True, is_mobile=True)

    small = [
        (b.inner_text(), box["height"])
        for b in page.locator("button, textarea, header a, summary").filter(visible=True).all()
        if (box := b.bounding_box()) and box["height"] < 24
    ]

    assert small == []


def test_paper_gets_the_sources_in_full_and_nothing_to_press(visit, ask_page):
    page = visit()
    exchange = ask_page(page, QUESTION)

    page.emulate_media(media="print")

    for hidden in ("#ask", ".bar", ".suggestions", ".actions"):
        expect(page.locator(hidden)).to_be_hidden()
    for excerpt in exchange.locator(".excerpt").all():
        expect(excerpt).to_be_visible()
    expect(exchange.locator(".badge").first).to_be_visible()


def test_a_printed_answer_holds_question_marks_and_sources(visit, ask_page, tmp_path):
    page = visit()
    excerpt = ask_page(page, QUESTION).locator(".excerpt").first.text_content() or ""

    page.pdf(path=tmp_path / "answer.pdf", format="A4")

    printed = "".join("".join(p.extract_text() for p in PdfReader(tmp_path / "answer.pdf").pages).split())
    assert "[1]" in printed
    assert len(printed) > len(excerpt) > 10


def test_the_print_button_prints(visit, ask_page):
    page = visit()
    page.evaluate("window.print = () => { window.printed = true; }")

    ask_page(page, QUESTION).get_by_role("button", name="打印").click()

    assert page.evaluate("window.printed") is True


def test_a_copied_answer_carries_question_marks_sources_periods_and_certainty(visit, ask_page):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    exchange = ask_page(page, "251号令第二十二条")

    exchange.get_by_role("button", name="复制").click()

    expect(page.get_by_role("status")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("251号令第二十二条\n")
    assert "[1] 海关总署令第251号 第二十二条 · 2021年11月1日至2026年3月31日 · " in copied


def test_an_answer_is_copied_also_where_the_page_has_no_clipboard_of_its_own(visit, ask_page):
    page = visit("/documents")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto("/")

    ask_page(page, "251号令第二十二条").get_by_role("button", name="复制").click()
    page.locator("#q").focus()
    page.keyboard.press("Control+V")

    assert page.locator("#q").input_value().startswith("251号令第二十二条\n")
