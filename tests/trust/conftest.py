"""The city of the matrix, founded once in a process; every file of this folder is given a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from tests.conftest import found
from tests.databases import Sqlite
from tests.night import Hub, held_night
from tests.trust import knocking
from tests.trust.knocking import City

Founded = tuple[Path, City]


@pytest.fixture(scope="session")
def founded(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Everybody, and one thing of every kind; the folder it lies in, at rest."""
    passwords.use(CHEAPEST)
    folder = tmp_path_factory.mktemp("founded")
    with held_night(Hub(folder, sqlite_files.copied("house", found, folder))) as hub:
        made = knocking.founded(hub, folder / "kept.db")
        made.close()
    return folder, made


@pytest.fixture(scope="module")
def city(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Everybody, and one thing of every kind."""
    passwords.use(CHEAPEST)
    before, made = founded
    folder = tmp_path_factory.mktemp("trust") / "city"
    shutil.copytree(before, folder)
    with held_night(Hub(folder, f"sqlite:///{folder}/hub.db")) as hub:
        hub.clock.at = made.hub.clock.at
        again = City(hub, made.people, made.things, folder / "kept.db")
        again.keep()
        yield again
        again.close()
