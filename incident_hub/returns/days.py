"""Which local dates are owed, and what a day covers. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def window(day: date, cut_off: time, zone: str) -> tuple[datetime, datetime]:
    """What the return of a local date covers: from the cut-off of the day before to that of the day. Units: aware UTC.

    A wall time that the clocks leap over comes as much later; one that is there twice comes the first time.
    """
    before = day - timedelta(days=1)
    if not exists(before, zone):
        before -= timedelta(days=1)
    return _wall(before, cut_off, zone), _wall(day, cut_off, zone)


def local_date(at: datetime, zone: str) -> date:
    """The date on the operation's wall."""
    return at.astimezone(ZoneInfo(zone)).date()


def begins(day: date, zone: str) -> datetime:
    """Midnight, or the first moment there is of a date; from then on its units owe it. Units: aware UTC."""
    return _wall(day, time(0), zone)


def exists(day: date, zone: str) -> bool:
    """Whether the zone has that date at all; one that moved across the date line left one out."""
    return local_date(begins(day, zone), zone) == day


def _wall(day: date, wall: time, zone: str) -> datetime:
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
