"""The command line: `credit-assistant`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.bootstrap import LibraryAway, Parts
from api.bridge.errors import ChannelsWrong
from api.cli_output import console, fail
from api.settings import Settings, SettingsError, read_settings

# Where each command is defined; `cli_add` adds itself to the commands of `cli_knowledge`.
MODULES = {
    "ask": "api.cli_ask",
    "eval": "api.cli_eval",
    "knowledge": "api.cli_add",
    "records": "api.cli_records",
    "assess": "api.cli_assess",
    "admin": "api.cli_admin",
    "bridge": "api.cli_bridge",
}


class Commands(TyperGroup):
    """Commands that are imported when they are called: `ask` starts without databases and file formats."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command; where there is none of the name, all are there to be suggested."""
        for name in [cmd_name] if cmd_name in MODULES else MODULES:
            self._load(name)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return [*MODULES, *(name for name in super().list_commands(ctx) if name not in MODULES)]

    def _load(self, name: str) -> None:
        if name not in self.commands:
            one = typer.Typer()
            one.add_typer(import_module(MODULES[name]).app)
            self.commands[name] = typer.main.get_group(one).commands[name]


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def credit_assistant() -> None:
    """海关信用培育助手 / Customs credit cultivation assistant."""


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    workers: Annotated[int, typer.Option(min=1, help="worker processes; more than one needs CREDIT_CHROMA_URL")] = 1,
) -> None:
    """Serve the web application; index, schema and, in demo mode, sample data are made first if missing."""
    import uvicorn

    from api import cli_knowledge, cli_start

    settings = read_settings()
    if workers > 1 and not settings.chroma_url:
        fail(
            "several workers cannot share an embedded Chroma directory. Start `chroma run --path "
            f"{settings.vectors_dir}` and set CREDIT_CHROMA_URL, or use one worker."
        )
    host, port = host or settings.host, port or settings.port
    parts = Parts(settings)
    _ = parts.channel_accounts  # a wrong one refuses to start
    cli_knowledge.build_if_missing(parts)
    cli_start.prepare(parts, settings.public_url or f"http://{host}:{port}")
    uvicorn.run(**server_options(settings, host, port, workers))


def server_options(settings: Settings, host: str, port: int, workers: int) -> dict[str, Any]:
    """Return how the server is run. It writes no access log: addresses of callbacks hold signatures and persons."""
    return {
        "app": "web.app:create",
        "factory": True,
        "host": host,
        "port": port,
        "workers": workers,
        "log_level": settings.log_level,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "forwarded_allow_ips": settings.trusted_proxies,
    }


def main() -> None:
    """Run the command line; a wrong setting ends with a sentence, not a traceback."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except (SettingsError, ChannelsWrong, LibraryAway) as error:
        console.print(str(error), style="red", markup=False)
        raise SystemExit(2) from error
