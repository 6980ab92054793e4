"""The small city with an exercise beside its expo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from incident_hub.cli.operations import open_from
from tests.conftest import at_night, found_city
from tests.databases import Database
from tests.night import FILES, Hub, held_night


def found_drill(url: str, folder: Path) -> None:
    """The city with its exercise, open and with nothing loaded."""
    found_city(url, folder)
    with held_night(Hub(folder, url)):
        open_from(FILES / "drill.toml")


@pytest.fixture
def drill(database: Database, tmp_path: Path) -> Iterator[Hub]:
    """Ana, Ben, Dan and Cleo have two operations: EXPO is real, DRILL is an exercise."""
    yield from at_night(database, database.copied("drill", found_drill, tmp_path), tmp_path)
