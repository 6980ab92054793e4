"""The city of the matrix, founded once for all tests of this folder in a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2.profiles import CHEAPEST

from incident_hub.agencies import passwords
from tests.conftest import found
from tests.databases import Sqlite
from tests.night import Hub, held_night
from tests.trust import knocking
from tests.trust.knocking import City


@pytest.fixture(scope="module")
def city(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Everybody, and one thing of every kind."""
    passwords.use(CHEAPEST)
    folder = tmp_path_factory.mktemp("trust")
    with held_night(Hub(folder, sqlite_files.copied("house", found, folder))) as hub:
        made = knocking.founded(hub, folder / "kept.db")
        yield made
        made.close()
