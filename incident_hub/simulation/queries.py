"""The world of a real operation, read once, so that a plan can be tried against the roster as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk, Member
from incident_hub.kernel import record
from incident_hub.notify import queries as notices
from incident_hub.notify.channels import CHANNELS
from incident_hub.operations import queries as operations
from incident_hub.plan.contingency import Plan
from incident_hub.roster import queries as roster

from .world import AgencyHere, Part, Person, SiteHere, World

_OF_DESKS = ("webhook", "desk")
SCENARIOS = Path(__file__).resolve().parents[2] / "config" / "scenarios"


def world_of(operation: operations.Operation, plan: Plan | None = None, version: str | None = None) -> World:
    """Everybody in an operation: roles, desks, shifts and channels; with `plan` another plan than the one in force.

    Hand-overs that lie ahead count as signed in time.
    """
    version_in_force, in_force = operations.plan_in_force(operation.id)
    plan = plan or in_force
    desks = {one.id: one for one in agencies.all_desks()}
    arranged = roster.schedules_of(desks)
    posts = {desk.code: tuple(post.code for post in agencies.posts_of(id)) for id, desk in desks.items()}
    taking_part = record.access(operation.id, operation.subject)
    used = {channel for ladder in plan.ladders.values() for step in ladder.steps for channel in step.channels}
    people = [one for one in agencies.members() if not one.disabled]
    at_desks = _at_desks(list(desks.values()), people, used)
    return World(
        operation=operation.code, zone=operation.zone, phase=operation.phase, plan=plan,
        version=version or version_in_force,
        agencies={one.code: AgencyHere(one.code, one.kind, one.parent) for one in agencies.agencies()},
        desks=posts, parties={word: tuple(found) for word, found in operations.bound(operation.id).items()},
        places=operations.places(operation.id, plan),
        sites={one.code: SiteHere(one.code, one.agency, one.area) for one in agencies.sites()},
        areas={one.code: one.parent for one in agencies.areas()},
        taking_part={desks[row.desk_id].code: Part(row.role, row.since) for row in taking_part},
        schedules={(desks[id].code, post): schedule for (id, post), schedule in arranged.items()},
        people={one.id: _person(one, used) for one in people},
        channels=frozenset(CHANNELS), desk_channels=at_desks,
    )  # fmt: skip


def _person(member: Member, used: Iterable[str]) -> Person:
    """Somebody with the channels that reach them wherever they sit."""
    faults: dict[str, str | None] = {}
    for name in used:
        way = CHANNELS.get(name)
        if way is not None and way.whose not in _OF_DESKS:
            faults[name] = None if way.whose == "none" else notices.addresses_for(member, 0, name)[1]
    reached = frozenset(name for name, fault in faults.items() if fault is None)
    bad = frozenset(name for name, fault in faults.items() if fault == "bad_address")
    return Person(member.id, member.name, reached, bad)


def _at_desks(desks: Sequence[Desk], people: Sequence[Member], used: Iterable[str]) -> dict[str, frozenset[str]]:
    """The channels that reach whoever sits at a desk: its webhooks and its common telephone."""
    names = [name for name in used if name in CHANNELS and CHANNELS[name].whose in _OF_DESKS]
    if not people:
        return {}
    return {
        desk.code: frozenset(name for name in names if notices.addresses_for(people[0], desk.id, name)[1] is None)
        for desk in desks
    }


def shipped() -> dict[str, str]:
    """The scenarios that come with the Hub, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(SCENARIOS.glob("*.toml"))}


def title_of(text: str, language: str) -> str:
    """The title of a shipped scenario."""
    return str(tomllib.loads(text)["scenario"]["title"][language])
