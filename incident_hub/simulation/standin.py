"""A stand-in world made from the plan itself, so that a plan can be tried before there is any directory. Pure.

Each party is played by one agency of its own name; each of its posts is held by one person whom every channel reaches.
"""

from __future__ import annotations

from incident_hub.plan.contingency import Plan
from incident_hub.plan.vocabulary import CHANNELS

from .world import DUTY, AgencyHere, Holding, Person, SiteHere, World

CODE = "STAND-IN"
AREA = "area"


def stand_in(plan: Plan, version: str = "", zone: str | None = None) -> World:
    """The world in which a plan has everybody it asks for."""
    agencies: dict[str, AgencyHere] = {}
    desks: dict[str, tuple[str, ...]] = {}
    holdings: list[Holding] = []
    people: dict[str, Person] = {}
    for word, party in plan.parties.items():
        kinds = party.kinds or ("other",)
        agencies[word] = AgencyHere(word, kinds[0])
        desks[f"{word}/{DUTY}"] = party.posts
        for post in party.posts:
            id = f"{word}.{post}"
            holdings.append(Holding(f"{word}/{DUTY}", post, id))
            people[id] = Person(id, id, frozenset(CHANNELS))
    owners = [word for word, party in plan.parties.items() if party.by == "site_owner"]
    return World(
        operation=CODE, zone=zone or plan.zone, phase="active", plan=plan,
        version=version or f"{plan.code} {plan.version}",
        agencies=agencies, desks=desks, parties={word: (word,) for word in plan.parties},
        sites={f"{word}/site-001": SiteHere(f"{word}/site-001", word, AREA) for word in owners}, areas={AREA: None},
        taking_part=frozenset(desks), holdings=holdings, people=people,
    )  # fmt: skip
