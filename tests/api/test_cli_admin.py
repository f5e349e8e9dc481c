"""The command line for operations: first administrator, schema, backup, audit log, and the start in both modes."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient
from typer import Exit
from typer.testing import CliRunner, Result

from api import cli_start
from api.auth.demo import DEMO_NAMES
from api.auth.identity import Identity, Kind, scope_of
from api.bootstrap import Parts
from api.cli import app
from api.records.gateway.assignments import list_enterprises
from api.settings import Settings, read_settings
from api.store import Account
from api.store.schema import migrate
from assistant.answering import Assistant
from knowledge.models import Provision
from tests.people import DAY
from tests.services import SECRET, VisitorClient
from web.app import create_app

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("CREDIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CREDIT_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """An installation with an empty, migrated database."""
    opened = Parts(Settings(data_dir=tmp_path / "var"))
    migrate(opened.database)
    return opened


def admin(*arguments: str) -> Result:
    """Run an admin command."""
    return RUNNER.invoke(app, ["admin", *arguments])


def said(result: Result) -> str:
    """Everything printed, in one line."""
    return " ".join((result.stdout + result.stderr).split())


@pytest.mark.parametrize("command", [("create-user", "root"), ("backup",), ("verify-audit",), ("export-audit",)])
def test_without_the_schema_every_command_says_how_to_make_it(command: tuple[str, ...]):
    result = admin(*command)

    assert result.exit_code == 2
    assert "credit-assistant admin migrate" in said(result)


def test_migrate_makes_the_schema_and_says_what_it_did():
    assert "empty -> " in said(admin("migrate"))
    assert admin("verify-audit").exit_code == 0


def test_the_first_administrator_gets_a_link_and_no_password(parts: Parts):
    result = admin("create-user", "Li.Ming")

    assert re.fullmatch(r"http://127.0.0.1:8000/join\?code=[A-Z0-9-]{19}\n", result.stdout)
    with parts.database.reading() as session:
        account = session.scalars(select(Account)).one()
    assert (account.sign_in_name, account.kind, account.password_hash) == ("li.ming", "administrator", None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("create-user", "a"), "3 to 80"), (("create-user", "off", "--kind", "officer"), "customs code"),
     (("create-user", "ent", "--kind", "enterprise"), "kind of account"), (("restore", "nothing.zip"), "not a backup"),
     (("verify-audit", "nothing.jsonl"), "No such file"), (("code", "0189"), "not an authenticator key")],
)  # fmt: skip
def test_what_cannot_be_done_ends_with_one_sentence(arguments: tuple[str, ...], words: str, parts: Parts):
    result = admin(*arguments)

    assert result.exit_code in (1, 2)
    assert words in said(result)
    assert "Traceback" not in said(result)


def test_a_backup_is_written_beside_the_data_and_restored_elsewhere(parts: Parts, monkeypatch: pytest.MonkeyPatch):
    admin("create-user", "li.ming")
    target = admin("backup").stdout.split(":")[0]
    monkeypatch.setenv("CREDIT_DATABASE_URL", "sqlite:///other.db")

    result = admin("restore", target)

    assert result.exit_code == 0, said(result)
    with Parts(read_settings()).database.reading() as session:
        assert session.scalars(select(Account.sign_in_name)).all() == ["li.ming"]


def test_the_log_is_exported_and_verified_and_one_changed_byte_is_found(parts: Parts):
    admin("create-user", "li.ming")
    admin("export-audit", "--to", "log.jsonl")

    assert admin("verify-audit", "log.jsonl").exit_code == 0
    Path("log.jsonl").write_text(Path("log.jsonl").read_text().replace("console", "Console"))
    assert "broken at row 1" in said(admin("verify-audit", "log.jsonl"))


def test_one_changed_byte_in_the_database_is_found(parts: Parts):
    admin("create-user", "li.ming")
    head = re.search(r"head (\S+)", admin("verify-audit").stdout)
    with parts.database.writing() as session:
        session.execute(text("DROP TRIGGER audit_entry_no_update"))
        session.execute(text("UPDATE audit_entry SET action = 'account_createe'"))

    result = admin("verify-audit")

    assert result.exit_code == 1
    assert "broken at row 1" in said(result)
    assert admin("verify-audit", "--head", head[1] if head else "").exit_code == 1


def test_exported_rows_are_json_and_may_begin_at_a_day(parts: Parts):
    admin("create-user", "li.ming")

    rows = [json.loads(line) for line in admin("export-audit").stdout.splitlines()]

    assert [row["action"] for row in rows] == ["account_created"]
    assert admin("export-audit", "--since", "2999-01-01").stdout == ""


def test_the_code_of_a_key_is_what_an_authenticator_shows():
    secret = pyotp.random_base32()

    assert pyotp.TOTP(secret).verify(admin("code", secret).stdout.strip(), valid_window=1)


def start(tmp_path: Path, **settings: object) -> Parts:
    """Do what `serve` does before it serves."""
    opened = Parts(Settings(data_dir=tmp_path / "var", **settings))  # type: ignore[arg-type]
    cli_start.prepare(opened, "http://127.0.0.1:8000")
    return opened


def printed(output: str) -> dict[str, str]:
    """The demo accounts with their passwords, as printed."""
    return dict(re.findall(r"^  (demo-\w+)\s+(\S+)", output, re.M))


def test_the_demo_makes_records_and_four_accounts_with_new_passwords_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    start(tmp_path)
    first = printed(capsys.readouterr().out)
    start(tmp_path)
    second = printed(capsys.readouterr().out)

    assert (tmp_path / "var" / "records.db").exists()
    assert set(first) == set(second) == set(DEMO_NAMES)
    assert not set(first.values()) & set(second.values())


@pytest.fixture
def demo(
    tmp_path: Path, quick_assistant: Assistant, provisions: list[Provision], capsys: pytest.CaptureFixture[str]
) -> tuple[TestClient, str]:
    """A browser on the demo, and what its start printed."""
    opened = start(tmp_path)
    app = create_app(quick_assistant, provisions, services=opened.services)
    return VisitorClient(app, opened.keys), capsys.readouterr().out


@pytest.mark.parametrize("name", DEMO_NAMES)
def test_with_what_was_printed_a_person_can_sign_in(name: str, demo: tuple[TestClient, str]):
    client, output = demo
    page = client.post("/sign-in", data={"name": name, "password": printed(output)[name]})
    if "second-factor" in str(page.url):
        keys = dict(zip(["demo-officer", "demo-administrator"], re.findall(r"key: (\w+)", output), strict=True))
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)
        client.headers["x-csrf-token"] = token[1] if token else ""
        page = client.post("/second-factor", data={"code": admin("code", keys[name]).stdout.strip()})

    assert page.status_code == 200
    assert name in page.text.split("<main")[0]


def test_the_demo_coordinator_has_enterprises(demo: tuple[TestClient, str], tmp_path: Path):
    opened = Parts(Settings(data_dir=tmp_path / "var"))
    assert opened.records
    with opened.database.reading() as session:
        account = session.scalars(select(Account).where(Account.sign_in_name == "demo-coordinator")).one()

    who = Identity(kind=Kind.COORDINATOR, coordinator=account.coordinator or "", complete=True)
    with opened.records.reader() as reader:
        assert list_enterprises(reader, scope_of(who, DAY))


def test_production_refuses_an_old_schema_and_names_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(Exit):
        start(tmp_path, mode="production", secret_key=SECRET)

    assert "credit-assistant admin migrate" in " ".join(capsys.readouterr().err.split())


def test_production_has_no_demo_accounts_and_closes_those_that_were_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    start(tmp_path)
    capsys.readouterr()

    opened = start(tmp_path, mode="production", secret_key=SECRET)

    assert capsys.readouterr().out == ""
    with opened.database.reading() as session:
        assert all(account.disabled_at for account in session.scalars(select(Account)))


def test_real_records_get_no_demo_accounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    opened = start(tmp_path)
    capsys.readouterr()
    sample = opened.settings.sample_records
    with closing(sqlite3.connect(sample)) as connection, connection:
        connection.execute("UPDATE enterprise SET name = replace(name, '示例', '')")

    start(tmp_path)

    output = capsys.readouterr()
    assert printed(output.out) == {}
    assert "no demo accounts" in output.err
