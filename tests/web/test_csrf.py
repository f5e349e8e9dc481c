"""Every change has to be asked for by a page of ours."""

from __future__ import annotations

import pytest

from api.auth.csrf import FIELD, HEADER, new_csrf
from tests.people import Person, World


def password_form(person: Person, token: str, **headers: str) -> int:
    """Send a form whose work can be seen by its status: 401 means that it came through."""
    data = {FIELD: token, "current": "wrong", "new": "x"}
    return person.client.post("/account/password", data=data, headers=headers, follow_redirects=False).status_code


def test_a_form_of_our_own_page_comes_through(world: World):
    person = world.enterprise_user()

    assert password_form(person, person.token(), origin="http://testserver") == 401


@pytest.mark.parametrize("token", ["", "x", "x.y", "🙂.🙂"])
def test_a_form_without_a_token_of_ours_is_refused(token: str, world: World):
    assert password_form(world.enterprise_user(), token) == 403


def test_another_person_s_token_is_refused(world: World):
    other = world.enterprise_user("other", 21)

    assert password_form(world.enterprise_user(), other.token()) == 403


def test_a_token_of_the_time_before_signing_in_is_refused(world: World):
    person = world.enterprise_user()

    assert password_form(person, new_csrf(world.services.keys, "a-visit")) == 403


def test_an_empty_binding_is_never_good(world: World):
    person = world.visitor()
    token = new_csrf(world.services.keys, "")

    answer = person.client.post("/sign-in", data={FIELD: token, "name": "a", "password": "b"})

    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver:81", "null", "http://testserver.evil"])
def test_a_request_from_another_origin_is_refused_even_with_a_token(origin: str, world: World):
    person = world.enterprise_user()

    assert password_form(person, person.token(), origin=origin) == 403


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 401)])
def test_without_an_origin_the_browser_s_own_word_counts(site: str, status: int, world: World):
    person = world.enterprise_user()

    assert password_form(person, person.token(), **{"sec-fetch-site": site}) == status


def test_the_token_differs_on_every_page(world: World):
    person = world.enterprise_user()

    assert person.get("/account").text != person.get("/account").text


def test_the_chat_of_a_visitor_needs_the_token_too(world: World):
    person = world.visitor()

    assert person.client.post("/", data={"q": "什么是AEO？"}).status_code == 403
    assert person.client.post("/stream", data={"q": "什么是AEO？"}).status_code == 403
    assert person.post("/", q="什么是AEO？").status_code == 200


def test_a_visitor_s_token_is_worth_nothing_in_another_browser(world: World):
    one, other = world.visitor(), world.visitor()
    token = one.token()
    other.keep("visit", "another-visit")

    assert other.client.post("/", data={FIELD: token, "q": "什么是AEO？"}).status_code == 403


def test_the_api_asks_for_the_header_only_where_a_session_could_be_misused(world: World):
    question = {"question": "什么是AEO？"}
    person = world.enterprise_user()

    assert world.visitor().client.post("/api/v1/ask", json=question).status_code == 200
    assert person.client.post("/api/v1/ask", json=question).status_code == 403
    token = person.client.get("/api/v1/session").json()["csrf"]
    assert person.client.post("/api/v1/ask", json=question, headers={HEADER: token}).status_code == 200


def test_every_form_on_every_page_carries_a_token(world: World):
    people = (world.visitor(), world.enterprise_user(), world.officer(), world.administrator())

    for person in people:
        for path in ("/", "/sign-in", "/join", "/account", "/colleagues", "/officer/binding-codes", "/admin/accounts"):
            page = person.get(path).text
            forms = [form.split("</form>")[0] for form in page.split("<form")[1:]]
            assert all(f'name="{FIELD}"' in form for form in forms if 'method="post"' in form), path


def test_the_policy_allows_no_inline_script_and_the_pages_have_none(world: World):
    answer = world.enterprise_user().get("/account")

    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
