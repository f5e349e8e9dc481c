"""The administrators' audit log, settings and accounts."""

from __future__ import annotations

from dataclasses import replace

from pydantic import SecretStr
from sqlalchemy import text

from api.auth.identity import Kind
from api.settings import Settings
from api.settings_readout import read_out
from tests.people import A, World, uscc
from web.act_names import named_detail
from web.views import english

SECRET = "Zk3-tests-hidden-9fQm7xWv2LrB8nTyHcPq"


def test_the_audit_log_is_searched_by_person_act_subject_and_day(world: World):
    admin = world.administrator("root")
    made = admin.post("/admin/accounts", kind="officer", name="wang.officer", customs="Y1")
    assert made.status_code == 200
    wang = world.account("wang.officer")

    for query in ("actor=root", "action=account_created", "subject=wang.officer", "since=2026-11-22&until=2026-11-22"):
        assert wang.sign_in_name in admin.get(f"/admin/audit?{query}").text.split("<tbody>")[1], query
    for query in ("actor=nobody", "action=signed_out", "subject=nobody", "until=2026-11-21", "since=2026-11-23"):
        assert "没有符合的记录" in admin.get(f"/admin/audit?{query}").text, query


def test_an_enterprise_is_found_by_its_credit_code_and_shown_by_its_pseudonym(world: World):
    officer, admin = world.officer(), world.administrator()
    officer.post("/officer/binding-codes", uscc=uscc(A))

    found = admin.get(f"/admin/audit?subject={uscc(A)}").text.split("<tbody>")[1]

    assert world.services.trail.enterprise(uscc(A)) in found
    assert uscc(A) not in found


def test_what_was_noted_with_an_act_is_said_in_the_words_of_both_languages():
    noted = {"reason": "review", "document": "gacc-2026-999", "unheard_of": "1"}

    in_chinese = [named_detail(name, value, str) for name, value in noted.items()]
    in_english = [named_detail(name, value, english().__getitem__) for name, value in noted.items()]

    assert in_chinese == ["理由 审核自我评估", "文件 gacc-2026-999", "unheard_of 1"]
    assert in_english == [f"Reason {english()['审核自我评估']}", f"{english()['文件']} gacc-2026-999", "unheard_of 1"]


def test_reading_and_exporting_the_audit_log_leave_rows(world: World):
    admin = world.administrator()
    admin.get("/admin/audit?actor=somebody")
    exported = admin.get("/admin/audit/export.csv").text

    assert world.actions() == ["audit_read", "audit_exported"]
    assert "somebody" not in exported
    assert exported.splitlines()[0].endswith("number,at,actor,actor_kind,action,subject,details,digest")
    assert len(exported.splitlines()) == 3


def test_the_log_is_read_page_by_page(world: World):
    admin = world.administrator()
    for _ in range(51):
        admin.get("/admin/audit")

    assert "更早的记录" in admin.get("/admin/audit").text
    assert "更早的记录" not in admin.get("/admin/audit?before=20").text


def test_a_row_that_was_changed_is_seen_on_the_page_and_by_the_check(world: World):
    admin = world.administrator()
    admin.get("/admin/audit")
    assert "整条链完好" in admin.post("/admin/audit/verify").text
    with world.services.database.writing() as session:
        session.execute(text("DROP TRIGGER IF EXISTS audit_entry_no_update"))
        for name in session.scalars(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_entry'")
        ).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit_entry SET action = 'signed_in' WHERE number = 1"))

    assert "与链不符" in admin.get("/admin/audit").text
    assert "链在这一行断开" in admin.post("/admin/audit/verify").text


def test_no_setting_tells_a_secret_or_a_part_of_one(world: World):
    settings = Settings(
        _env_file=None,
        secret_key=SecretStr(SECRET),
        llm_api_key=SecretStr(SECRET),
        llm_base_url="http://user:pass-word@model.example/v1",
        llm_model="small",
        database_url="postgresql://credit:hush@db.example/credit?password=mumbled",
    )
    rows = read_out(settings, {"CREDIT_SECRET_KEY": SECRET})
    world.app.state.services = replace(world.services, settings=rows)

    page = world.administrator().get("/admin/settings").text

    assert {row.name for row in rows} == {f"CREDIT_{name.upper()}" for name in Settings.model_fields}
    assert all(word not in page for word in (SECRET, SECRET[:6], "pass-word", "hush", "mumbled"))
    assert "db.example" in page
    assert "已设置，不显示" in page


def test_a_new_range_ends_the_sessions_of_an_account(world: World):
    admin, officer = world.administrator(), world.officer("wang")
    assert officer.get("/enterprises").status_code == 200

    changed = admin.post(f"/admin/accounts/{officer.account_id}", kind="officer", display_name="王", customs="Y9")

    assert changed.status_code == 303
    assert world.account("wang").customs == "Y9"
    assert officer.get("/enterprises").status_code != 200
    assert world.actions() == ["account_changed"]


def test_an_officer_becomes_a_coordinator_and_keeps_no_district(world: World):
    admin, officer = world.administrator(), world.officer("wang")

    admin.post(f"/admin/accounts/{officer.account_id}", kind="coordinator", coordinator="coordinator-Y1")

    account = world.account("wang")
    assert (account.kind, account.customs, account.coordinator) == (Kind.COORDINATOR, None, "coordinator-Y1")


def test_nobody_changes_the_own_kind_or_that_of_an_enterprise_user(world: World):
    admin, user = world.administrator("root"), world.enterprise_user("user")

    assert admin.post(f"/admin/accounts/{admin.account_id}", kind="officer", customs="Y1").status_code == 409
    assert admin.post(f"/admin/accounts/{user.account_id}", kind="administrator").status_code == 409


def test_assignments_are_shown_from_the_shared_records(world: World):
    admin, coordinator = world.administrator(), world.coordinator()

    page = admin.get(f"/admin/accounts/{coordinator.account_id}").text

    assert uscc(A) in page
    assert "在这里只读" in page


def test_accounts_are_listed_by_kind_and_state(world: World):
    admin, user = world.administrator("root"), world.enterprise_user("user")
    admin.post(f"/admin/accounts/{user.account_id}/disable")

    assert "user" not in admin.get("/admin/accounts?kind=administrator").text.split("<tbody>")[1]
    assert "root" not in admin.get("/admin/accounts?state=disabled").text.split("<tbody>")[1].split("</tbody>")[0]
