"""What comes round by itself in the span of a scenario: each occurrence of a rule, with the desks that owe it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from incident_hub.plan.conditions import Seats
from incident_hub.plan.contingency import Rule
from incident_hub.plan.recurrence import comes_round
from incident_hub.roster.rotation import handovers

from .world import World

_MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Round:
    """One occurrence. Shape: `places` are the seats among which it finds who owes it."""

    at: datetime
    rule: Rule
    places: Seats


def rounds_of(world: World, since: datetime, until: datetime) -> Iterator[Round]:
    """Every occurrence after `since` and up to `until`, rule by rule; hand-overs are those of each desk's own post."""
    seats = world.seats({"plan": world.version})
    for rule in world.plan.rules:
        if rule.every is None:
            continue
        if not rule.every.shift:
            yield from (Round(at, rule, seats) for at in comes_round(rule, since, until, world.zone))
            continue
        party = rule.owed_by.party
        for place in seats.get(party, ()):
            schedule = world.schedules.get((place[1], rule.owed_by.post))
            planned = [one.due_at for one in handovers(schedule, since, until + _MOMENT)] if schedule else []
            for at in comes_round(rule, since, until, world.zone, planned):
                yield Round(at, rule, {party: [place]})
