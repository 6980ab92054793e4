"""Who plays a party: by name, by site, by lead, by area, and who stands in where nobody answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from incident_hub.kernel.database import unit_of_work
from incident_hub.operations import queries
from incident_hub.operations.binding import Places, resolve
from incident_hub.plan.contingency import Plan
from tests.night import Hub
from tests.operations.plans import by_area, put_in_force
from tests.plan.night import shipped

BOUND = {
    "postal": ["postal-a", "postal-b", "postal-city"],
    "police": ["police-a", "police-a2", "police-city"],
    "carrier": ["carrier-a"],
    "fire": ["fire"],
}
PLACES = Places(
    answers={
        "postal-a": ["harbour"], "postal-city": ["city"], "police-a": ["harbour"], "police-a2": ["harbour"],
        "police-city": ["city"],
    },
    parents={"carrier-a-17": "carrier-a", "carrier-a": None, "fire": "ministry", "ministry": None, "lone": None},
    around={"quay": "harbour", "harbour": "city", "city": None, "hills": None, "loop": "pool", "pool": "loop"},
    present=frozenset({"carrier-a", "fire"}),
    unmanned={"carrier-a-17": "has no duty desk", "fire": "is reached by phone only", "lone": "has no duty desk"},
)  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    ways = {"postal": "area", "police": "area", "carrier": "site_owner", "fire": "named", "head": "lead"}
    shown = shipped()
    any_party = shown.parties["police"]
    return replace(shown, parties={word: replace(any_party, code=word, by=by) for word, by in ways.items()})


@pytest.mark.parametrize(
    ("facts", "word", "expected"),
    [
        ({"areas": ["harbour", "city"]}, "postal", [("postal-a", "answers for harbour")]),
        (
            {"areas": ["harbour", "city"]},
            "police",
            [("police-a", "answers for harbour"), ("police-a2", "answers for harbour")],
        ),
        ({"area": "quay"}, "postal", [("postal-a", "answers for harbour, around quay")]),
        ({"areas": ["city"]}, "postal", [("postal-city", "answers for city")]),
        (
            {"areas": ["hills"]},
            "police",
            [(code, "nobody answers for hills: asked by rank") for code in ("police-a", "police-a2", "police-city")],
        ),
        (
            {},
            "postal",
            [(code, "no area is known: asked by rank") for code in ("postal-a", "postal-b", "postal-city")],
        ),
        (
            {"area": "loop"},
            "police",
            [(code, "nobody answers for loop: asked by rank") for code in ("police-a", "police-a2", "police-city")],
        ),
        ({"site_owner": "carrier-a"}, "carrier", [("carrier-a", "owner of the site")]),
        (
            {"site_owner": "carrier-a-17"},
            "carrier",
            [("carrier-a", "above carrier-a-17, which has no duty desk; owner of the site")],
        ),
        ({}, "carrier", []),
        ({"lead": "police-a"}, "head", [("police-a", "lead of the incident")]),
        ({"lead": "police-a"}, "lead", [("police-a", "lead of the incident")]),
        # Nobody above takes part: the debt stays where the law puts it, and the record says that it is vacant.
        ({}, "fire", [("fire", "bound to fire")]),
    ],
)
def test_a_party_is_found_and_says_why(plan: Plan, facts: dict[str, Any], word: str, expected: list[Any]) -> None:
    found = resolve(plan, BOUND, PLACES, facts)[word]
    assert [(agency, why) for agency, _, why in found] == expected
    assert all(desk == f"{agency}/duty" for agency, desk, _ in found)


def test_the_site_says_where_it_is_when_the_incident_does_not(plan: Plan) -> None:
    at_site = replace(PLACES, site_area="quay")
    assert resolve(plan, BOUND, at_site, {})["postal"] == [
        ("postal-a", "postal-a/duty", "answers for harbour, where the site lies")
    ]
    assert resolve(plan, BOUND, at_site, {"areas": ["city"]})["postal"][0][0] == "postal-city"


def test_two_agencies_with_one_that_stands_in_for_both_are_one_place(plan: Plan) -> None:
    places = replace(PLACES, parents={"x": "fire-city", "y": "fire-city", "fire-city": None}, present={"fire-city"})
    places = replace(places, unmanned={"x": "has no duty desk", "y": "has no duty desk"})
    found = resolve(plan, {"fire": ["x", "y"]}, places, {})["fire"]
    assert found == [("fire-city", "fire-city/duty", "above x, which has no duty desk; bound to fire")]


def test_an_incident_in_an_area_is_owed_by_whoever_answers_for_it(expo: Hub) -> None:
    put_in_force(expo, by_area("police", "postal"))
    with unit_of_work(expo.expo.id):
        harbour = queries.seats(expo.expo.id, {"areas": ["harbour"]})
        nowhere = queries.seats(expo.expo.id, {"areas": []})
    assert harbour["police"] == [("police", "police/duty", "answers for harbour")]
    assert nowhere["police"] == [("police", "police/duty", "no area is known: asked by rank")]
    expo.as_("dan").open(site="carrier-a/site-001")
    (opened,) = expo.as_("dan").get("/operations/EXPO/feed").json["items"][-1:]
    assert (opened["kind"], opened["data"]["lead_why"]) == ("incident.opened", "answers for harbour")
