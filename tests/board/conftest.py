"""A served Hub for all tests of a file, which open incidents of their own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.board.served import Served, served
from tests.conftest import found_city
from tests.databases import Sqlite


@pytest.fixture(scope="module")
def hub(sqlite_files: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small city behind the real command."""
    folder = tmp_path_factory.mktemp("served")
    sqlite_files.copied("city", found_city, folder)
    with served(folder) as made:
        yield made
