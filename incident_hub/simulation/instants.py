"""Instants as a scenario writes them: a wall time in the zone of the operation, or so long after the start. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from incident_hub.plan.durations import read_duration

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


def read_wall(words: str, zone: str) -> datetime | None:
    """A date with a time, `2026-09-02T03:10`, as an aware instant in UTC; with an offset it means that one."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    if len(words) < len("2026-09-02T03:10"):
        return None
    local = found if found.tzinfo is not None else found.replace(tzinfo=ZoneInfo(zone))
    try:
        return local.astimezone(UTC)
    except OverflowError:
        return None


def read_instant(words: str, start: datetime, zone: str) -> datetime | None:
    """`+4m` and `-10m` count from the start; `04:00` is the first such time after it; else a date with a time."""
    sign, length = words[:1], read_duration(words[1:])
    try:
        if sign in ("+", "-"):
            return None if length is None else start + (length if sign == "+" else -length)
        clock = _CLOCK.fullmatch(words)
        if clock is None:
            return read_wall(words, zone)
        return _first(start, time(int(clock[1]), int(clock[2]), int(clock[3] or 0)), zone)
    except OverflowError:
        return None


def _first(start: datetime, clock: time, zone: str) -> datetime:
    local = start.astimezone(ZoneInfo(zone))
    found = datetime.combine(local.date(), clock, ZoneInfo(zone))
    return (found if found >= local else found + timedelta(days=1)).astimezone(UTC)
