"""The two databases the Hub stands on, for tests: the same test code runs on either, each on a copy of its own.

A module says `pytestmark = on_both`, and every test in it that asks for `ground`, `hub` or `expo` runs twice.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy.engine import make_url

from incident_hub.kernel.growing import REFUSALS
from tests.postgres import Postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# The fixture `database` is at the bottom of every Hub, so a test need not name it.
on_both = pytest.mark.parametrize(
    "database", [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgres)], indirect=True
)
Fill = Callable[[str, Path], None]


class Database(Protocol):
    """Where a test keeps what it writes."""

    def copied(self, name: str, fill: Fill, folder: Path) -> str:
        """The URL of a copy of the database that `fill` made once under this name."""
        ...

    def empty(self, folder: Path) -> str:
        """The URL of a database with nothing in it."""
        ...

    def tamper(self, url: str, statements: Sequence[str]) -> None:
        """Change the database past the application, the triggers of the record taken away first."""
        ...

    def drop(self, url: str) -> None:
        """A test is done with its copy."""
        ...


class Sqlite:
    """A file in the test's own folder."""

    def __init__(self, shelf: Callable[[str], Path]) -> None:
        self._shelf = shelf
        self._kept: dict[str, Path] = {}

    def copied(self, name: str, fill: Fill, folder: Path) -> str:
        if name not in self._kept:
            place = self._shelf(name)
            fill(self.empty(place), place)
            for left in place.glob("hub.db-*"):
                assert left.stat().st_size == 0 or left.suffix == ".db-shm", "the template was not written out"
            self._kept[name] = place / "hub.db"
        shutil.copy(self._kept[name], folder / "hub.db")
        return self.empty(folder)

    def empty(self, folder: Path) -> str:
        return f"sqlite:///{folder}/hub.db"

    def tamper(self, url: str, statements: Sequence[str]) -> None:
        raw = sqlite3.connect(make_url(url).database or "")
        with raw:
            for statement in (*(f"DROP TRIGGER {one.split()[2]}" for one in REFUSALS["sqlite"]), *statements):
                raw.execute(statement)
        raw.close()

    def drop(self, url: str) -> None:
        """The folder goes with the test."""


class Postgresql:
    """A database of one server that all tests of this process share."""

    def __init__(self, server: Postgres, shelf: Callable[[str], Path]) -> None:
        self._server, self._shelf = server, shelf
        self._kept: dict[str, str] = {}

    def copied(self, name: str, fill: Fill, folder: Path) -> str:
        if name not in self._kept:
            made = self._server.fresh()
            fill(self._server.url(made), self._shelf(name))
            self._kept[name] = made
        return self._server.url(self._server.fresh(self._kept[name]))

    def empty(self, folder: Path) -> str:
        return self._server.url(self._server.fresh())

    def tamper(self, url: str, statements: Sequence[str]) -> None:
        with self._connected(url) as raw:
            for statement in (*(f"ALTER TABLE {one} DISABLE TRIGGER USER" for one in ("entry", "feed")), *statements):
                raw.execute(statement.encode())

    def drop(self, url: str) -> None:
        self._server.drop(make_url(url).database or "")

    @contextmanager
    def _connected(self, url: str) -> Iterator[psycopg.Connection]:
        named = make_url(url).set(drivername="postgresql")
        with psycopg.connect(named.render_as_string(hide_password=False)) as raw:
            yield raw
