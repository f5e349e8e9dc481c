"""What `serve` does before it serves: schema, sample records, demo accounts."""

from __future__ import annotations

from datetime import date

import typer
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from api.auth.demo import DEMO_NAMES, DemoAccount, DemoPeople, DemoRefused, find_demo_people, make_demo_accounts
from api.auth.identity import KIND_NAMES, Identity, Kind
from api.bootstrap import Parts, now
from api.cli_output import console, fail, progress_bar
from api.records.errors import RecordsError
from api.records.sample.load import Progress, make_sample
from api.store import Account
from api.store.schema import SchemaOld, check_schema, migrate
from api.usecases.sample_assessment import hand_in_sample
from api.usecases.sessions.sample import make_sample_sessions

SAMPLE_ENTERPRISES = 200
SAMPLE_FROM = date(2026, 11, 22)  # a clock that is behind makes the sample of this day


def prepare(parts: Parts, address: str) -> None:
    """Get the databases ready; in demo mode with sample records and accounts whose passwords are printed."""
    try:
        if parts.settings.mode == "production":
            check_schema(parts.database)
            _close_demo_accounts(parts)
            return
        migrate(parts.database)
    except SchemaOld as error:
        fail(str(error))
    except DBAPIError as error:
        fail(f"the database does not answer: {str(error.orig).splitlines()[0]}", code=1)
    _make_sample(parts)
    _print_demo_accounts(parts, address)


def _make_sample(parts: Parts) -> None:
    settings = parts.settings
    if settings.records_url or settings.sample_records.exists():
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with progress_bar("虚构数据 sample") as bar:

        def heard(progress: Progress) -> None:
            bar(progress.enterprises, progress.of)

        day = max(date.today(), SAMPLE_FROM)
        make_sample(str(settings.shared_records), enterprises=SAMPLE_ENTERPRISES, seed=1, day=day, progress=heard)


def _print_demo_accounts(parts: Parts, address: str) -> None:
    records = parts.records
    if records is None:
        return
    try:
        people = find_demo_people(records)
    except (DemoRefused, RecordsError) as error:
        console.print(f"no demo accounts: {error}", markup=False)
        return
    with parts.database.writing() as session:
        made = make_demo_accounts(session, parts.keys, parts.services.passwords, people, now())
        make_sample_sessions(session, people.enterprise.customs_district, now())
    _hand_in_sample(parts, people)
    typer.echo(demo_text(made, address))


def _hand_in_sample(parts: Parts, people: DemoPeople) -> None:
    """Give the officer something to review."""
    uscc = people.enterprise.uscc
    with parts.database.reading() as session:
        account = session.scalars(select(Account).where(Account.sign_in_name == DEMO_NAMES[0])).one()
        name = account.display_name
    who = Identity(Kind.ENTERPRISE, account.id, display_name=name, usccs=(uscc,), uscc=uscc, complete=True)
    hand_in_sample(parts.services, who, date.today())


def demo_text(accounts: list[DemoAccount], address: str) -> str:
    """Return what is printed about the demo accounts."""
    lines = [
        "",
        "演示账号（仅用于虚构数据，密码每次启动重新生成） / demo accounts, new passwords at every start",
        f"  {address}/sign-in",
        "",
    ]
    for account in accounts:
        about = f"{KIND_NAMES[account.kind]} {account.what}".strip()
        lines.append(f"  {account.name:<20} {account.password:<40} {about}")
        if account.totp:
            lines.append(f"  {'':<20} 验证器密钥 authenticator key: {account.totp}")
    example = next((account.totp for account in accounts if account.totp), "KEY")
    lines += [
        "",
        "  关员和管理员还要输入6位验证码：把密钥加到手机的验证器应用，或者运行",
        "  officer and administrator also need a 6-digit code: add the key to an authenticator app, or run",
        f"    credit-assistant admin code {example}",
        "",
    ]
    return "\n".join(lines)


def _close_demo_accounts(parts: Parts) -> None:
    """A database that was used for a demo keeps nobody's printed password open."""
    with parts.database.writing() as session:
        session.execute(
            update(Account)
            .where(Account.sign_in_name.in_(DEMO_NAMES), Account.disabled_at.is_(None))
            .values(disabled_at=now())
        )
