"""Fixtures every test may use; nouns of the trade."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from incident_hub.cli.place import Place, migrate
from incident_hub.kernel import clock
from tests import once, postgres, tongues
from tests.databases import POSTGRESQL, Database, Postgresql, Sqlite
from tests.night import NIGHT, Hub, held_night

# What takes longest is begun first, so that no core is left alone with it at the end.
LONG = ("trust", "faults", "browser", "stories", "cli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of long tests first; within a file the order stays."""
    items.sort(key=lambda one: next((place for place, room in enumerate(LONG) if room in one.path.parts), len(LONG)))


@pytest.fixture(scope="session", autouse=True)
def in_both_languages() -> Iterator[None]:
    """No refusal of any test goes out without its Chinese."""
    with tongues.both():
        yield


@pytest.fixture(scope="session", autouse=True)
def addresses_once() -> Iterator[None]:
    """The addresses of the application are compiled once for all Hubs of this process."""
    with pytest.MonkeyPatch.context() as patch:
        once.addresses(patch)
        yield


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """SQLite, with the databases that tests copy."""
    return Sqlite(lambda name: tmp_path_factory.mktemp(name))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgresql]:
    """One PostgreSQL for all tests of this process, started when the first one asks."""
    with postgres.running() as server:
        yield Postgresql(server, lambda name: tmp_path_factory.mktemp(name))


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """Where this test's Hub stands: SQLite, or what the module's `on_both` says."""
    asked = getattr(request, "param", None)
    return request.getfixturevalue("postgres_server" if asked == POSTGRESQL else "sqlite_files")


@pytest.fixture
def hub(database: Database, tmp_path: Path) -> Iterator[Hub]:
    """An empty Hub: the house founded, nobody in it."""
    yield from at_night(database, database.copied("house", found, tmp_path), tmp_path)


@pytest.fixture
def expo(database: Database, tmp_path: Path) -> Iterator[Hub]:
    """The small city: Ana (police), Ben (postal), Dan (carrier A), and Cleo (carrier B), who must see nothing."""
    yield from at_night(database, database.copied("city", found_city, tmp_path), tmp_path)


def at_night(database: Database, url: str, folder: Path) -> Iterator[Hub]:
    """A Hub on this database until the test is over."""
    passwords.use(CHEAPEST)
    with held_night(Hub(folder, url)) as made:
        yield made
    database.drop(url)


def found(url: str, folder: Path) -> None:
    """Migrate an empty database and found the house."""
    clock.use(clock.HeldClock(NIGHT))
    migrate(Place(folder, url))
    clock.use(clock.SystemClock())


def found_city(url: str, folder: Path) -> None:
    """The same with the small city and its expo."""
    passwords.use(CHEAPEST)
    found(url, folder)
    with held_night(Hub(folder, url)) as hub:
        hub.populate()
