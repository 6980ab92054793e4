"""The city's plan, the same with something changed, and people who join it."""

from __future__ import annotations

import re

from incident_hub.agencies import actions as people
from incident_hub.agencies import directory
from incident_hub.agencies import queries as agencies
from incident_hub.cli.directory import appoint_all
from incident_hub.cli.place import CONSOLE
from incident_hub.cli.plans import plan_in
from incident_hub.kernel.database import unit_of_work
from incident_hub.operations import actions
from tests.night import FILES, Hub


def text() -> str:
    """The plan file the city works by."""
    return (FILES / "../../config/plans/expo.toml").resolve().read_text()


def revised(words: str = "revised") -> str:
    """The same rules as another version."""
    return f"{text()}\n# {words}\n"


def by_area(*parties: str) -> str:
    """The same as another version, with these parties found by area."""
    found = revised("found by area")
    for party in parties:
        pattern = rf'(\[\[party\]\]\ncode = "{party}"\n(?:(?!\[\[).*\n)*?by = )"\w+"'
        found, times = re.subn(pattern, r'\1"area"', found)
        assert times == 1, party
    return found


def put_in_force(hub: Hub, body: str) -> str:
    """Put a plan in force at the console."""
    with unit_of_work(hub.expo.id) as at:
        return actions.activate_plan(hub.expo, plan_in(body, "expo.toml"), body, ["Ana", "Ben"], at, CONSOLE)


def join(hub: Hub, login: str, desk: str, role: str) -> None:
    """Seat one more person in the city."""
    seat = f'[{{ desk = "{desk}", role = "{role}" }}]'
    rows, faults = directory.read(
        f'[[member]]\nlogin = "{login}"\nname = "{login}"\nseats = {seat}\n', agencies.known()
    )
    assert not faults, faults
    with unit_of_work() as at:
        people.load_directory(rows, {}, at=at, by=CONSOLE)
        appoint_all(rows, at)
