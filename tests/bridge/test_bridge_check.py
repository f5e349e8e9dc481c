"""`bridge check` says of each account what works and what to do; nothing is sent to anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from api.bridge.accounts import ChannelAccount
from api.bridge.bridge import Bridge
from api.bridge.checking import Step, check_account
from api.bridge.model import Channel
from api.cli import app
from tests.bridge.bench import APP, HOOK, KF, OA, Bench, account
from tests.bridge.bot_server import SECRET, running_bot_server
from tests.bridge.hall import Hall

URL = "http://testserver"


def steps(bridge: Bridge, values: dict[str, Any], client: httpx2.Client, url: str = URL) -> dict[str, Step]:
    """The steps of an account by name."""
    adapter = bridge.adapters[(values["channel"], values["account"])]
    found = check_account(adapter, client, url, bridge.ground.now(), lambda channel, name: None)
    return {step.name: step for step in found}


def through(hall: Hall) -> httpx2.Client:
    """A client that reaches our application as the internet would."""
    visitor = hall.world.visitor().client

    def take(request: httpx2.Request) -> httpx2.Response:
        answer = visitor.get(str(request.url))
        return httpx2.Response(answer.status_code, content=answer.content, headers={"content-type": "text/plain"})

    return httpx2.Client(transport=httpx2.MockTransport(take))


@pytest.mark.parametrize("values", [OA, APP, KF])
def test_a_good_account_passes_every_step(values: dict[str, Any], hall: Hall):
    found = steps(hall.bridge, values, through(hall))

    assert [step.name for step in found.values() if not step.ok] == []
    assert "proves to be ours" in found["callback"].says
    assert hall.bench.platform.sent == []


@pytest.mark.parametrize(
    ("code", "advice"), [(40164, "IP白名单"), (60020, "企业可信IP"), (48001, "认证"), (999, "return")]
)
def test_a_refusal_says_what_to_do(code: int, advice: str, hall: Hall):
    hall.bench.platform.let_next("cgi-bin/get_api_domain_ip", code)

    found = steps(hall.bridge, OA, through(hall))

    assert not found["token and allow-list"].ok
    assert advice in found["token and allow-list"].says
    assert found["callback"].ok


def test_a_wrong_secret_is_named(bench: Bench):
    bridge = bench.worker(account(OA, secret="wrong-secret-for-tests"))

    assert "the secret is wrong" in steps(bridge, OA, bench.platform.client)["token and allow-list"].says


def test_an_address_that_is_not_reached_or_not_ours_is_named(bench: Bench, worker: Bridge):
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no", request=request)

    away = httpx2.Client(transport=httpx2.MockTransport(refuse))
    other = httpx2.Client(transport=httpx2.MockTransport(lambda _: httpx2.Response(403)))

    assert "is the server running" in steps(worker, OA, away)["callback"].says
    assert "same channels file" in steps(worker, OA, other)["callback"].says
    assert "CREDIT_PUBLIC_URL" in steps(worker, OA, away, "")["callback"].says


def test_a_bot_is_let_in_or_not(bench: Bench):
    bot = {"channel": "wecom_aibot", "account": "bot", "bot_id": "b", "secret": SECRET}
    with running_bot_server() as bots:
        good = bench.worker(account(bot, api_base=bots.address))
        wrong = bench.worker(account(bot, api_base=bots.address, secret="another-secret"))

        assert steps(good, bot, bench.platform.client)["connection"].ok
        assert "wrong" in steps(wrong, bot, bench.platform.client)["connection"].says
    gone = bench.worker(account(bot, api_base="ws://127.0.0.1:1"))
    assert not steps(gone, bot, bench.platform.client)["connection"].ok


def test_a_webhook_shows_its_addresses(bench: Bench):
    bridge = bench.worker(account(HOOK))

    assert steps(bridge, HOOK, bench.platform.client)["send_url"].says == "http://hook.test/in"


def test_without_accounts_the_command_says_where_to_begin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)

    said = CliRunner().invoke(app, ["bridge", "check"])

    assert said.exit_code != 0
    assert "CREDIT_CHANNELS_FILE" in said.output


def test_the_command_ends_with_1_where_a_step_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, migrated: Path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "channels.yaml").write_text(f"- {{channel: webhook, account: a, secret: {'x' * 40}}}\n")
    monkeypatch.setenv("CREDIT_CHANNELS_FILE", str(tmp_path / "channels.yaml"))
    monkeypatch.setenv("CREDIT_DATABASE_URL", f"sqlite:///{migrated}")

    said = CliRunner().invoke(app, ["bridge", "check"])

    assert said.exit_code == 1
    assert "FAILED callback: set CREDIT_PUBLIC_URL" in said.output
    assert "x" * 40 not in said.output


def test_the_runbook_names_every_setting_and_every_channel():
    runbook = (Path(__file__).parents[2] / "docs" / "bridge.md").read_text()

    assert [name for name in ChannelAccount.model_fields if name not in runbook] == []
    assert [channel for channel in Channel if channel not in runbook] == []
