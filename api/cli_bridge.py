"""`credit-assistant bridge …`: check channel accounts step by step, publish their menus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.bootstrap import Parts, now
from api.cli_output import console, fail
from api.settings import read_settings

if TYPE_CHECKING:  # other commands start without the channels
    from api.bridge.bridge import Bridge

app = typer.Typer(name="bridge", help="accounts on WeChat and WeCom", no_args_is_help=True)


@app.command()
def check(
    account: Annotated[str, typer.Argument(help="one account by its key; all of them without it")] = "",
) -> None:
    """Look at configuration, token, allow-list and callback of each account; ends with 1 if a step failed."""
    from api.bridge.checking import check_account

    parts = Parts(read_settings())
    bridge, failed = _bridge(parts), False
    with parts.database.reading() as session:
        for (channel, name), adapter in bridge.adapters.items():
            if account not in ("", name):
                continue
            typer.echo(f"{channel}/{name}")
            steps = check_account(
                adapter,
                bridge.ground.client,
                parts.settings.public_url or "",
                now(),
                lambda one, other: bridge.inbox.last_received(session, one, other),
            )
            for step in steps:
                failed = failed or not step.ok
                typer.echo(f"  {'ok    ' if step.ok else 'FAILED'} {step.name}: {step.says}")
    raise typer.Exit(1 if failed else 0)


@app.command()
def menu(account: Annotated[str, typer.Argument(help="the account's key")]) -> None:
    """Publish the menu of an official account or an application; it replaces the one made in the console."""
    from api.bridge.adapters.wechat_oa import WechatOfficialAccount
    from api.bridge.adapters.wecom_app import WecomApplication
    from api.bridge.menus import menu_of
    from api.bridge.model import Channel, SendOutcome

    parts = Parts(read_settings())
    for (_, name), adapter in _bridge(parts).adapters.items():
        if name == account and isinstance(adapter, WechatOfficialAccount | WecomApplication):
            query = {"agentid": str(adapter.account.agent_id)} if adapter.account.channel is Channel.WECOM_APP else {}
            wanted = menu_of(adapter.account, parts.settings.public_url or "")
            called = adapter.platform.post("/cgi-bin/menu/create", wanted, **query)
            if called.outcome is not SendOutcome.SENT:
                fail(f"the platform refused the menu: {called.code}", code=1)
            console.print("the menu is published; it is shown after some minutes")
            return
    fail(f"there is no official account or application with the key {account}")


def _bridge(parts: Parts) -> Bridge:
    from api.store.schema import SchemaOld, check_schema

    bridge = parts.bridge
    if bridge is None:
        fail("no channel account is configured: set CREDIT_CHANNELS_FILE, see docs/bridge.md")
    try:
        check_schema(parts.database)
    except SchemaOld as error:
        fail(str(error))
    return bridge
