"""Who holds a post at an instant, and who will: the questions to a schedule, without a database. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from .turns import Holidays, Rotation
from .watches import Change, Holding, Schedule, Signing, Watch, near, watches

__all__ = [
    "Change", "Gap", "Handover", "Holding", "Holidays", "Rotation", "Schedule", "Shift", "Signing", "Watch", "gaps",
    "handovers", "holders", "overlaps", "shifts", "watches",
]  # fmt: skip

# Whoever was not relieved goes on being called for at most this long.
HELD_OVER = timedelta(hours=24)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Shift:
    """A span in which the same members hold the post for the same reason."""

    since: datetime
    until: datetime
    members: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Gap:
    """A span in which fewer (or, for an overlap, more) hold the post than are wanted."""

    since: datetime
    until: datetime
    members: tuple[str, ...]


@dataclass(frozen=True)
class Handover:
    """The watch changes hands, at the planned end of the outgoing's shift."""

    due_at: datetime
    outgoing: tuple[str, ...]
    incoming: tuple[str, ...]


def holders(schedule: Schedule, at: datetime) -> list[str]:
    """The members who hold the post at an instant; with `signing`, those who were not relieved yet as well."""
    held = _at(watches(near(schedule, at, at), at, at + _MOMENT), at)
    if schedule.signing is not None:
        held += [one for one in _held_over(schedule, schedule.signing, at) if one not in held]
    return held


def shifts(schedule: Schedule, since: datetime, until: datetime) -> list[Shift]:
    """The shifts that touch a span, in order of time, each with its whole crew."""
    crews: dict[tuple[datetime, datetime, str], list[str]] = {}
    for one in watches(schedule, since, until):
        crews.setdefault((one.since, one.until, one.why), []).append(one.member)
    return [Shift(low, high, tuple(dict.fromkeys(crew)), why) for (low, high, why), crew in sorted(crews.items())]


def gaps(schedule: Schedule, since: datetime, until: datetime, wanted: int = 1) -> list[Gap]:
    """Every span in which fewer hold the post than are wanted."""
    return _joined(one for one in _slices(schedule, since, until) if len(one.members) < wanted)


def overlaps(schedule: Schedule, since: datetime, until: datetime, wanted: int = 1) -> list[Gap]:
    """Every span in which more hold the post than are wanted."""
    return _joined(one for one in _slices(schedule, since, until) if len(one.members) > wanted)


def handovers(schedule: Schedule, since: datetime, until: datetime) -> list[Handover]:
    """Every planned instant of a span at which somebody leaves a watch that is handed over by signature."""
    near = watches(schedule, since - _MOMENT, until)
    found: list[Handover] = []
    for due_at in sorted({one.until for one in near if one.signed and since <= one.until < until}):
        after = _at(watches(schedule, due_at, due_at + _MOMENT), due_at)
        left = [one.member for one in near if one.until == due_at and one.signed and one.member not in after]
        if left:
            found.append(Handover(due_at, tuple(dict.fromkeys(left)), tuple(after)))
    return found


def _at(found: Iterable[Watch], at: datetime) -> list[str]:
    return list(dict.fromkeys(one.member for one in found if one.since <= at < one.until))


def _held_over(schedule: Schedule, signing: Signing, at: datetime) -> tuple[str, ...]:
    """Who left by plan and was not relieved: until it is signed, until the next hand-over, for a day at most."""
    recent = handovers(near(schedule, at - HELD_OVER, at), at - HELD_OVER + _MOMENT, at + _MOMENT)
    if not recent or (signing.until is not None and recent[-1].due_at > signing.until):
        return ()
    signed_at = signing.signed.get(recent[-1].due_at)
    return recent[-1].outgoing if signed_at is None or signed_at > at else ()


def _slices(schedule: Schedule, since: datetime, until: datetime) -> Iterator[Gap]:
    """A span cut at every instant at which somebody comes or goes."""
    coming = sorted(watches(schedule, since, until), key=lambda one: one.since)
    marks = {since, until} | {one.since for one in coming} | {one.until for one in coming}
    there: list[Watch] = []
    place = 0
    for low, high in pairwise(sorted(mark for mark in marks if since <= mark <= until)):
        while place < len(coming) and coming[place].since <= low:
            there.append(coming[place])
            place += 1
        there = [one for one in there if one.until > low]
        yield Gap(low, high, tuple(dict.fromkeys(one.member for one in there)))


def _joined(found: Iterable[Gap]) -> list[Gap]:
    joined: list[Gap] = []
    for one in found:
        if joined and joined[-1].until == one.since and joined[-1].members == one.members:
            joined[-1] = replace(joined[-1], until=one.until)
        else:
            joined.append(one)
    return joined
