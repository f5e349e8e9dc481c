"""`credit-assistant admin …`: the first administrator, schema, backup, audit log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import pyotp
import typer
from sqlalchemy.exc import DBAPIError

from api.auth.audit import read_rows
from api.auth.identity import CONSOLE, Kind
from api.auth.second_factor import SECONDS
from api.auth.work import Work
from api.bootstrap import Parts, now
from api.cli_knowledge import build
from api.cli_output import console, fail
from api.errors import AppError
from api.settings import read_settings
from api.store.schema import SchemaOld, check_schema, current_step, migrate
from api.usecases.accounts import NewAccount, create_account
from api.usecases.backup import BackupFailed, save, take_back

app = typer.Typer(name="admin", help="accounts, schema, backup, audit log", no_args_is_help=True)


@app.command("create-user")
def create_user(
    name: Annotated[str, typer.Argument(help="the name the person signs in with")],
    kind: Annotated[Kind, typer.Option(help="administrator, officer or coordinator")] = Kind.ADMINISTRATOR,
    display_name: Annotated[str, typer.Option(help="the name shown to others")] = "",
    customs: Annotated[str, typer.Option(help="officer: customs code, two characters or four")] = "",
    coordinator: Annotated[str, typer.Option(help="coordinator: the number in the assignments")] = "",
) -> None:
    """Make an account and print the link with which its owner chooses a password; it works once, for 24 hours."""
    parts = _parts()
    services = parts.services
    with _plainly(), services.database.writing() as session:
        work = Work(session, CONSOLE, now(), services.keys, services.trail, services.passwords)
        _, code = create_account(work, NewAccount(kind, name, display_name, coordinator, customs))
    settings = parts.settings
    typer.echo(f"{settings.public_url or f'http://{settings.host}:{settings.port}'}/join?code={code}")


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to this version's schema."""
    parts = Parts(read_settings())
    with _plainly():
        before = current_step(parts.database)
        migrate(parts.database)
        console.print(f"schema: {before or 'empty'} -> {current_step(parts.database)}")


@app.command()
def reindex() -> None:
    """Build the search index anew from the texts that are there; vectors of unchanged texts are kept."""
    build(Parts(read_settings()))


@app.command()
def backup(to: Annotated[Path | None, typer.Option(help="file to write")] = None) -> None:
    """Write our own data into one file; the secret key is not in it, keep it apart."""
    parts = _parts()
    moment = now()
    target = to or parts.settings.data_dir / "backups" / f"credit-{moment:%Y%m%d-%H%M%S}.zip"
    with _plainly():
        made = save(parts.database, _folders(parts), target, moment)
    typer.echo(f"{target}: {made.rows} rows, {made.files} files")


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="a file that `admin backup` made")]) -> None:
    """Put a backup into an empty database, of either engine."""
    parts = Parts(read_settings())
    with _plainly():
        migrate(parts.database)
        found = take_back(parts.database, _folders(parts), source)
    typer.echo(f"{found.rows} rows, {found.files} files")


@app.command("verify-audit")
def verify_audit(
    source: Annotated[Path | None, typer.Argument(help="an exported log; the database without it")] = None,
    head: Annotated[str, typer.Option(help="a head printed earlier: it must still be in the log")] = "",
) -> None:
    """Follow the chain of the audit log; ends with 1 at the first row that was changed, moved or taken away."""
    parts = _parts()
    with _plainly():
        if source is not None:
            verdict = parts.services.trail.verify(_exported(source), head)
        else:
            with parts.database.reading() as session:
                verdict = parts.services.trail.verify(read_rows(session), head)
    if not verdict.whole:
        fail(f"the audit log is broken at row {verdict.broken_at}", code=1)
    typer.echo(f"{verdict.rows} rows, whole; head {verdict.head}")


@app.command("export-audit")
def export_audit(
    to: Annotated[Path | None, typer.Option(help="file to write; standard output without it")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="only rows from this day on")] = None,
) -> None:
    """Write the audit log, one JSON object a line, as it is sealed."""
    parts = _parts()
    with _plainly(), parts.database.reading() as session:
        rows = (row for row in read_rows(session) if since is None or str(row["at"]) >= since.date().isoformat())
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        if to is None:
            for line in lines:
                typer.echo(line)
        else:
            to.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


@app.command()
def code(secret: Annotated[str, typer.Argument(help="an authenticator key, as printed for a demo account")]) -> None:
    """Print the 6-digit code an authenticator with this key shows now."""
    try:
        typer.echo(pyotp.TOTP(secret.replace(" ", "")).at(now()))
    except ValueError:
        fail("this is not an authenticator key")
    console.print(f"valid for {SECONDS - int(now().timestamp()) % SECONDS} more seconds")


def _parts() -> Parts:
    parts = Parts(read_settings())
    with _plainly():
        check_schema(parts.database)
    return parts


def _folders(parts: Parts) -> dict[str, Path]:
    return {"enterprises": parts.services.files, "official": parts.official_dir}


def _exported(source: Path) -> Iterator[dict[str, object]]:
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@contextmanager
def _plainly() -> Iterator[None]:
    """End with a sentence where a person can act."""
    try:
        yield
    except AppError as error:
        fail(f"{error.zh} {error.en}")
    except (SchemaOld, BackupFailed) as error:
        fail(str(error))
    except (OSError, ValueError) as error:
        fail(str(error), code=1)
    except DBAPIError as error:
        fail(f"the database does not answer: {str(error.orig).splitlines()[0]}", code=1)
