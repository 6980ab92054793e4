"""Opening an incident in the night: whom the plan wants to know of it, and what its facts are. Pure."""

from __future__ import annotations

from typing import Any

from .following import By, append
from .night import INCIDENT, Matter, Night
from .places import desk_of, site_of
from .scenario import Event

_FACTS = ("grade", "attention", "occurred_at", "discovered_at", "planned_at")


def open_incident(night: Night, by: By, event: Event) -> str | None:
    """Log an incident; what is only heard of stays with the desk that heard it."""
    given, world = event.given, night.world
    kind = world.plan.types.get(given["type"])
    if kind is None:
        return f"The plan has no type {given['type']}."
    if event.incident in night.matters:
        return f"There is an incident {event.incident or '(the first one)'} already."
    site = site_of(world, given["site"]) if given.get("site") else None
    if given.get("site") and site is None:
        return f"There is no site {given['site']}."
    areas = world.areas_around(given.get("area") or (site.area if site else None))
    owner = site.agency if site else by.agency if world.agencies[by.agency].kind == "carrier" else None
    facts: dict[str, Any] = {name: given.get(name) for name in _FACTS}
    facts |= {
        "type": kind.code, "category": kind.category, "tlp": given.get("tlp") or kind.tlp,
        "life_safety": kind.life_safety, "lead": by.agency, "site": site.code if site else None, "site_owner": owner,
        "area": next(iter(areas), None), "areas": areas, "plan": world.version,
        "known_at": {by.agency: given["known_at"]} if given.get("known_at") else {},
        "status": given.get("status") or "reported",
    }  # fmt: skip
    matter = Matter(INCIDENT, event.incident, world.plan, facts)
    night.matters[event.incident] = matter
    told = _own(by) if facts["status"] == "heard" else _plan_circle(night, matter, by)
    data = {
        "type": kind.code,
        "grade": facts["grade"],
        "status": facts["status"],
        **_disclosed(night, matter, told, by),
    }
    append(night, "incident.opened", by, matter, data)
    return None


def raise_heard(night: Night, by: By, matter: Matter) -> None:
    """Make a report of what was heard: the plan's circle knows of it, and its clocks run."""
    matter.facts["status"] = "reported"
    told = _plan_circle(night, matter, by)
    data = {"from": "heard", "to": "reported", **_disclosed(night, matter, told, by)}
    append(night, "incident.raised", by, matter, data)


def _own(by: By) -> tuple[str, dict[str, str]]:
    return by.agency, {by.desk: "lead"}


def _plan_circle(night: Night, matter: Matter, by: By) -> tuple[str, dict[str, str]]:
    """Who leads, and the desks that know, each in its role."""
    kind = matter.plan.types[matter.facts["type"]]
    seats = night.world.seats({**matter.facts, "lead": None})
    agency, desk, _ = (seats.get(kind.lead) or [(by.agency, by.desk, "")])[0]
    roles: dict[str, str] = {}
    for role, parties in (("informed", kind.informed), ("support", kind.support)):
        roles |= {place: role for word in parties for _, place, _ in seats.get(word, [])}
    roles.pop(desk, None)
    roles = {desk: "lead", **roles}
    roles.setdefault(by.desk, "support")
    return agency, roles


def _disclosed(night: Night, matter: Matter, told: tuple[str, dict[str, str]], by: By) -> dict[str, Any]:
    lead, roles = told
    matter.facts["lead"] = lead
    granted = {desk: role for desk, role in roles.items() if desk_of(night.world, desk)}
    for desk, role in granted.items():
        matter.let_know(desk, role, night.now)
    fresh = [desk for desk, role in granted.items() if role in ("lead", "support") and desk != by.desk]
    return {"lead": lead, "access": [{"desk": desk, "role": role} for desk, role in granted.items()], "fresh": fresh}
