"""Watches: who is on which shift of a post, out of everything that is arranged for it. Pure.

The layers, each silencing those before: the rotation, local holidays, temporary rotations for a peak. On what comes
out of them replacements and swaps are worked in the order they were decided. Whoever is appointed holds the post
beside all of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from .turns import Holidays, Rotation, Span, turns


@dataclass(frozen=True)
class Holding:
    """A member was appointed to the post and holds it until relieved."""

    member: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Change:
    """Somebody stands in for somebody, or comes in addition (`instead_of` None). Shape: `why` is override or swap."""

    member: str
    instead_of: str | None
    since: datetime
    until: datetime
    why: str = "override"
    key: str = ""


@dataclass(frozen=True)
class Signing:
    """Which hand-overs were signed: by planned instant, when. What falls due after `until` counts as signed in time."""

    signed: Mapping[datetime, datetime] = field(default_factory=dict[datetime, datetime])
    until: datetime | None = None


@dataclass(frozen=True)
class Schedule:
    """All that is arranged for one post; without `signing` every hand-over counts as signed in time."""

    rotations: tuple[Rotation, ...] = ()
    holidays: tuple[Holidays, ...] = ()
    temporary: tuple[Rotation, ...] = ()
    changes: tuple[Change, ...] = ()
    holdings: tuple[Holding, ...] = ()
    signing: Signing | None = None


@dataclass(frozen=True)
class Watch:
    """One member on one shift.

    Shape: `why` is rotation, holiday, temporary, override, swap or appointed; `key` names the shift and the place in
    its crew, `sequence` counts how often it was changed; `signed` says that its end is handed over by signature.
    """

    member: str
    since: datetime
    until: datetime
    why: str
    key: str = ""
    sequence: int = 0
    signed: bool = True

    def part(self, since: datetime, until: datetime) -> Watch:
        """A part of this watch; one that begins later is named by its beginning too."""
        key = self.key if since == self.since else f"{self.key.partition('@')[0]}@{since:%Y%m%dT%H%M%S}"
        return replace(self, since=since, until=until, key=key)


def watches(schedule: Schedule, since: datetime, until: datetime) -> list[Watch]:
    """Everyone who holds the post at some instant of a span, shift by shift, with the shifts' own ends."""
    found = [
        Watch(one.member, one.since, one.until or max(until, one.since), "appointed", signed=False)
        for one in sorted(schedule.holdings, key=lambda one: one.since)
    ]
    planned = [one for rotation in schedule.rotations for one in _of(rotation, "rotation", since, until)]
    # A shift that touches the span may be cut short outside of it.
    low, high = min([since, *(one.since for one in planned)]), max([until, *(one.until for one in planned)])
    for holiday in schedule.holidays:
        planned = _holiday(planned, holiday, (low, high), (since, until))
    for rotation in schedule.temporary:
        planned = _temporary(planned, rotation, since, until)
    found += sorted(planned, key=lambda one: (one.since, one.key))
    for change in schedule.changes:
        found = _changed(found, change)
    return [one for one in found if one.since < until and one.until > since and one.since < one.until]


def near(schedule: Schedule, since: datetime, until: datetime) -> Schedule:
    """What of a schedule can matter to who holds the post in a span; the rest never does, so questions get cheaper."""
    if not (schedule.temporary or schedule.changes or schedule.holdings):
        return schedule
    return replace(
        schedule,
        temporary=tuple(one for one in schedule.temporary if _touches(one.since, one.until, since, until)),
        changes=tuple(one for one in schedule.changes if _touches(one.since, one.until, since, until)),
        holdings=tuple(one for one in schedule.holdings if _touches(one.since, one.until, since, until)),
    )


def _touches(begin: datetime | None, end: datetime | None, since: datetime, until: datetime) -> bool:
    return (begin is None or begin <= until) and (end is None or end >= since)


def _of(rotation: Rotation, why: str, since: datetime, until: datetime) -> Iterator[Watch]:
    for n, begin, end in turns(rotation, since, until):
        for place, member in enumerate(rotation.crew(n)):
            yield Watch(member, begin, end, why, f"{rotation.key}:{n}:{place}", signed=rotation.signed)


def _holiday(below: list[Watch], holiday: Holidays, extent: Span, asked: Span) -> list[Watch]:
    own: list[Watch] = []
    for holds, silences in holiday.spans(*extent):
        low, high = _within(holiday.rotation, holds)
        found = _of(holiday.rotation, "holiday", max(low, asked[0]), min(high, asked[1]))
        own += [one.part(max(one.since, low), min(one.until, high)) for one in found]
        below = _without(below, *_within(holiday.rotation, silences))
    return below + own


def _temporary(below: list[Watch], rotation: Rotation, since: datetime, until: datetime) -> list[Watch]:
    if rotation.since is None or rotation.until is None:
        return below
    return _without(below, rotation.since, rotation.until) + list(_of(rotation, "temporary", since, until))


def _within(rotation: Rotation, span: Span) -> Span:
    since, until = span
    return max(since, rotation.since or since), min(until, rotation.until or until)


def _without(found: list[Watch], since: datetime, until: datetime) -> list[Watch]:
    """Watches with a span cut out of them."""
    if since >= until:
        return found
    return [part for one in found for part in _around(one, since, until)]


def _around(one: Watch, since: datetime, until: datetime) -> list[Watch]:
    """What is left of a watch before and after a span."""
    if one.until <= since or one.since >= until:
        return [one]
    before = [one.part(one.since, since)] if one.since < since else []
    return before + ([one.part(until, one.until)] if one.until > until else [])


def _changed(found: list[Watch], change: Change) -> list[Watch]:
    if change.instead_of is None:
        return [*found, Watch(change.member, change.since, change.until, change.why, f"change:{change.key}")]
    changed: list[Watch] = []
    for one in found:
        low, high = max(one.since, change.since), min(one.until, change.until)
        if one.member != change.instead_of or low >= high:
            changed.append(one)
            continue
        moved = replace(one, sequence=one.sequence + 1)
        stands_in = replace(moved.part(low, high), member=change.member, why=change.why)
        changed += [*_around(moved, low, high), stands_in]
    return changed
