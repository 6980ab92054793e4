"""`python -m tests.faults.roster_oracle [--jobs N] [--zones WORD] [--once]`: who holds a post, by a second opinion.

For every zone of the IANA database, 2024 to 2030: every minute within 48 hours of each change of clocks and every hour
in between, `rotation.holders` is compared with an oracle that knows no rule of folds and gaps. It walks the minutes of
the world's time, reads what the clock on the wall shows at each, and looks up when a hand-over's wall time was seen.
With `--once`, of zones whose clocks show the same at every hour of these years only one is compared.
"""

from __future__ import annotations

import argparse
import sys
import time as stopwatch
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from incident_hub.roster.rotation import Change, Holding, Holidays, Rotation, Schedule, holders

BEGINS, ENDS = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
NEAR = timedelta(hours=48)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# Hand-overs at the very times at which clocks are changed somewhere, and at quiet ones.
HANDOVERS = tuple(time(*at) for at in ((0, 0), (0, 30), (1, 30), (2, 0), (2, 30), (3, 0), (14, 0)))
CREWS = (("a",), ("b",), ("c", "d"), ("e",))
HOLIDAYS = ("h", "i")
PEAK = ("p", "q", "r")
Held = tuple[datetime, datetime, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """A schedule and how far it is looked at; the peak and the holidays lie around the changes of clocks."""

    zone: str
    changes: tuple[datetime, ...]
    schedule: Schedule


def case(zone: str, since: datetime = BEGINS, until: datetime = ENDS) -> Case:
    """A rotation, holidays, a peak and a replacement in a zone; every third change of clocks falls into each."""
    found = tuple(changes(ZoneInfo(zone), since, until))
    first = date(since.year - 1, 12, 30)
    rotation = Rotation(zone, first, CREWS, HANDOVERS, signed=False, key="r")
    days = frozenset(
        (at.astimezone(ZoneInfo(zone)) + shift).date() for at in found[1::3] for shift in (-DAY, timedelta(), DAY)
    )
    holiday = Rotation(zone, first, tuple((one,) for one in HOLIDAYS), (time(1, 30), time(13)), signed=False, key="h")
    peaks = tuple(
        Rotation(zone, first, tuple((one,) for one in PEAK), (time(2, 30),), hours=5, since=at - DAY, until=at + DAY)
        for at in found[2::3]
    )
    stands_in = tuple(Change("x", "b", at - 5 * HOUR, at + 5 * HOUR) for at in found[::3])
    held = (Holding("z", BEGINS + DAY, BEGINS + 2 * DAY),)
    return Case(zone, found, Schedule((rotation,), (Holidays(days, holiday),), peaks, stands_in, held))


def differences(one: Case, since: datetime = BEGINS, until: datetime = ENDS) -> tuple[int, list[str]]:
    """How many instants were compared, and every one at which the two do not agree."""
    oracle = Oracle(one, since, until)
    found: list[str] = []
    count = 0
    for at in instants(one.changes, since, until):
        count += 1
        said, expected = set(holders(one.schedule, at)), oracle.holders(at)
        if said != expected:
            found.append(f"{one.zone} {at.isoformat()}: {sorted(said)} instead of {sorted(expected)}")
    return count, found


def instants(found: tuple[datetime, ...], since: datetime, until: datetime) -> Iterator[datetime]:
    """Every hour, and every minute near a change of clocks."""
    at, place = since, 0
    while at < until:
        yield at
        while place < len(found) and at > found[place] + NEAR:
            place += 1
        at += MINUTE if place < len(found) and at >= found[place] - NEAR - HOUR else HOUR


def changes(place: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """The minutes at which the offset of a zone is another than the minute before."""
    at, before = since, since.astimezone(place).utcoffset()
    while at < until:
        at += HOUR
        if at.astimezone(place).utcoffset() != before:
            minute = at - HOUR
            while minute.astimezone(place).utcoffset() == before:
                minute += MINUTE
            yield minute
            before = at.astimezone(place).utcoffset()


class Oracle:
    """Who holds the post, walked day by day by the calendar on the wall; asked in order of time."""

    def __init__(self, one: Case, since: datetime, until: datetime) -> None:
        self.one, self.place = one, ZoneInfo(one.zone)
        self.seen = self._looked_at_the_clock()
        schedule = one.schedule
        self.ordinary = Sweep(self._walk(schedule.rotations[0], since, until))
        self.holiday = Sweep(self._walk(schedule.holidays[0].rotation, since, until))
        self.peaks = [
            (peak.since, peak.until, Sweep(self._walk(peak, peak.since - DAY, peak.until + DAY)))
            for peak in schedule.temporary
            if peak.since and peak.until
        ]
        self.runs = list(self._runs(schedule.holidays[0].dates))

    def holders(self, at: datetime) -> set[str]:
        """Everybody who holds the post at this instant."""
        schedule = self.one.schedule
        ordinary, holiday = self.ordinary.at(at), self.holiday.at(at)
        held: set[str] = set()
        peak = [sweep for begin, end, sweep in self.peaks if begin <= at < end]
        if peak:
            held = peak[-1].at(at)
        else:
            run = [one for one in self.runs if one[0] <= at < one[1]]
            held |= holiday if run else set()
            held |= ordinary if not any(silent <= at < loud for _, _, silent, loud in run) else set()
        held |= {one.member for one in schedule.holdings if one.since <= at and (one.until is None or at < one.until)}
        for one in schedule.changes:
            if one.since <= at < one.until and one.instead_of in held:
                held = (held - {one.instead_of}) | {one.member}
        return held

    def _looked_at_the_clock(self) -> dict[datetime, list[datetime]]:
        """When each minute on the wall was seen, near the changes of clocks."""
        seen: dict[datetime, list[datetime]] = {}
        self.known: set[date] = set()
        for change in self.one.changes:
            at = change - 2 * DAY
            while at < change + 2 * DAY:
                shown = at.astimezone(self.place).replace(tzinfo=None, fold=0)
                seen.setdefault(shown, []).append(at)
                if abs(at - change) <= DAY:
                    self.known.add(shown.date())
                at += MINUTE
        return seen

    def _instants(self, day: date, at: time) -> tuple[datetime, datetime]:
        """The first and the last time a wall time was seen, or the first instant after it where it never was."""
        shown = datetime.combine(day, at)
        if day not in self.known:
            noon = datetime.combine(day, time(12), self.place).astimezone(UTC)
            found = noon + (shown - datetime.combine(day, time(12)))
            return found, found
        for _ in range(24 * 60):
            if shown in self.seen:
                return min(self.seen[shown]), max(self.seen[shown])
            shown += MINUTE
        raise AssertionError(f"{self.one.zone} never showed {day} {at} nor anything after it")

    def _walk(self, rotation: Rotation, since: datetime, until: datetime) -> Iterator[Held]:
        shown, turn = datetime.combine(rotation.first_on, rotation.handovers[0]), 0
        last = until.astimezone(self.place).date() + 2 * DAY
        while shown.date() < last:
            following = self._next(rotation, shown)
            if shown.date() > since.astimezone(self.place).date() - 3 * DAY:
                begin = self._instants(shown.date(), shown.time())[0]
                end = self._instants(following.date(), following.time())[1]
                yield begin, end, rotation.crews[turn % len(rotation.crews)]
            shown, turn = following, turn + 1

    def _next(self, rotation: Rotation, shown: datetime) -> datetime:
        if rotation.hours:
            return shown + timedelta(hours=rotation.hours)
        later = [at for at in rotation.handovers if at > shown.time()]
        if later:
            return datetime.combine(shown.date(), later[0])
        return datetime.combine(shown.date() + DAY, rotation.handovers[0])

    def _runs(self, dates: frozenset[date]) -> Iterator[tuple[datetime, datetime, datetime, datetime]]:
        """Days in a row: when the holiday's people hold (first two), when the others do not (last two)."""
        at = time(1, 30)
        for day in dates:
            if day - DAY not in dates:
                end = day
                while end in dates:
                    end += DAY
                begin, stop = self._instants(day, at), self._instants(end, at)
                yield begin[0], stop[1], begin[1], stop[0]


class Sweep:
    """Spans gone through once, in order of time."""

    def __init__(self, spans: Iterator[Held]) -> None:
        self.spans, self.there = spans, list[Held]()
        self.coming = next(self.spans, None)

    def at(self, at: datetime) -> set[str]:
        """Whose span it is."""
        while self.coming and self.coming[0] <= at:
            self.there.append(self.coming)
            self.coming = next(self.spans, None)
        self.there = [one for one in self.there if one[1] > at]
        return {member for one in self.there for member in one[2]}


def clock(zone: str) -> tuple[timedelta | None, ...]:
    """What tells the clocks of one zone from another's: the offset at first, and each change with the one after it."""
    place = ZoneInfo(zone)
    found = tuple(changes(place, BEGINS, ENDS))
    return (BEGINS.astimezone(place).utcoffset(), *(one for at in found for one in (at - BEGINS, offset(at, place))))


def offset(at: datetime, place: ZoneInfo) -> timedelta | None:
    """How far a clock is ahead of the world's time at an instant."""
    return at.astimezone(place).utcoffset()


def judge(zone: str) -> tuple[str, int, list[str]]:
    """One zone over all seven years."""
    return zone, *differences(case(zone))


def main() -> int:
    """Compare all zones and say how many instants were compared, in how many seconds."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults.roster_oracle", description=__doc__)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--zones", default="", help="Only zones with this in their name.")
    asked.add_argument("--once", action="store_true", help="Compare zones whose clocks always agree only once.")
    given = asked.parse_args()
    zones = named = sorted(one for one in available_timezones() if given.zones in one)
    if given.once:
        zones = list({clock(zone): zone for zone in reversed(named)}.values())
        print(f"{len(named)} zones, whose clocks show {len(zones)} different times in these years")
    began, count, wrong = stopwatch.monotonic(), 0, 0
    with ProcessPoolExecutor(given.jobs) as crowd:
        for done, (zone, compared, found) in enumerate(crowd.map(judge, zones, chunksize=4), 1):
            count += compared
            wrong += len(found)
            for line in found[:3]:
                print(line)
            if done % 50 == 0 or done == len(zones):
                print(f"{done} of {len(zones)} zones ({zone}): {count:,} instants", flush=True)
    seconds = stopwatch.monotonic() - began
    print(f"{len(zones)} zones, {count:,} instants compared in {seconds:.0f} s: {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
