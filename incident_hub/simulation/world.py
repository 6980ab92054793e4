"""The world a plan is tried in: who plays which role, who holds which post, who can be reached how. Pure.

It is read from a real operation (`queries.world_of`), made from the plan itself (`standin`), or written by a test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incident_hub.plan.contingency import Plan
from incident_hub.plan.owing import Place

DUTY = "duty"


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
    """Somebody who can be called, and the channels that have an address for them."""

    id: str
    name: str
    channels: frozenset[str]


@dataclass(frozen=True)
class Holding:
    """Somebody holds a post. Units: from `since`, inclusive, until `until`, exclusive; None is open."""

    desk: str
    post: str
    member: str
    since: datetime | None = None
    until: datetime | None = None

    def lasts(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return (self.since is None or self.since <= at) and (self.until is None or self.until > at)


@dataclass(frozen=True)
class World:
    """Everything the plan's machinery asks of the rest of the Hub, as plain things.

    Shape: `desks` gives each desk (`agency/desk`) its posts; `parties` each role of the plan the agencies that play
    it, in the order they are asked; `areas` each area the one above it; `taking_part` are the desks that know of the
    operation. Holders of one post are called in the order of `holdings`.
    """

    operation: str
    zone: str
    phase: str
    plan: Plan
    version: str
    agencies: Mapping[str, AgencyHere]
    desks: Mapping[str, tuple[str, ...]]
    parties: Mapping[str, tuple[str, ...]]
    sites: Mapping[str, SiteHere] = field(default_factory=dict[str, SiteHere])
    areas: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    taking_part: frozenset[str] = frozenset()
    holdings: Sequence[Holding] = ()
    people: Mapping[str, Person] = field(default_factory=dict[str, Person])

    def holders(self, desk: str, post: str, at: datetime) -> list[str]:
        """The members who hold a desk's post at an instant, the longest holder first."""
        return [one.member for one in self.holdings if (one.desk, one.post) == (desk, post) and one.lasts(at)]

    def seats(self, facts: Mapping[str, Any]) -> dict[str, list[Place]]:
        """Who plays each role for an incident with these facts."""
        lead, owner = facts.get("lead"), facts.get("site_owner")
        chosen: dict[str, list[tuple[str, str]]] = {
            "lead": [(lead, "lead of the incident")] if lead else [],
            "site_owner": [(owner, "owner of the site")] if owner else [],
        }
        for word, party in self.plan.parties.items():
            named = [(agency, f"bound to {word}") for agency in self.parties.get(word, ())]
            chosen[word] = chosen[party.by] if party.by in ("site_owner", "lead") else named
        return {word: [(agency, f"{agency}/{DUTY}", why) for agency, why in found] for word, found in chosen.items()}

    def fault(self, member: str, channel: str) -> str | None:
        """Why somebody cannot be reached by a channel; None when they can."""
        return None if channel in self.people[member].channels else "no_address"

    def areas_around(self, area: str | None) -> list[str]:
        """An area and all above it, innermost first."""
        found: list[str] = []
        while area is not None and area in self.areas and area not in found:
            found.append(area)
            area = self.areas[area]
        return found
