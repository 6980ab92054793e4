"""Durations and times of day as people write them in a plan: 30s, 15m, 2h, 3d, and 16:00. Pure."""

from __future__ import annotations

import re
from datetime import time, timedelta

_WRITTEN = re.compile(r"([0-9]{1,8})([smhd])")
_WALL = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
# Beyond this a number is a slip of the keyboard, and added to an instant it would leave the calendar.
LONGEST = timedelta(days=3660)


def read_duration(words: str) -> timedelta | None:
    """The duration, or None when the words are not one or it is longer than ten years."""
    found = _WRITTEN.fullmatch(words)
    if not found:
        return None
    duration = timedelta(**{_UNITS[found[2]]: int(found[1])})
    return duration if duration <= LONGEST else None


def write_duration(duration: timedelta) -> str:
    """The shortest way a plan would write it. Units: whole seconds."""
    seconds = int(duration.total_seconds())
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"


def read_wall(words: str) -> time | None:
    """A time of day on the operation's wall clock, or None when the words are not one."""
    found = _WALL.fullmatch(words)
    return time(int(found[1]), int(found[2])) if found else None
