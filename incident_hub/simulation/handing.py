"""The lead of an incident in the night: offered and accepted, declined, or directed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incident_hub.agencies.authority import lacks_authority
from incident_hub.incidents.lifecycle import ENDED

from .following import By, append
from .night import Matter, Night
from .places import desk_of


def offer_lead(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    """Offer the lead to a desk; until it accepts, the lead stays."""
    to, refusal = _candidate(night, matter, given["to"])
    if refusal:
        return refusal
    data = {"to": to, "from": matter.facts["lead"], "replaces": matter.offered, "addressed": [to]}
    matter.offered = to
    append(night, "lead.offered", by, matter, data)
    return None


def accept_lead(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    """Take the lead that was offered."""
    if matter.offered != by.desk:
        return "The lead is not on offer to your desk; read the incident again."
    to, refusal = _candidate(night, matter, by.desk)
    if refusal:
        return refusal
    data = {"to": to, "from": matter.facts["lead"]}
    _pass(night, matter, to)
    append(night, "lead.accepted", by, matter, data)
    return None


def decline_lead(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    """Decline the lead that was offered."""
    if matter.offered != by.desk:
        return "The lead is not on offer to your desk; read the incident again."
    matter.offered = None
    append(night, "lead.declined", by, matter, {"to": by.desk, "from": matter.facts["lead"]})
    return None


def direct_lead(night: Night, by: By, matter: Matter, given: Mapping[str, Any]) -> str | None:
    """Give the lead to a desk by the authority the plan names."""
    lead = matter.facts["lead"]
    authority = matter.plan.authority.direct_lead
    if refusal := lacks_authority(authority, by.agency, by.desk, lead, _above(night, lead)):
        return refusal
    to, refusal = _candidate(night, matter, given["to"])
    if refusal:
        return refusal
    _pass(night, matter, to)
    append(night, "lead.directed", by, matter, {"to": to, "from": lead})
    return None


def _candidate(night: Night, matter: Matter, words: str) -> tuple[str, str | None]:
    if matter.facts["status"] in ENDED:
        return "", f"The incident is {matter.facts['status']}; nobody leads what has ended."
    desk = desk_of(night.world, words)
    if desk is None or desk not in matter.circle:
        return "", f"{words} does not know of this incident; share it first, then hand the lead over."
    if matter.circle[desk] == "lead":
        return "", f"{desk} has the lead already."
    return desk, None


def _pass(night: Night, matter: Matter, desk: str) -> None:
    """The desk that led supports from now on."""
    for other, role in matter.circle.items():
        if role == "lead":
            matter.circle[other] = "support"
    matter.circle[desk] = "lead"
    matter.facts["lead"] = desk.partition("/")[0]
    matter.offered = None


def _above(night: Night, agency: str) -> list[str]:
    found: list[str] = []
    above = night.world.agencies[agency].parent if agency in night.world.agencies else None
    while above and above != agency and above not in found:
        found.append(above)
        above = night.world.agencies[above].parent if above in night.world.agencies else None
    return found
