"""From when to when a briefing tells of, and when it is issued (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
# Later than this and it says so: the engine passes every second.
PUNCTUAL = timedelta(minutes=1)
LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class Period:
    """What a briefing tells of. Units: events after `since` and up to `until`, as known at `at`; aware UTC."""

    since: datetime
    until: datetime
    at: datetime


def period(at: datetime | None, since: datetime | None, until: datetime | None, now: datetime) -> Period | str:
    """The period asked for, or why there is none: by default the day up to the cut-off, and the cut-off now."""
    cut = at or now
    end = until or cut
    begin = since or end - DAY
    if cut > now:
        return "The cut-off lies in the future; nothing is known of it yet."
    if end > cut:
        return "The period ends after the cut-off; choose an earlier end, or a later cut-off."
    if begin >= end:
        return "The period ends before it begins."
    if end - begin > LONGEST:
        return "A period has 400 days at most."
    return Period(begin, end, cut)


@dataclass(frozen=True)
class Due:
    """A briefing that is to be issued, and those before it that nobody was sent because the Hub was silent."""

    period: Period
    occurrence: str
    skipped: tuple[str, ...]


def due(rounds: Sequence[datetime], before: datetime | None, zone: str) -> Due | None:
    """The newest of the instants at which one came due; the older ones would tell what is overtaken.

    Shape: `before` is the end of the last one that was issued; what came after it is told in this one.
    """
    if not rounds:
        return None
    newest = rounds[-1]
    since = before if before is not None and before < newest else newest - DAY
    since = max(since, newest - LONGEST)
    skipped = tuple(named(one, zone) for one in rounds[:-1])
    return Due(Period(since, newest, newest), named(newest, zone), skipped)


def named(at: datetime, zone: str) -> str:
    """An instant by its wall time; the second of two equal ones has its offset beside it."""
    local = at.astimezone(ZoneInfo(zone))
    return local.isoformat(timespec="minutes") if local.fold else local.strftime("%Y-%m-%dT%H:%M")


def late_by(due_at: datetime, at: datetime) -> float | None:
    """How late it is issued, in seconds; None where it is in time."""
    return (at - due_at).total_seconds() if at - due_at > PUNCTUAL else None
