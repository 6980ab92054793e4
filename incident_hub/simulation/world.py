"""The world a plan is tried in: who plays which role, who holds which post, who can be reached how. Pure.

It is read from a real operation (`queries.world_of`), made from the plan itself (`standin`), or written by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from incident_hub.operations.binding import Places, resolve, walk
from incident_hub.plan.contingency import Plan
from incident_hub.plan.owing import Place
from incident_hub.plan.vocabulary import CHANNELS
from incident_hub.roster import rotation
from incident_hub.roster.rotation import Schedule

DUTY = "duty"
Post = tuple[str, str]


@dataclass(frozen=True)
class AgencyHere:
    """A body that takes part; `parent` is a code."""

    code: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True)
class SiteHere:
    """A place of an agency; `agency` and `area` are codes."""

    code: str
    agency: str
    area: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who can be called, and the channels that reach them; `bad` are those whose address is known wrong."""

    id: str
    name: str
    channels: frozenset[str]
    bad: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """A desk takes part in the operation. Units: `since` when it came to know of it; None before anything happens."""

    role: str = "part"
    since: datetime | None = None


@dataclass(frozen=True)
class World:
    """Everything the plan's machinery asks of the rest of the Hub, as plain things.

    Shape: `desks` gives each desk (`agency/desk`) its posts; `parties` each role of the plan the agencies that play
    it, in the order they are asked; `places` the areas and agencies around; `taking_part` are the desks that know of
    the operation, in the order they came to; `schedules` are by desk and post; `channels` are those the Hub has,
    `desk_channels` those that reach whoever sits at a desk.
    """

    operation: str
    zone: str
    phase: str
    plan: Plan
    version: str
    agencies: Mapping[str, AgencyHere]
    desks: Mapping[str, tuple[str, ...]]
    parties: Mapping[str, tuple[str, ...]]
    places: Places
    sites: Mapping[str, SiteHere] = field(default_factory=dict[str, SiteHere])
    areas: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    taking_part: Mapping[str, Part] = field(default_factory=dict[str, "Part"])
    channels: frozenset[str] = frozenset(CHANNELS)
    schedules: Mapping[Post, Schedule] = field(default_factory=dict[Post, Schedule])
    people: Mapping[str, Person] = field(default_factory=dict[str, Person])
    desk_channels: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    @property
    def participants(self) -> set[str]:
        """The agencies that take part."""
        return {desk.partition("/")[0] for desk in self.taking_part}

    @property
    def site_owners(self) -> set[str]:
        """Those that take part as owners of sites, and are overseen by the others."""
        owning = [word for word, party in self.plan.parties.items() if party.by == "site_owner"]
        return {agency for word in owning for agency in self.parties.get(word, ())}

    def holders(self, desk: str, post: str, at: datetime) -> list[str]:
        """The members who hold a desk's post at an instant."""
        schedule = self.schedules.get((desk, post))
        return rotation.holders(schedule, at) if schedule else []

    def seats(self, facts: Mapping[str, Any]) -> dict[str, list[Place]]:
        """Who plays each role for an incident with these facts."""
        site = self.sites.get(str(facts.get("site")))
        places = replace(self.places, site_area=site.area) if site else self.places
        return resolve(self.plan, self.parties, places, facts)

    def fault(self, member: str, desk: str, channel: str) -> str | None:
        """Why somebody cannot be reached by a channel at a desk; None when they can."""
        if channel not in self.channels:
            return "no_channel"
        if channel in self.people[member].channels or channel in self.desk_channels.get(desk, ()):
            return None
        return "bad_address" if channel in self.people[member].bad else "no_address"

    def areas_around(self, area: str | None) -> list[str]:
        """An area and all above it, innermost first."""
        return walk(area, self.areas)
