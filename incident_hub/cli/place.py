"""Where the Hub keeps its things, and who acts when a command is typed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from alembic import command as alembic
from alembic.config import Config
from flask import Flask

from incident_hub.agencies import queries as agencies
from incident_hub.app import create_app
from incident_hub.kernel import document, feeds, keys
from incident_hub.kernel.database import HOUSE, db, unit_of_work
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By
from incident_hub.operations import actions as operations_actions
from incident_hub.operations import queries as operations

from .outward import outward

F = TypeVar("F", bound=Callable[..., Any])
CONSOLE = By("house", "house/console", 0, None, None, None, "service")


@dataclass(frozen=True)
class Place:
    """A folder and the database that goes with it."""

    folder: Path
    url: str


def at_place(function: F) -> F:
    """Give a command --data and --database; it receives a `place`."""
    database = click.option("--database", envvar="HUB_DATABASE", help="Database URL; default SQLite in --data.")
    data = click.option("--data", envvar="HUB_DATA", default="./var", show_default=True, help="The Hub's own folder.")
    return data(database(function))


def place_of(data: str, database: str | None) -> Place:
    """The folder, made if it is not there, and its database."""
    folder = Path(data).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BadInput(f"The folder {data} cannot be made: {fault.strerror}. Choose another with --data.") from fault
    return Place(folder, _with_driver(database) if database else f"sqlite:///{folder}/hub.db")


def application(place: Place) -> Flask:
    """The application on this place's database."""
    return create_app(
        place.url, {"SECRET_KEY": secret(place.folder), "HUB_FOLDER": str(place.folder), **outward(place.folder)}
    )


@contextmanager
def opened(data: str, database: str | None) -> Iterator[Place]:
    """An application context on a database that has been migrated.

    Raises: Conflict when it has not.
    """
    place = place_of(data, database)
    with application(place).app_context():
        if document.schema_version() != document.newest_version():
            raise Conflict("This database is not migrated yet; run `incident-hub migrate` with the same --data.")
        try:
            yield place
        finally:
            db.session.remove()
            db.engine.dispose()


def migrate(place: Place) -> None:
    """Bring the database to the newest migration and found the house if it is new."""
    app = application(place)
    with app.app_context():
        config = Config()
        config.set_main_option("script_location", str(document.MIGRATIONS))
        config.attributes["url"] = place.url
        alembic.upgrade(config, "head")
        if HOUSE not in feeds.chain_numbers():
            with unit_of_work(HOUSE) as at:
                operations_actions.found_house(at, CONSOLE)
        db.engine.dispose()


def secret(folder: Path) -> str:
    """The key of this place, made on first use, readable by its owner alone."""
    return keys.kept(folder / "secret.key", lambda: secrets.token_hex(32).encode()).decode()


def the_operation(code: str) -> operations.Operation:
    """The operation of this code.

    Raises: BadInput when there is none.
    """
    found = operations.operation(code)
    if found is None:
        raise BadInput(f"There is no operation {code}; open it with `incident-hub operation open --from FILE`.")
    return found


def the_desk(code: str) -> agencies.Desk:
    """The desk of this code.

    Raises: BadInput when there is none.
    """
    found = agencies.desk(code)
    if found is None:
        raise BadInput(f"There is no desk {code}; desks are written agency/desk, for example police/duty.")
    return found


def read_text(path: str) -> str:
    """The text of a file.

    Raises: BadInput when it cannot be read.
    """
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"The file {path} cannot be read: {fault}.") from fault


def _with_driver(url: str) -> str:
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    return url
