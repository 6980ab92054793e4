"""The roster drawn by days: what of each shift falls into each local day, and where nobody holds the post. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from . import wall
from .rotation import Schedule, gaps, shifts

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """A part of one day in which the same people hold a post; without members it is a gap.

    Shape: `begins` and `ends` say whether the shift itself begins and ends in that day.
    """

    since: datetime
    until: datetime
    members: tuple[str, ...]
    why: str
    begins: bool
    ends: bool


def row(schedule: Schedule, zone: str, first: date, count: int) -> list[list[Spell]]:
    """A post over some days, day by day, each day from its first instant on the wall to that of the next."""
    edges = [wall.begins(zone, datetime.combine(first + n * DAY, time())) for n in range(count + 1)]
    found = [(one.since, one.until, one.members, one.why) for one in shifts(schedule, edges[0], edges[-1])]
    found += [(one.since, one.until, (), "gap") for one in gaps(schedule, edges[0], edges[-1])]
    days: list[list[Spell]] = []
    for begin, end in pairwise(edges):
        here = [
            Spell(max(since, begin), min(until, end), members, why, since >= begin, until <= end)
            for since, until, members, why in found
            if since < end and until > begin
        ]
        days.append(sorted(here, key=lambda one: (one.since, one.until)))
    return days


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month(day: date) -> tuple[date, int]:
    """The first of a day's month, and how many days it has."""
    first = day.replace(day=1)
    return first, ((first + 31 * DAY).replace(day=1) - first).days
