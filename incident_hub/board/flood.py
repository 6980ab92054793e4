"""Flood mode: when more comes in than anybody can read, the board groups it and only the gravest sounds. Pure.

Source: ISA-18.2 and EEMUA 191 as read in domain.md §5.1: a flood begins above 10 in 10 minutes and ends below 5.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
BEGINS_ABOVE = 10
ENDS_BELOW = 5
# How far back a desk's incidents are looked at; a flood that is older than this still counts from here.
LOOK_BACK = timedelta(hours=6)


@dataclass(frozen=True)
class Flood:
    """A desk is flooded. Shape: `new` is how many came within the last ten minutes."""

    since: datetime
    new: int


def flood(arrivals: Iterable[datetime], at: datetime) -> Flood | None:
    """Whether a desk is flooded at an instant, from when its incidents came to it.

    It begins with the incident that is one too many, and ends at the instant fewer than five are left in the window.
    """
    window: deque[datetime] = deque()
    since: datetime | None = None
    for came in [*sorted(one for one in arrivals if one <= at), None]:
        now = came or at
        while window and window[0] <= now - WINDOW:
            window.popleft()
            if since is not None and len(window) < ENDS_BELOW:
                since = None
        if came is not None:
            window.append(came)
            if since is None and len(window) > BEGINS_ABOVE:
                since = came
    return Flood(since, len(window)) if since else None
