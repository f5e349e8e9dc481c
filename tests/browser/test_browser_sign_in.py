"""People in a real browser: signing in, the second step, codes, on a wide screen, on a phone and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from api.auth.identity import Kind
from api.auth.oidc import OidcClient, Provider
from api.records.reader import Records
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.browser.serving import served
from tests.browser.watching import WIDE, Seen, Visit, visiting
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider
from tests.people import DAY, PASSWORD, A, World, uscc
from tests.services import Clock, make_services
from web.app import create_app

PHONE = {"width": 390, "height": 844}
PAGES = {
    Kind.ENTERPRISE: ("/account", "/colleagues", "/join"),
    Kind.OFFICER: ("/account", "/officer/binding-codes", f"/reasons/{uscc(A)}"),
    Kind.ADMINISTRATOR: ("/account", "/admin/accounts"),
}


@pytest.fixture
def town(
    quick_assistant: Assistant,
    provisions: list[Provision],
    sample_records: Records,
    provider: OidcProvider,
    tmp_path: Path,
) -> Iterator[tuple[World, str]]:
    """A served application with people, and its address."""
    clock = Clock(datetime.now(UTC))  # authenticators show the codes of the real time
    services = make_services(tmp_path, clock, records=sample_records)
    client = OidcClient(Provider(provider.issuer, CLIENT_ID, CLIENT_SECRET, "示例统一认证"), services.keys)
    services = replace(services, oidc=client)
    app = create_app(quick_assistant, provisions, clock=lambda: DAY, services=services)
    with served(app) as address:
        yield World(app, services, clock), address


@pytest.fixture
def opened(browser: Browser, town: tuple[World, str], seen: Seen) -> Iterator[Visit]:
    """Open a path as a new person."""
    with visiting(browser, town[1], seen) as visit:
        yield visit


def sign_in(page: Page, name: str) -> None:
    """Fill in the sign-in form."""
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def enrol(page: Page) -> None:
    """Set the authenticator up from what the page shows."""
    page.get_by_text("不能扫描？手动输入密钥").click()
    secret = page.locator(".code").first.inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="启用").click()
    page.get_by_role("link", name="已经保存，继续").click()


def bring_in(page: Page, world: World, kind: Kind) -> None:
    """Sign somebody in, second step included."""
    customs = {"customs": "Y1"} if kind is Kind.OFFICER else {}
    places = (A,) if kind is Kind.ENTERPRISE else ()
    world.add(kind, f"the-{kind}", *places, first=True, **customs)
    sign_in(page, f"the-{kind}")
    if kind in (Kind.OFFICER, Kind.ADMINISTRATOR):
        enrol(page)


def test_from_the_officer_s_code_to_a_colleague(town: tuple[World, str], opened: Visit):
    world, _ = town
    officer = opened()
    bring_in(officer, world, Kind.OFFICER)
    officer.get_by_role("link", name="企业绑定码").click()
    officer.get_by_label("统一社会信用代码").fill(uscc(A))
    officer.get_by_role("button", name="发放绑定码").click()
    link = officer.locator(".code.small").inner_text()

    first = opened(link, viewport=PHONE)
    first.get_by_role("button", name="继续").click()
    expect(first.get_by_text("首位用户")).to_be_visible()
    first.get_by_label("登录名").fill("zhao.first")
    first.get_by_label("密码").fill(PASSWORD)
    first.get_by_role("button", name="建立并登录").click()

    expect(first.get_by_text("绑定成功。")).to_be_visible()
    first.get_by_role("link", name="同事和邀请").click()
    first.get_by_role("button", name="邀请一位同事").click()
    expect(first.locator(".code").first).to_have_text(re.compile(r"^[A-Z2-9-]{19}$"))


def test_a_wrong_password_is_said_beside_the_form_and_the_name_stays(
    town: tuple[World, str], opened: Visit, seen: Seen
):
    seen.expect("401")
    page = opened()

    sign_in(page, "nobody")

    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确。")
    expect(page.get_by_label("登录名")).to_have_value("nobody")


def test_the_identity_provider_opens_the_account(town: tuple[World, str], opened: Visit, provider: OidcProvider):
    world, _ = town
    world.add(Kind.ENTERPRISE, "li.ming", A, oidc_issuer=provider.issuer, oidc_subject=provider.subject)

    page = opened("/sign-in?next=/account")
    page.get_by_role("link", name="用“示例统一认证”登录").click()

    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()


def test_the_own_account_is_connected_by_a_form_and_a_link(town: tuple[World, str], opened: Visit):
    world, _ = town
    page = opened()
    bring_in(page, world, Kind.ENTERPRISE)
    page.goto("/account")
    page.get_by_role("button", name="关联后可以用它登录").click()
    page.get_by_role("link", name="前往“示例统一认证”").click()

    expect(page.get_by_text("已关联单位账号。")).to_be_visible()


def test_without_scripts_everything_works_too(town: tuple[World, str], opened: Visit):
    world, _ = town
    page = opened(java_script_enabled=False)
    bring_in(page, world, Kind.ADMINISTRATOR)
    page.goto("/admin/accounts")
    page.get_by_label("登录名").fill("sun.officer")
    page.get_by_label("类型").select_option("officer")
    page.get_by_label("关员：关区代码").fill("Y1")
    page.get_by_role("button", name="新建账号").click()

    assert "/join?code=" in page.locator(".code.small").inner_text()


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_is_wider_than_the_screen(kind: Kind, viewport: dict[str, int], town: tuple[World, str], opened: Visit):
    world, _ = town
    page = opened(viewport=viewport)
    bring_in(page, world, kind)
    for path in ("/", *PAGES[kind]):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


@pytest.mark.parametrize("kind", PAGES)
def test_every_field_has_a_label_and_every_button_a_name(kind: Kind, town: tuple[World, str], opened: Visit):
    world, _ = town
    page = opened()
    bring_in(page, world, kind)
    for path in PAGES[kind]:
        page.goto(path)
        assert page.evaluate(UNLABELLED) == [], path


UNLABELLED = """
[...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
  .filter((e) => !(e.labels && e.labels.length) && !e.textContent.trim() && !e.getAttribute('aria-label'))
  .map((e) => e.outerHTML)
"""


def test_signing_out_leaves_nothing_behind_the_back_button(town: tuple[World, str], opened: Visit):
    world, _ = town
    page = opened()
    bring_in(page, world, Kind.ENTERPRISE)
    page.goto("/account")
    page.get_by_role("button", name="退出", exact=True).click()
    page.go_back()

    expect(page.get_by_role("heading", name="登录")).to_be_visible()
