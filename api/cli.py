"""The command line: `credit-assistant`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api import cli_add, cli_admin, cli_ask, cli_assess, cli_bridge, cli_eval, cli_knowledge, cli_records
from api.bootstrap import Parts
from api.bridge.errors import ChannelsWrong
from api.cli_output import console, fail
from api.settings import SettingsError, read_settings

app = typer.Typer(
    help="海关信用培育助手 / Customs credit cultivation assistant", no_args_is_help=True, pretty_exceptions_enable=False
)
cli_knowledge.app.command("add")(cli_add.add_command)
app.add_typer(cli_knowledge.app, name="knowledge")
app.add_typer(cli_records.app, name="records")
app.add_typer(cli_assess.app, name="assess")
app.add_typer(cli_admin.app, name="admin")
app.add_typer(cli_bridge.app, name="bridge")
app.command("ask")(cli_ask.ask_command)
app.command("eval")(cli_eval.eval_command)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    workers: Annotated[int, typer.Option(min=1, help="worker processes; more than one needs CREDIT_CHROMA_URL")] = 1,
) -> None:
    """Serve the web application; index, schema and, in demo mode, sample data are made first if missing."""
    import uvicorn

    from api import cli_start

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
    uvicorn.run(
        "web.app:create",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level=settings.log_level,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.trusted_proxies,
    )


def main() -> None:
    """Run the command line; a wrong setting ends with a sentence, not a traceback."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except (SettingsError, ChannelsWrong) as error:
        console.print(str(error), style="red", markup=False)
        raise SystemExit(2) from error
