"""A made-up city's calls in the shape of the San Francisco file, and a Hub with that operation open."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from incident_hub.agencies import actions as agencies_actions
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.cli.directory import appoint_all
from incident_hub.cli.operations import open_from
from incident_hub.cli.place import CONSOLE
from incident_hub.exchange import mapping_file
from incident_hub.exchange.mapping import Mapping as Plan
from incident_hub.kernel.database import unit_of_work
from tests.night import Hub

CONFIG = Path(__file__).resolve().parents[2] / "config"
MAPPING = CONFIG / "mappings" / "sf_fire.toml"

HEADING: tuple[str, ...] = (
    "Call Number", "Unit ID", "Incident Number", "Call Type", "Received DtTm", "Entry DtTm", "Dispatch DtTm",
    "Response DtTm", "On Scene DtTm", "Transport DtTm", "Hospital DtTm", "Available DtTm", "Call Final Disposition",
    "Address", "City", "Zipcode of Incident", "Battalion", "Box", "Final Priority", "Unit Type",
    "Neighborhooods - Analysis Boundaries", "Location", "RowID",
)  # fmt: skip


def row(number: str, unit: str, **more: str) -> dict[str, str]:
    """One unit's row: received 10:00:00, entered 10:01:00, sent 10:02:00, and nothing later unless it is given."""
    fields = dict.fromkeys(HEADING, "")
    fields |= {
        "Call Number": f"C{number}", "Unit ID": unit, "Incident Number": number, "Call Type": "Medical Incident",
        "Received DtTm": "06/01/2021 10:00:00 AM", "Entry DtTm": "06/01/2021 10:01:00 AM",
        "Dispatch DtTm": "06/01/2021 10:02:00 AM", "Call Final Disposition": "Other", "Address": "100 Block of ELM ST",
        "City": "Smallville", "Zipcode of Incident": "00001", "Battalion": "B1", "Box": "1", "Final Priority": "3",
        "Unit Type": "ENGINE", "Location": "(37.5, -122.25)", "RowID": f"C{number}-{unit}",
    }  # fmt: skip
    named = {name.replace("_", " ").title().replace("Dttm", "DtTm"): value for name, value in more.items()}
    assert named.keys() <= fields.keys(), f"no such column: {named.keys() - fields.keys()}"
    return fields | named


Rows = list[Mapping[str, str]]

# Three calls: a medical one with two units far apart in the file, a fire whose unit is free before it set out, and a
# collision where nobody ever arrived. 3 incidents, 4 rows; 3 received, 3 entered, 4 sent, 7 later: 17 words.
SMALL: Rows = [
    row("1", "M1", response_dttm="06/01/2021 10:03:00 AM", on_scene_dttm="06/01/2021 10:08:00 AM"),
    row(
        "2", "E2", call_type="Structure Fire", received_dttm="06/01/2021 10:00:30 AM",
        response_dttm="06/01/2021 10:09:00 AM", available_dttm="06/01/2021 10:05:00 AM",
    ),
    row("3", "E3", call_type="Traffic Collision", received_dttm="06/01/2021 10:00:45 AM"),
    row(
        "1", "E1", response_dttm="06/01/2021 10:04:00 AM", hospital_dttm="06/01/2021 10:30:00 AM",
        available_dttm="06/01/2021 10:40:00 AM",
    ),
]  # fmt: skip
WORDS = 17


@pytest.fixture
def mapping() -> Plan:
    """The mapping that ships."""
    made, faults = mapping_file.read(MAPPING.read_text())
    assert made is not None, faults
    return made


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Rows], Path]:
    """Writes rows into a CSV file."""

    def write(rows: Rows) -> Path:
        path = tmp_path / "calls.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, HEADING)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def sf(hub: Hub) -> Hub:
    """A Hub with the San Francisco operation as it ships, and its four members."""
    rows, faults = directory.read((CONFIG / "directories" / "sf_fire.toml").read_text(), agencies.known())
    assert not faults
    with unit_of_work() as at:
        agencies_actions.load_directory(rows, {}, at=at, by=CONSOLE)
        appoint_all(rows, at)
    open_from(CONFIG / "operations" / "sf_fire.toml")
    return hub
