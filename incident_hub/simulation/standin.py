"""A stand-in world made from the plan itself, so that a plan can be tried before there is any directory. Pure.

Each party is played by one agency of its own name; each of its posts is held by one person whom every channel reaches.
"""

from __future__ import annotations

from datetime import UTC, datetime

from incident_hub.operations.binding import Places
from incident_hub.plan.contingency import Plan
from incident_hub.plan.vocabulary import CHANNELS
from incident_hub.roster.rotation import Holding, Schedule

from .world import DUTY, AgencyHere, Part, Person, Post, SiteHere, World

CODE = "STAND-IN"
AREA = "area"
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def stand_in(plan: Plan, version: str = "", zone: str | None = None) -> World:
    """The world in which a plan has everybody it asks for."""
    agencies: dict[str, AgencyHere] = {}
    desks: dict[str, tuple[str, ...]] = {}
    schedules: dict[Post, Schedule] = {}
    people: dict[str, Person] = {}
    for word, party in plan.parties.items():
        kinds = party.kinds or ("other",)
        agencies[word] = AgencyHere(word, kinds[0])
        desks[f"{word}/{DUTY}"] = party.posts
        for post in party.posts:
            id = f"{word}.{post}"
            schedules[f"{word}/{DUTY}", post] = Schedule(holdings=(Holding(id, ALWAYS),))
            people[id] = Person(id, id, frozenset(CHANNELS))
    owners = [word for word, party in plan.parties.items() if party.by == "site_owner"]
    places = Places(
        answers=dict.fromkeys(plan.parties, (AREA,)), parents={}, around={AREA: None},
        present=frozenset(plan.parties), unmanned={},
    )  # fmt: skip
    return World(
        places=places,
        operation=CODE, zone=zone or plan.zone, phase="active", plan=plan,
        version=version or f"{plan.code} {plan.version}",
        agencies=agencies, desks=desks, parties={word: (word,) for word in plan.parties},
        sites={f"{word}/site-001": SiteHere(f"{word}/site-001", word, AREA) for word in owners}, areas={AREA: None},
        taking_part={desk: Part() for desk in desks}, schedules=schedules, people=people,
    )  # fmt: skip
