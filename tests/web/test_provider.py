"""Signing in through the organisation's identity provider, against a real one on the loopback."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import OctKey, RSAKey

from api.auth.identity import Kind
from api.auth.oidc import OidcClient, Provider
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider
from tests.people import A, B, Person, World


def member(world: World, provider: OidcProvider, name: str = "li.ming", **fields: Any) -> None:
    """Somebody whose account is connected with the provider."""
    fields |= {"oidc_issuer": provider.issuer, "oidc_subject": provider.subject}
    world.add(Kind.ENTERPRISE, name, A, **fields)


def back(person: Person) -> str:
    """Go to the provider and return the address it sends the browser back to."""
    there = person.get("/sign-in/provider", params={"next": "/documents"}).headers["location"]
    return httpx2.get(there).headers["location"]


def path(address: str) -> str:
    """The address within our site."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_the_provider_s_word_opens_a_session(connected: World, provider: OidcProvider):
    member(connected, provider)
    person = connected.visitor()

    answer = person.get(path(back(person)))

    assert answer.headers["location"] == "/documents"
    assert "li.ming" in person.get("/account").text
    assert provider.verifiers_checked == 1
    assert connected.actions() == ["signed_in"]


def test_the_button_is_there_only_where_a_provider_is(connected: World, world: World):
    assert "示例统一认证" in connected.visitor().get("/sign-in").text
    world.app.state.services = replace(world.services, oidc=None)
    assert "示例统一认证" not in world.visitor().get("/sign-in").text
    assert world.visitor().get("/sign-in/provider").status_code == 404


def test_the_request_asks_for_a_code_with_state_nonce_and_challenge(connected: World):
    asked = parse_qs(urlsplit(connected.visitor().get("/sign-in/provider").headers["location"]).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/provider/callback"]
    assert asked["state"][0]
    assert asked["nonce"][0]


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "another-client"},
    "another audience in our name": {"aud": "another-client", "azp": CLIENT_ID},
    "several audiences": {"aud": [CLIENT_ID, "another-client"]},
    "an old nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "an expired token": {"exp": 1_700_000_000},
    "a token of the future": {"nbf": 4_000_000_000},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_id_token_that_does_not_hold_opens_nothing(lie: str, connected: World, provider: OidcProvider):
    member(connected, provider)
    provider.claims = LIES[lie]
    person = connected.visitor()

    answer = person.get(path(back(person)))

    assert answer.status_code == 401
    assert person.get("/account").status_code == 303


@pytest.mark.parametrize("forger", ["another key", "the client's secret"])
def test_a_forged_signature_opens_nothing(forger: str, connected: World, provider: OidcProvider):
    member(connected, provider)
    if forger == "another key":
        provider.forged_with = RSAKey.generate_key(2048, {"kid": "1"})
    else:
        provider.forged_with, provider.algorithm = OctKey.import_key(CLIENT_SECRET * 2), "HS256"
    person = connected.visitor()

    person.get(path(back(person)))

    assert person.get("/account").status_code == 303


def test_an_answer_for_another_browser_opens_nothing(connected: World, provider: OidcProvider):
    member(connected, provider)
    address = path(back(connected.visitor()))
    other = connected.visitor()
    other.get("/sign-in/provider")

    other.get(address)

    assert other.get("/account").status_code == 303


def test_an_answer_with_another_state_opens_nothing(connected: World, provider: OidcProvider):
    member(connected, provider)
    person = connected.visitor()
    code = parse_qs(urlsplit(back(person)).query)["code"][0]

    person.get("/sign-in/provider/callback", params={"code": code, "state": "another"})

    assert person.get("/account").status_code == 303


def test_a_code_cannot_be_used_twice(connected: World, provider: OidcProvider):
    member(connected, provider)
    person = connected.visitor()
    address = path(back(person))
    other = connected.visitor()
    other.keep("flow", person.client.cookies["flow"])
    person.get(address)

    other.get(address)

    assert other.get("/account").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "gAAAAABnothing"])
def test_a_missing_or_changed_cookie_of_the_flow_opens_nothing(cookie: str, connected: World, provider: OidcProvider):
    person = connected.visitor()
    address = path(back(person))
    person.client.cookies.clear()
    person.keep("flow", cookie)

    assert person.get(address).status_code == 401
    assert person.get("/account").status_code == 303


def test_an_identity_without_an_account_is_told_what_to_do(connected: World):
    person = connected.visitor()

    answer = person.client.get(path(back(person)))

    assert answer.status_code == 401
    assert "还没有关联" in answer.json()["error"]["zh"]
    assert connected.actions() == ["sign_in_refused"]


def test_a_disabled_account_stays_closed(connected: World, provider: OidcProvider):
    member(connected, provider, disabled_at=connected.clock())
    person = connected.visitor()

    person.get(path(back(person)))

    assert person.get("/account").status_code == 303


def test_an_officer_vouched_for_still_needs_the_second_factor(connected: World, provider: OidcProvider):
    connected.add(Kind.OFFICER, "wang", customs="Y1", oidc_issuer=provider.issuer, oidc_subject=provider.subject)
    person = connected.visitor()

    answer = person.get(path(back(person)))

    assert answer.headers["location"].startswith("/second-factor")
    assert person.get("/officer/binding-codes").status_code == 303


def test_somebody_signed_in_connects_the_account_and_disconnects_it(connected: World):
    person = connected.enterprise_user("li.ming")
    page = person.post("/account/provider").text
    there = page.split('class="primary" href="')[1].split('"')[0].replace("&amp;", "&")

    person.get(path(httpx2.get(there).headers["location"]))

    other = connected.visitor()
    assert other.get(path(back(other))).headers["location"] == "/documents"
    person.post("/account/provider/disconnect")
    assert connected.account("li.ming").oidc_subject is None


def test_an_identity_belongs_to_one_account(connected: World, provider: OidcProvider):
    member(connected, provider, "first")
    person = connected.enterprise_user("second", B)
    page = person.post("/account/provider").text
    there = page.split('class="primary" href="')[1].split('"')[0].replace("&amp;", "&")

    answer = person.get(path(httpx2.get(there).headers["location"]))

    assert answer.status_code == 409


def test_a_provider_with_another_name_than_the_setting_is_refused(connected: World, provider: OidcProvider):
    provider.issuer_told = "https://evil.example"

    assert connected.visitor().client.get("/sign-in/provider", follow_redirects=False).status_code == 401


def test_a_provider_that_is_away_ends_with_a_sentence(world: World):
    client = OidcClient(Provider("http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET, "x"), world.services.keys)
    world.app.state.services = replace(world.services, oidc=client)

    answer = world.visitor().client.get("/sign-in/provider")

    assert answer.status_code == 401
    assert "没有成功" in answer.json()["error"]["zh"]
