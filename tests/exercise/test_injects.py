"""A file of injects: what it says in which order, and every fault of it as a sentence with its place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from incident_hub.exercise import injects
from incident_hub.operations import opening
from incident_hub.plan.reader import read
from tests.night import FILES

GOOD = (FILES / "drill_injects.toml").read_text()
SHIPPED = (FILES / "../../config/injects/expo_drill.toml").resolve().read_text()
TYPES = ("PROH-XRAY", "VIOL")


def test_injects_are_played_in_the_order_of_their_instants() -> None:
    found, faults = injects.read(GOOD, TYPES)
    assert faults == []
    assert [(one.after, one.what) for one in found] == [
        (timedelta(minutes=10), "open"),
        (timedelta(minutes=20), "journal"),
        (timedelta(minutes=20), "say"),
        (timedelta(minutes=30), "figure"),
    ]


def test_the_shipped_file_reads_without_a_fault() -> None:
    assert injects.read(SHIPPED, TYPES)[1] == []


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('at = "+10m"', 'at = "10 minutes"', "Inject 2: at is '10 minutes'; write how long after the start"),
        ('at = "+10m"', 'at = "+"', "Inject 2: at is '+'"),
        ('at = "+10m"', "", "Inject 2: at is missing"),
        ('at = "+10m"', 'at = "+35m"', "Inject 1: no inject before it opens an incident called belt"),
        ('do = "say"', 'do = "shout"', "Inject 4: do is 'shout'; it must be one of open, journal"),
        ('type = "PROH-XRAY"', 'type = "DRAGON"', "Inject 2: the plan has no type DRAGON; it has PROH-XRAY, VIOL."),
        ("n = 2", 'n = "two"', "Inject 1: n must be a whole number."),
        ('source = "现场"', 'sauce = "现场"', "Inject 1: source is missing."),
        ('source = "现场"', 'source = "现场"\nsauce = 1', "Inject 1: the key sauce is unknown for figure."),
        ('text = "又发现一件"', "text = 3", "Inject 3: text must be text."),
        ("[[inject]]", "[[injection]]", "The key injection is unknown"),
        ("[[inject]]", "[[inject", "not valid TOML"),
    ],
)
def test_a_fault_in_the_file_is_a_sentence(before: str, after: str, sentence: str) -> None:
    found, faults = injects.read(GOOD.replace(before, after), TYPES)
    assert any(sentence in fault for fault in faults), faults
    assert found == [] or "no inject before it" in sentence


def test_an_empty_file_and_two_incidents_of_one_name_are_named() -> None:
    assert injects.read("", TYPES)[1] == ["There is no [[inject]] in the file."]
    twice = GOOD + GOOD
    assert any("is called belt already" in one for one in injects.read(twice, TYPES)[1])


def test_the_shipped_exercise_binds_every_role_to_somebody_who_takes_part() -> None:
    place = (FILES / "../../config/operations/expo_drill.toml").resolve()
    found, faults = opening.read(place.read_text())
    assert faults == []
    assert found is not None
    plan, _ = read((place.parent / found.plan).read_text())
    assert plan is not None
    assert found.exercise
    assert {agency for bound in found.parties.values() for agency in bound} <= {*found.agencies}
    assert {code for code, one in plan.parties.items() if one.by in ("named", "area")} <= found.parties.keys()
    assert found.parties.keys() <= plan.parties.keys()
