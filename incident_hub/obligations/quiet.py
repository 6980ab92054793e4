"""Quiet hours: the wall times between which nothing sounds, and where a call's clock stands still. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Quiet = tuple[time, time]
# A clock that stands still most of the day must still come to an end; the longest span a plan may write is ten years.
_DAYS = 4000


def walk(start: datetime, span: timedelta, quiet: Quiet | None, zone: str) -> datetime:
    """The instant a span after the start, on a clock that stands still in quiet hours.

    What would fall into them, their first instant included, comes at their end; so steps keep order and distance.
    Units: aware UTC; `quiet` is wall time in the operation's zone, over midnight when it ends before it begins.
    """
    if quiet is None or quiet[0] == quiet[1]:
        return start + span
    at, left = start, span
    for begins, ends in _nights(start, quiet, zone):
        if ends <= at:
            continue
        if at + left < begins:
            break
        left -= max(begins - at, timedelta())
        at = ends
    return at + left


def _nights(start: datetime, quiet: Quiet, zone: str) -> Iterator[tuple[datetime, datetime]]:
    local = ZoneInfo(zone)
    over_midnight = timedelta(days=1 if quiet[1] < quiet[0] else 0)
    first = start.astimezone(local).date() - timedelta(days=1)
    for count in range(_DAYS):
        day = first + timedelta(days=count)
        begins, ends = _instant(day, quiet[0], local), _instant(day + over_midnight, quiet[1], local)
        # Where clocks spring forward over the whole of it, there is no quiet that day.
        if begins < ends:
            yield begins, ends


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, zone).astimezone(UTC)
