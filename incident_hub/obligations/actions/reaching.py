"""Whom a step reaches at this instant: party, desk, post, holders, cut to those who may know (product, spine 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk, Member
from incident_hub.kernel import record
from incident_hub.obligations.models import Obligation, Step
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster


@dataclass
class Reach:
    """Whom a step reaches, and whom it does not and why.

    Shape: `targets` and `withheld` as the entry states them; `people` are (member, desk id), each member once;
    `disclosed` are desks that learn of the subject by this very step.
    """

    targets: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    withheld: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    people: dict[str, tuple[Member, int]] = field(default_factory=dict[str, tuple[Member, int]])
    disclosed: list[str] = field(default_factory=list[str])


def reach(debt: Obligation, step: Step, at: datetime) -> Reach:
    """Resolve the targets of a step as things stand now.

    A step that discloses lets the desk know in the same transaction; any other leaves it out and says so.
    """
    found = Reach()
    subject = (debt.noun, debt.ref)
    named: set[tuple[str, str]] = set()
    for post, party in step.to:
        for agency, desk_code, _ in _places(debt, party):
            if (desk_code, post) in named:
                continue
            named.add((desk_code, post))
            told = {"agency": agency, "desk": desk_code, "post": post}
            desk = agencies.desk(desk_code)
            why = _why_not(debt, step, desk, post)
            # TLP:RED is exactly the listed desks: not even the plan widens it (rulings 8).
            if why == "not_cleared" and desk is not None and step.discloses and debt.facts.get("tlp") != "RED":
                record.disclose(debt.chain, subject, desk.id, step.discloses, "from_now", at, "plan")
                found.disclosed.append(desk_code)
                why = None
            if why or desk is None:
                found.withheld.append(told | {"why": why})
                continue
            _call(found, told, desk, post, at)
    return found


def _places(debt: Obligation, party: str) -> Sequence[tuple[str, str, str]]:
    if party == "own":
        return [(debt.agency, debt.desk, debt.why)]
    if party == "linked":
        sharing = [row.desk_id for row in record.access(debt.chain, (debt.noun, debt.ref)) if row.role != "informed"]
        desks = agencies.desks(sharing)
        return [(desks[id].agency, desks[id].code, "shares it") for id in sharing if id != debt.desk_id]
    return operations.seats(debt.chain, debt.facts).get(party, [])


def _why_not(debt: Obligation, step: Step, desk: Desk | None, post: str) -> str | None:
    if desk is None:
        return "no_desk"
    if step.occurrence > 0 and f"{desk.code}:{post}" in debt.seen_by:
        return "seen"
    if record.may_know(debt.chain, (debt.noun, debt.ref), desk.id) is None:
        return "not_cleared"
    return None


def _call(found: Reach, told: dict[str, Any], desk: Desk, post: str, at: datetime) -> None:
    holders = [agencies.member(id) for id in roster.holders_of(desk.id, post, at)]
    members = [one for one in holders if one is not None and not one.disabled]
    if not members:
        found.withheld.append(told | {"why": "vacant"})
        return
    found.targets.append(told | {"members": [one.id for one in members]})
    for one in members:
        found.people.setdefault(one.id, (one, desk.id))
