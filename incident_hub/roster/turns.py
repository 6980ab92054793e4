"""Turns: the shifts of one rotation, one after the other, by the clock on the wall. Pure.

Hand-overs keep their wall time all year; a shift over a change of clocks is therefore longer or shorter in hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from incident_hub.kernel.saying import say

from . import wall

Span = tuple[datetime, datetime]
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Rotation:
    """Crews that take a post in turn.

    Shape: `handovers` are the wall times of a day at which the watch changes, in order; with one of them a crew stays
    `days` days, or `hours` wall hours counted from the first hand-over. `crews` take over in order and begin anew.
    `since` and `until` are the instants between which the rotation holds; without them it begins on `first_on` and
    goes on. `signed` says that its hand-overs are signed.
    """

    zone: str
    first_on: date
    crews: tuple[tuple[str, ...], ...]
    handovers: tuple[time, ...] = (time(8),)
    days: int = 1
    hours: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    signed: bool = True
    key: str = ""

    def boundary(self, n: int) -> datetime:
        """The wall time at which the n-th shift begins; the first is 0."""
        if self.hours:
            return datetime.combine(self.first_on, self.handovers[0]) + n * timedelta(hours=self.hours)
        turn, slot = divmod(n, len(self.handovers))
        return datetime.combine(self.first_on + timedelta(days=turn * self.days), self.handovers[slot])

    def number(self, at: datetime) -> int:
        """The shift that a wall time lies in; below 0 before the first."""
        passed = at - self.boundary(0)
        length = timedelta(hours=self.hours) if self.hours else timedelta(days=self.days)
        n = passed // length * (1 if self.hours else len(self.handovers))
        while self.boundary(n) > at:
            n -= 1
        while self.boundary(n + 1) <= at:
            n += 1
        return n

    def crew(self, n: int) -> tuple[str, ...]:
        """Who has the n-th shift."""
        return self.crews[n % len(self.crews)]


@dataclass(frozen=True)
class Holidays:
    """On these local dates another rotation holds, from its first hand-over of the day to that of the next day."""

    dates: frozenset[date]
    rotation: Rotation

    def spans(self, since: datetime, until: datetime) -> Iterator[tuple[Span, Span]]:
        """Each run of holidays as (when it holds, when it silences the others); the two differ where clocks go back."""
        zone, at = self.rotation.zone, self.rotation.handovers[0]
        low = (wall.local(zone, since) - wall.FURTHEST).date() - timedelta(days=1)
        high = (wall.local(zone, until) + wall.FURTHEST).date()
        for first, after in _runs(self.dates):
            if after < low or first > high:
                continue
            begin, end = datetime.combine(first, at), datetime.combine(after, at)
            holds = (wall.begins(zone, begin), wall.ends(zone, end))
            silences = (wall.ends(zone, begin), wall.begins(zone, end))
            yield holds, silences


def turns(rotation: Rotation, since: datetime, until: datetime) -> Iterator[tuple[int, datetime, datetime]]:
    """The shifts that touch a span, each as (number, since, until), cut to the rotation's own span."""
    hour = since.replace(minute=0, second=0, microsecond=0)
    # Most questions are about one instant, and many about instants of the same hour.
    short = until - since < _HOUR
    for n, begin, end in _of_hour(rotation, hour) if short else _between(rotation, since, until):
        if begin < until and end > since:
            yield n, begin, end


def fault(rotation: Rotation) -> str | None:
    """Why a rotation cannot hold, as a sentence; None for one that can."""
    if not wall.known(rotation.zone):
        return say("There is no zone {zone}; write one as Asia/Shanghai is written.", zone=rotation.zone)
    if not rotation.crews or not all(rotation.crews):
        return "There is no crew, or one with nobody in it; name at least one member for each."
    if not rotation.handovers:
        return "There is no hand-over; give at least one wall time, for example 08:00."
    if list(rotation.handovers) != sorted(set(rotation.handovers)):
        return "The hand-overs of a day must be in order, each named once."
    if rotation.days < 1 or rotation.days > 366:
        return "A crew stays at least one day and at most 366."
    if rotation.hours is not None and not 1 <= rotation.hours <= 24 * 366:
        return "A shift counted in hours lasts at least one hour and at most 366 days."
    if len(rotation.handovers) > 1 and (rotation.days > 1 or rotation.hours):
        return "With several hand-overs in a day a shift lasts from one to the next; leave out its days and hours."
    if rotation.since and rotation.until and rotation.until <= rotation.since:
        return "It ends before it begins."
    return None


@lru_cache(maxsize=8192)
def _of_hour(rotation: Rotation, hour: datetime) -> tuple[tuple[int, datetime, datetime], ...]:
    return tuple(_between(rotation, hour, hour + 2 * _HOUR))


def _between(rotation: Rotation, since: datetime, until: datetime) -> Iterator[tuple[int, datetime, datetime]]:
    if not rotation.crews:
        return
    low = max(0, rotation.number(wall.local(rotation.zone, since) - wall.FURTHEST))
    high = rotation.number(wall.local(rotation.zone, until) + wall.FURTHEST)
    for n in range(low, high + 1):
        begin, end = _turn(rotation, n)
        if begin < end and begin < until and end > since:
            yield n, begin, end


@lru_cache(maxsize=65536)
def _turn(rotation: Rotation, n: int) -> Span:
    begin = wall.begins(rotation.zone, rotation.boundary(n))
    end = wall.ends(rotation.zone, rotation.boundary(n + 1))
    return max(begin, rotation.since or begin), min(end, rotation.until or end)


@lru_cache(maxsize=1024)
def _runs(dates: frozenset[date]) -> tuple[tuple[date, date], ...]:
    """Holidays that follow each other, as (first, day after the last)."""
    one = timedelta(days=1)
    found: list[tuple[date, date]] = []
    for day in sorted(dates):
        if found and found[-1][1] == day:
            found[-1] = (found[-1][0], day + one)
        else:
            found.append((day, day + one))
    return tuple(found)
