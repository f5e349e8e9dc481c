"""Self-assessment through the JSON doors: a whole life of one, two people at once, refusals in the usual shape."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from api.usecases.assess_submission import canonical, digest
from selfassess.loader import get_standard
from tests.api.assess.evidence_cases import docx
from tests.people import A, B, Person, World

ROOT = "/api/v1/assessments"
ITEMS = list(get_standard("advanced-2026").items)


@pytest.fixture
def wang(world: World) -> Person:
    """Somebody of enterprise A."""
    return world.enterprise_user()


def send(person: Person, method: str, path: str, status: int = 200, **body: Any) -> Any:
    """Call a door and return what it says."""
    answer = person.call(method, path, **({"json": body} if body or method in ("POST", "PUT", "PATCH") else {}))
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def begun(person: Person, **given: Any) -> str:
    """An assessment against the advanced standard."""
    return send(person, "POST", ROOT, 201, standard="advanced-2026", profile={"production": True}, **given)["id"]


def answered(person: Person, id_: str, **grades: str) -> Any:
    """Answer every item with met, but for those named no_5=…"""
    answers = {no: {"grade": grades.get(f"no_{no}", "met")} for no in ITEMS}
    return send(person, "PUT", f"{ROOT}/{id_}/answers", answers=answers)


def test_a_whole_assessment_from_beginning_to_handing_in(wang: Person):
    id_ = begun(wang)
    proposals = send(wang, "GET", f"{ROOT}/{id_}/prefill")
    confirmed = send(wang, "POST", f"{ROOT}/{id_}/prefill")["saved"]
    answered(wang, id_, no_2="not_met")
    result = send(wang, "GET", f"{ROOT}/{id_}/results?language=en")
    version = send(wang, "POST", f"{ROOT}/{id_}/submissions", 201)
    listed = send(wang, "GET", f"{ROOT}/{id_}/submissions")

    certain = [one["no"] for one in proposals if one["grade"]]
    assert set(confirmed) == set(certain)
    assert (result["outcome"]["passed"], [gap["no"] for gap in result["gaps"]]) == (False, ["2"])
    assert result["forecast"]["all_pass_on"] == "2026-11-22"
    assert result["fixes"]["recommended"] == ["2"]
    assert (listed["submissions"][0]["id"], listed["missing"]) == (version["id"], [])


def test_a_version_reads_as_frozen_and_its_digest_can_be_checked(wang: Person):
    id_ = begun(wang)
    answered(wang, id_)
    version = send(wang, "POST", f"{ROOT}/{id_}/submissions", 201)

    frozen = send(wang, "GET", f"/api/v1/submissions/{version['id']}")
    withdrawn = send(wang, "POST", f"/api/v1/submissions/{version['id']}/withdraw", why="补材料")

    assert digest(canonical(frozen)) == version["sha256"]
    assert withdrawn["withdrawn_why"] == "补材料"
    assert send(wang, "GET", f"/api/v1/submissions/{version['id']}") == frozen


def test_two_people_at_one_item_are_told_and_one_answer_is_chosen(world: World, wang: Person):
    li, id_ = world.enterprise_user("li", A, first=False), begun(wang)
    path = f"{ROOT}/{id_}/answers"
    send(wang, "PUT", path, answers={"2": {"grade": "met", "seen": ""}})

    clash = send(li, "PUT", path, answers={"2": {"grade": "not_met", "seen": ""}})["saved"]["2"]
    send(wang, "PUT", path, answers={"2": {"choose": clash["others"][0]["number"]}})

    kept = send(wang, "GET", f"{ROOT}/{id_}")["answers"]["2"]
    assert (clash["state"], clash["others"][0]["by"]) == ("differs", "user-a")
    assert (kept["differs"], [one["grade"] for one in kept["entries"]]) == (False, ["met"])


def test_suppositions_and_forecast_are_computed_and_nothing_is_stored(wang: Person):
    id_ = begun(wang)
    before = send(wang, "GET", f"{ROOT}/{id_}")

    supposed = send(wang, "POST", f"{ROOT}/{id_}/what-if", sentence="如果今年再被罚一次6万")
    unclear = send(wang, "POST", f"{ROOT}/{id_}/what-if", sentence="如果明天下雨")

    assert [(one["no"], one["after"]) for one in supposed["changes"]] == [("18", "not_met")]
    assert unclear["asks"]
    assert send(wang, "GET", f"{ROOT}/{id_}/forecast")["items"] == []
    assert send(wang, "GET", f"{ROOT}/{id_}") == before


def test_the_plan_is_begun_changed_and_taken_apart(wang: Person):
    id_ = begun(wang)
    answered(wang, id_, no_2="not_met")

    (task,) = send(wang, "POST", f"{ROOT}/{id_}/plan")
    path = f"/api/v1/assessment-tasks/{task['id']}"
    changed = send(wang, "PUT", path, item="2", what="写制度", owner="关务部", due="2027-01-31", done=True)
    send(wang, "DELETE", path, 204)

    assert task["item"] == "2"
    assert changed["remind_on"] == "2027-01-17"
    assert changed["done_at"]
    assert send(wang, "GET", f"{ROOT}/{id_}/plan") == []


def test_profile_day_figures_and_list_are_changed(wang: Person):
    id_ = begun(wang)

    changed = send(wang, "PATCH", f"{ROOT}/{id_}", profile={"stage": "under_review"}, on="2026-10-01")
    figures = send(wang, "PUT", f"{ROOT}/{id_}/figures", figures={"unit": "元", "cash": 1}, seen=0)
    late = wang.call("PUT", f"{ROOT}/{id_}/figures", json={"figures": {"unit": "元", "cash": 2}, "seen": 0})
    send(wang, "PATCH", f"{ROOT}/{id_}", put_away=True)

    assert (changed["profile"]["stage"], changed["day"]) == ("under_review", "2026-10-01")
    assert figures["figures"]["number"] == 1
    assert (late.status_code, late.json()["error"]["code"]) == (409, "conflict")
    assert send(wang, "GET", ROOT) == []


def test_the_export_is_imported_unchanged(wang: Person):
    id_ = begun(wang)
    answered(wang, id_, no_2="not_met")
    send(wang, "POST", f"{ROOT}/{id_}/plan")
    document = send(wang, "GET", f"{ROOT}/{id_}/export")

    copy = send(wang, "POST", f"{ROOT}/import", 201, **document)["id"]

    assert send(wang, "GET", f"{ROOT}/{copy}/export") == document


def test_another_level_takes_the_answers_over(wang: Person):
    id_ = begun(wang)
    answered(wang, id_)

    carried = send(wang, "POST", f"{ROOT}/{id_}/carry-over", 201, standard="certified-2026")

    assert carried["answers"]
    assert carried["recheck"]
    assert set(carried["answers"]).isdisjoint(carried["recheck"])


def test_progress_is_shown_and_the_average_of_too_few_is_not(wang: Person):
    id_ = begun(wang)
    answered(wang, id_)

    compared = send(wang, "GET", f"{ROOT}/{id_}/comparison")

    assert (compared["percent"], compared["peers"]) == (100, None)
    assert [one["assessment_id"] for one in compared["progress"]] == [id_]


def upload(person: Person, path: str, content: bytes, name: str = "制度.docx", **form: Any) -> Any:
    """Send a file as a program does."""
    return person.call("POST", path, files={"file": (name, content, "text/html")}, data=form)


def test_evidence_is_uploaded_linked_revised_found_and_opened(wang: Person):
    id_, first, second = begun(wang), docx("每月抽查"), docx("每周抽查")

    added = upload(wang, f"{ROOT}/{id_}/evidence", first, items=["5", "6"], period_from="2026-01-01").json()
    path = f"/api/v1/evidence/{added['id']}"
    revised = upload(wang, path, second).json()
    linked = send(wang, "PUT", path, assessment=id_, items=["5"])
    found = send(wang, "GET", "/api/v1/evidence?q=每周")
    file = wang.call("GET", path, params={"number": 1})

    assert (added["title"], added["items"], added["revisions"][0]["period_from"]) == ("制度", ["5", "6"], "2026-01-01")
    assert [one["sha256"] for one in revised["revisions"]] == [sha256(one).hexdigest() for one in (second, first)]
    assert (linked["items"], [one["document"]["id"] for one in found]) == (["5"], [added["id"]])
    assert file.content == first
    assert file.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in file.headers["content-security-policy"]


def test_a_file_that_is_no_evidence_or_too_large_is_refused_with_the_reason(wang: Person):
    id_ = begun(wang)

    wrong = upload(wang, f"{ROOT}/{id_}/evidence", b"<script>alert(1)</script>", "a.pdf", items=["5"])
    large = upload(wang, f"{ROOT}/{id_}/evidence", b"%PDF-" + b"x" * 22_000_000, "a.pdf", items=["5"])

    assert (wrong.status_code, "只接收pdf" in wrong.json()["error"]["zh"]) == (400, True)
    assert (large.status_code, large.json()["error"]["code"]) == (413, "too_large")
    assert send(wang, "GET", f"{ROOT}/{id_}/evidence") == []


def test_the_walk_is_there_for_programs(wang: Person):
    path = f"{ROOT}/messages"
    send(wang, "POST", path, message="帮我做自评")
    first = send(wang, "POST", path, message="高级认证自评")

    between = send(wang, "POST", path, message="高级认证企业几年复核一次？", step=first["step"])
    after = send(wang, "POST", path, message="达标", step=between["step"])

    assert (first["item"], "达标" in first["choices"], "停" in first["steering"]) == ("1", True, True)
    assert between["answer"]["citations"]
    assert (between["item"], after["item"], after["answer"]) == ("1", "2", None)


REFUSED = [
    ("POST", "", {"standard": "none"}, 400, "none"),
    ("POST", "", {"standard": "advanced-2026", "on": "2020-01-01"}, 400, "2026"),
    ("POST", "", {"standard": "advanced-2026", "on": "yesterday"}, 422, "on"),
    ("POST", "", {"standard": "advanced-2026", "x": 1}, 422, "no field x"),
    ("POST", "", {}, 422, "standard is missing"),
    ("POST", "/import", {"format": "x"}, 400, "not an exported"),
    ("PUT", "/{}/answers", {"answers": {"2": {"grade": "good"}}}, 422, "answers.2.grade"),
    ("PUT", "/{}/answers", {"answers": {}}, 422, "answers"),
    ("PUT", "/{}/figures", {"figures": {"nonsense": 1}}, 400, ""),
    ("POST", "/{}/prefill", {"items": ["2"]}, 400, "item 2"),
    ("POST", "/{}/submissions", {}, 400, "not answered"),
    ("POST", "/{}/plan", {"task": {"item": "999", "what": "x"}}, 400, "item"),
    ("POST", "/{}/carry-over", {"standard": "single-business-2026"}, 400, "common"),
]


def test_what_cannot_be_is_refused_in_the_usual_shape(wang: Person):
    id_, wrong = begun(wang), []

    for method, path, body, status, says in REFUSED:
        answer = wang.call(method, ROOT + path.format(id_), json=body)
        error = answer.json().get("error", {})
        if (answer.status_code, set(error)) != (status, {"code", "zh", "en"}) or says not in error["en"]:
            wrong.append((method, path, body, answer.status_code, answer.text))

    assert wrong == []


def test_another_enterprise_finds_nothing_of_it(world: World, wang: Person):
    id_ = begun(wang)
    document = upload(wang, f"{ROOT}/{id_}/evidence", docx("x"), items=["5"]).json()["id"]
    li = world.enterprise_user("li", B)
    own = begun(li)

    seen = [li.call("GET", path).status_code for path in (f"{ROOT}/{id_}", f"/api/v1/evidence/{document}")]
    linked = li.call("PUT", f"/api/v1/evidence/{document}", json={"assessment": own, "items": ["5"]})

    assert (seen, linked.status_code) == ([404, 404], 404)
    assert send(li, "GET", "/api/v1/evidence") == []


def test_every_door_is_described_with_what_it_answers_and_refuses(world: World):
    described = world.visitor().client.get("/openapi.json").json()["paths"]
    ours = ("assessment", "evidence", "submissions")
    doors = {path: one for path, one in described.items() if any(name in path for name in ours)}

    assert len(doors) >= 20
    for path, methods in doors.items():
        for method, one in methods.items():
            answers = one["responses"]
            assert {"400", "401", "403", "404", "409", "422"} <= set(answers), f"{method} {path}"
            assert one["description"], f"{method} {path}"
