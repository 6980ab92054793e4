"""Durations as people write them in a plan: 30s, 15m, 2h, 3d. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

_WRITTEN = re.compile(r"([0-9]{1,8})([smhd])")
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
