"""Whom the plan wants to know of an incident: its lead, those who support, those who are informed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.kernel import record
from incident_hub.kernel.record import By
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import IncidentType


@dataclass(frozen=True)
class Circle:
    """Who will know. Shape: `lead` is an agency and `why` says why it is this one; `desks` pairs desk and role."""

    lead: str
    why: str
    desks: tuple[tuple[str, str], ...]


def own_circle(by: By) -> Circle:
    """What is only heard of is known to the desk that heard it, and to nobody else."""
    return Circle(by.agency, "heard it", ((by.desk, "lead"),))


def plan_circle(
    chain: int, kind: IncidentType, facts: Mapping[str, Any], by: By, wanted: Sequence[tuple[str, str]] = ()
) -> Circle:
    """The circle the plan draws around an incident; desks that are asked for take the place of its support.

    Whoever is named otherwise, the lead the plan gives stays the lead, and who logs it belongs to it.
    """
    seats = operations.seats(chain, {**facts, "lead": None})
    agency, desk, why = (seats.get(kind.lead) or [(by.agency, by.desk, "nobody plays the lead the plan names")])[0]
    roles: dict[str, str] = {}
    if wanted:
        roles |= dict(wanted)
    else:
        for role, parties in (("informed", kind.informed), ("support", kind.support)):
            roles |= {place: role for word in parties for _, place, _ in seats.get(word, [])}
    roles.pop(desk, None)
    roles = {desk: "lead", **roles}
    roles.setdefault(by.desk, "support")
    return Circle(agency, why, tuple(roles.items()))


def disclose(chain: int, ref: str, circle: Circle, at: datetime, by: By) -> list[tuple[str, str]]:
    """Let the desks of a circle know, in the same transaction; those that exist, with their roles."""
    found = {code: agencies.desk(code) for code, _ in circle.desks}
    roles = {desk.id: role for code, role in circle.desks if (desk := found[code])}
    record.disclose_all(chain, ("incident", ref), roles, "full", at, by.desk)
    return [(code, role) for code, role in circle.desks if found[code]]


def told(circle: Circle, granted: Sequence[tuple[str, str]], by: By) -> dict[str, Any]:
    """What an entry says of a circle: who leads and why, who may know, and who is asked to say that they have it."""
    return {
        "lead": circle.lead,
        "lead_why": circle.why,
        "access": [{"desk": desk, "role": role} for desk, role in granted],
        # Who logs it knows it already; everybody else who works on it is asked to say that they have it.
        "fresh": [desk for desk, role in granted if role in ("lead", "support") and desk != by.desk],
    }
