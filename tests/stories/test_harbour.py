"""Another trade on the same Hub: a harbour's own plan, found by area, with no line of the program changed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_hub.agencies import actions as people
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.cli.directory import appoint_all
from incident_hub.cli.operations import open_from
from incident_hub.cli.place import CONSOLE
from incident_hub.kernel.database import unit_of_work
from tests.night import Hub

pytestmark = pytest.mark.story

CONFIG = Path(__file__).parents[2] / "config"
HARBOUR = "/operations/HARBOUR"


@pytest.fixture
def harbour(hub: Hub) -> Hub:
    rows, faults = directory.read((CONFIG / "directories" / "harbour.toml").read_text(), agencies.known())
    assert not faults, faults
    with unit_of_work() as at:
        people.load_directory(rows, {}, at=at, by=CONSOLE)
        appoint_all(rows, at)
    open_from(CONFIG / "operations" / "harbour.toml")
    return hub


def owed(hub: Hub, login: str, ref: str) -> dict[tuple[str, str], str]:
    """The debts of an incident as somebody is shown them: rule and agency, and their state."""
    items = hub.as_(login).get(f"{HARBOUR}/obligations?subject={ref}").json["items"]
    return {(one["rule"], one["owed_by"]["agency"]): one["state"] for one in items}


def test_a_storm_tide_is_chased_by_the_harbours_own_clocks(harbour: Hub) -> None:
    east = harbour.as_("east")
    said = {"type": "SURGE", "title": "Level 3.40 m and rising", "site": "terminal-east/quay"}
    said["planned_at"] = "2026-09-02T04:30:00+02:00"
    opened = east.post(f"{HARBOUR}/incidents", said)
    assert opened.status_code == 201, opened.text
    ref = opened.json["ref"]
    # The quay lies in the north basin, so it is the north crew that answers.
    assert owed(harbour, "east", ref) == {
        ("TAKE", "harbour-office"): "open",
        ("TAKE", "barrier-north"): "open",
        ("QUAYS", "terminal-east"): "open",
    }
    north = harbour.as_("north")
    assert north.post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"}).status_code < 300
    assert harbour.as_("harbour").post(f"/incidents/{ref}/acknowledgement", {"kind": "taken"}).status_code < 300
    assert harbour.as_("harbour").post(f"/incidents/{ref}/status", {"to": "responding"}).status_code < 300
    said = {"kind": "milestone", "milestone": "released", "text": "Quay is clear."}
    assert east.post(f"/incidents/{ref}/journal", said).status_code < 300
    assert owed(harbour, "harbour", ref) == {
        ("TAKE", "harbour-office"): "met",
        ("TAKE", "barrier-north"): "met",
        ("QUAYS", "terminal-east"): "met",
        ("LEVEL", "harbour-office"): "open",
    }
    assert harbour.as_("south").get(f"/incidents/{ref}").status_code == 404
