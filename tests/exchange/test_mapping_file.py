"""A mapping is read, and every fault in it is named."""

from __future__ import annotations

import pytest

from incident_hub.exchange import mapping_file
from tests.exchange.conftest import CONFIG, MAPPING

TEXT = MAPPING.read_text()


def faults(old: str, new: str) -> list[str]:
    assert old in TEXT
    made, found = mapping_file.read(TEXT.replace(old, new, 1))
    assert made is None
    return found


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[mapping]", "[mapping", "cannot be read as TOML"),
        ('format = "csv"', 'format = "xml"', "[mapping] format is 'xml'; it must be one of csv, jsonl."),
        ('zone = "America/Los_Angeles"', 'zone = "Mars/Base"', "zone Mars/Base is not an IANA zone"),
        ('instants = "%m/%d/%Y %I:%M:%S %p"', 'instants = "%m/%d/%Y"', "does not carry a whole date and time"),
        ('clocks = "none"', 'clocks = "measure"', "is not possible yet"),
        ('status = "closed"', 'status = "over"', "[mapping] status is 'over'"),
        ('key = "Incident Number"\n', "", "[mapping] lacks key"),
        ('opener = "sf-dispatch/duty"', 'opener = "sf-dispatch"', "[mapping] opener is 'sf-dispatch'"),
        ('milestone = "arrived"', 'milestone = "got_there"', "milestone is 'got_there'"),
        ('code = "entry"', 'code = "received"', "The code received is given to two instants"),
        ('types = ["medical"]', 'types = ["medicine"]', "names the type medicine, which [type] never gives"),
        ('types = ["medical"]\n', "", "Exactly one [[circle]] has no types"),
        ('types = ["water_rescue"]', 'types = ["medical"]', "The type medical stands in two circles"),
        ('words = "{Unit ID} ({Unit Type}) on scene"', 'words = "{Unit ID on scene"', "a brace that does not close"),
        ('live = "taken"', 'alive = "taken"', "[[unit]] 1 has the unknown key alive"),
        ('support = ["sf-dispatch/duty"]', 'support = ["sf-fire/duty"]', "names the desk sf-fire/duty twice"),
    ],
)
def test_a_fault_is_named_with_what_to_do(old, new, named):
    assert any(named in one for one in faults(old, new)), faults(old, new)


def test_every_fault_of_a_file_is_named_at_once():
    _, found = mapping_file.read("[mapping]\nformat = 'csv'\n")
    assert len(found) > 5
    assert "There is no [[call]]" in " ".join(found)


def test_the_mapping_that_ships_gives_only_types_of_the_plan_that_ships(mapping):
    plan = (CONFIG / "plans" / "sf_fire.toml").read_text()
    assert all(f'code = "{type_}"' in plan for type_ in mapping.plan_types)


def test_fire_sees_no_medical_call_and_medical_no_fire_but_both_see_a_collision(mapping):
    known = {type_: {desk for desk, _ in mapping.circle(type_).desks} for type_ in mapping.plan_types}
    assert "sf-fire/duty" not in known["medical"]
    assert "sf-medical/duty" not in known["structure_fire"]
    assert {"sf-fire/duty", "sf-medical/duty"} <= known["traffic_collision"]
    assert all("sf-dispatch/duty" in desks for desks in known.values())
