"""Wall time: which instant a time on the clock of a zone is, on the days when clocks are changed too. Pure.

A time that comes twice begins a shift when it comes first and ends one when it comes last: the two who meet there
overlap, and nobody is missing. A time that is skipped is the first instant after the skip (docs/DECISIONS.md).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Wall clocks never moved further than by a day (an island that changed sides of the date line).
FURTHEST = timedelta(hours=25)


def begins(zone: str, wall: datetime) -> datetime:
    """The instant at which what begins at this wall time begins. Units: `wall` is naive, the answer aware UTC."""
    return _instants(zone, wall)[0]


def ends(zone: str, wall: datetime) -> datetime:
    """The instant at which what ends at this wall time ends. Units: as for `begins`."""
    return _instants(zone, wall)[1]


def local(zone: str, at: datetime) -> datetime:
    """What the clock on the wall shows. Units: naive."""
    return at.astimezone(_zone(zone)).replace(tzinfo=None, fold=0)


def known(zone: str) -> bool:
    """Whether there is a zone of this name."""
    try:
        _zone(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=65536)
def _instants(zone: str, wall: datetime) -> tuple[datetime, datetime]:
    place = _zone(zone)
    first = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
    last = wall.replace(tzinfo=place, fold=1).astimezone(UTC)
    if first <= last:
        return first, last
    # Skipped: read with the offset before the change it lies after the change, and the other way round.
    changed = _change(place, last, first)
    return changed, changed


def _change(place: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The instant between two at which the offset changes, to the second."""
    after = high.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == after:
            high = middle
        else:
            low = middle
    return high


@lru_cache(maxsize=1024)
def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)
