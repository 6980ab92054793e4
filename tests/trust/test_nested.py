"""The id of a thing under another parent than its own is answered like an id that nothing has, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from incident_hub.cli.operations import open_from
from tests.night import FILES
from tests.trust import knocking, table
from tests.trust.knocking import Cell, City, Door
from tests.trust.things import INSPECTORS, OP, SITE, STATES

_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def second(city: City) -> Iterator[dict[str, str]]:
    """A second one of every parent: an operation, an inspection; incidents there are several of anyway."""
    open_from(FILES / "drill.toml")
    lead = city.people["duty_officer", "lead"]
    visit = {"visit": "mystery", "origin": "authority", "agency": "carrier-a", "site": SITE, "inspectors": INSPECTORS}
    made = city.hub.app.test_client(use_cookies=False).post(
        f"/api/v1{OP}/inspections", json=visit | {"checklists": ["sealing"]}, headers=lead.headers
    )
    city.stands()
    yield {"op": "DRILL", "visit": made.json["ref"]}
    city.restore()
    city.stands()


def nested(door: Door) -> list[str]:
    """The parts of an address that name a parent and its child; empty where there is no child."""
    named = [part for part in _PART.findall(door.path) if part not in table.NO_THING]
    return named if len(named) > 1 else []


def tried(city: City, door: Door) -> list[tuple[Cell, dict[str, str]]]:
    """Whoever may knock there about the thing, and the thing put under another parent, in every order there is."""
    known = table.KNOWN[door.thing]
    cells = [Cell(door, person, state) for state in STATES if state in known for person in city.people.values()]
    if not isinstance(known, dict):
        cells = [Cell(door, person, "-") for person in city.people.values()]
    may = {cell.state: cell for cell in cells if knocking.wanted(cell).opens}
    return [(cell, knocking.parts(city, cell)) for cell in may.values()]


def swapped(city: City, second: dict[str, str], door: Door, named: dict[str, str]) -> list[dict[str, str]]:
    """The address with another parent, and with another child, wherever there is another of them."""
    incidents = [city.things[f"incident:{state}"] for state in STATES]
    if "op" in named:
        other = {"op": second["op"]}
        return [other | ({"version": city.things["proposed"]} if "version" in named else {})]
    if door.thing == "finding":
        return [{"ref": second["visit"]}]
    if door.thing == "audited":
        return [{"ref": city.things["incident:heard"]}, {"ref": city.things["incident:red"]}]
    # A link has two incidents, and stands at both.
    ends = incidents[:1] + incidents[3:] if door.thing == "link" else [named["ref"]]
    return [{"ref": one} for one in incidents if one not in ends]


def wrong(city: City, cell: Cell, under: dict[str, str]) -> str | None:
    """What is wrong with the answer about a thing under another parent; None when it is as of nothing."""
    child = nested(cell.door)[-1] if cell.door.thing != "audited" else "ref"
    named = knocking.parts(city, cell) | under
    nothing = under | {child: knocking.unreal(named[child])}
    mine, other = (
        knocking.plain(knocking.knock(city, cell, under=one), [(named | one)[child]]) for one in (under, nothing)
    )
    told = None if mine == other and mine[0] == 404 else f"{cell}, {under}: {mine[:2]} / {other[:2]}"
    return f"{cell}, {under}: something was changed" if city.changed() else told


def test_a_thing_under_another_parent_is_answered_as_if_there_were_none(city: City, second: dict[str, str]) -> None:
    faults: list[str] = []
    seen: set[str] = set()
    for door in [one for one in knocking.doors() if nested(one) and one.thing not in table.OF_THE_DESK]:
        for cell, named in tried(city, door):
            for under in swapped(city, second, door, named):
                seen.add(door.name)
                faults += [told] if (told := wrong(city, cell, under)) else []
    assert faults == []
    assert len(seen) >= 10, seen
