"""An expo of eleven days on paper: a thousand units of 28 carriers, what each does on each day, and what follows of it.

Nothing here asks the product. Who owes, which cell reads how, which rung of a ladder is taken and how many of how many
were received is counted from the script alone, by looking at every unit, day and instant.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, DAYS = date(2026, 9, 16), 11
CARRIERS, UNITS = 28, 1000
CUT_OFF = time(16)
# The ladder of the digest to a desk. Units: from the cut-off.
RUNGS = (timedelta(minutes=-60), timedelta(minutes=-15), timedelta(), timedelta(minutes=15))
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Unit:
    """One outlet.

    Shape: both days belong to it; `exempt` are days on which it need not report, said on the first of them, or `early`,
    before the expo.
    """

    code: str
    carrier: str
    first: date
    last: date | None
    exempt: frozenset[date]
    early: bool

    @property
    def accepted(self) -> int:
        """How many items it accepts on each of its days."""
        return 1 + int(self.code[1:]) * 37 % 400

    def owes(self, day: date) -> bool:
        """Whether there is an obligation for a day; one that is exempt has its row too."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Deed:
    """Something done to the report of a unit and day. Shape: `what` is zero, nonzero, unknown or returned."""

    at: datetime
    unit: str
    day: date
    what: str


@dataclass
class World:
    """The whole script, drawn from one seed."""

    seed: int = 1
    units_wanted: int = UNITS
    carriers_wanted: int = CARRIERS
    days_wanted: int = DAYS
    units: dict[str, Unit] = field(default_factory=dict[str, Unit])
    deeds: list[Deed] = field(default_factory=list[Deed])

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)
        for number in range(self.units_wanted):
            unit = self._unit(number, dice)
            self.units[unit.code] = unit
            # One never reports, whatever happens.
            if number != self.units_wanted // 2:
                self.deeds += [deed for day in self.days for deed in _done(unit, day, dice)]
        self.deeds.sort(key=lambda one: (one.at, one.unit, one.day))

    @cached_property
    def days(self) -> list[date]:
        """The local dates of the expo."""
        return [FIRST + n * DAY for n in range(self.days_wanted)]

    @cached_property
    def carriers(self) -> list[str]:
        """The carriers, the first of them by far the largest."""
        return [f"carrier-{n:02}" for n in range(1, self.carriers_wanted + 1)]

    def owed(self) -> set[tuple[str, date]]:
        """Every unit and local date on which something is owed, or would be."""
        return {(unit.code, day) for unit in self.units.values() for day in self.days if unit.owes(day)}

    def history(self, unit: str, day: date, at: datetime) -> list[Deed]:
        """What was done to one report by an instant, in order."""
        return [one for one in self._by_report.get((unit, day), ()) if one.at <= at]

    def received(self, unit: str, day: date, at: datetime) -> bool:
        """Whether a report is there at an instant; one that was returned is not, until it is sent again."""
        done = self.history(unit, day, at)
        return bool(done) and done[-1].what != "returned"

    def cell(self, unit: str, day: date, at: datetime) -> str | None:
        """How the matrix reads; None where nothing is owed."""
        if not self.units[unit].owes(day):
            return None
        if day in self.units[unit].exempt:
            return "exempt"
        done, due = self.history(unit, day, at), due_at(day)
        if not done:
            return "missing" if at >= due else "due"
        if done[-1].what == "returned":
            return "returned"
        if done[0].at > due:
            return "late"
        return {"zero": "zero", "nonzero": "nonzero", "unknown": "incomplete"}[done[-1].what]

    def tally(self, day: date, at: datetime, carrier: str | None = None) -> tuple[int, int]:
        """How many of how many were received; whoever is exempt is asked for nothing."""
        asked = self._asked(day, carrier)
        return sum(self.received(one, day, at) for one in asked), len(asked)

    def missing(self, day: date, at: datetime) -> list[str]:
        """Who has been asked and has not reported."""
        return [one for one in self._asked(day, None) if not self.received(one, day, at)]

    def items(self, day: date, at: datetime) -> tuple[int, int, int]:
        """Sums over what was received: items accepted, forbidden articles, and in how many their number is unknown."""
        there = [one for one in self._asked(day, None) if self.received(one, day, at)]
        last = [self.history(one, day, at)[-1].what for one in there]
        return sum(self.units[one].accepted for one in there), last.count("nonzero") * 2, last.count("unknown")

    def completed_at(self, carrier: str, day: date) -> datetime | None:
        """When nothing of a carrier's day was missing for the first time; None while something always was."""
        asked = self._asked(day, carrier)
        instants = sorted({one.at for code in asked for one in self._by_report.get((code, day), ())})
        return next((at for at in instants if all(self.received(one, day, at) for one in asked)), None)

    def rungs(self) -> Iterator[tuple[str, date, datetime, int, int]]:
        """Every reminder that is sent: carrier, day, instant, and how many of how many are still missing then.

        What was complete once is reminded of no more, until a return of it is sent back: then it runs against an hour
        of its own, or the cut-off where that comes later, and again each time.
        """
        for carrier in self.carriers:
            for day in self.days:
                done = self.completed_at(carrier, day)
                spans = [((due_at(day) + offset for offset in RUNGS), done), *self.again(carrier, day)]
                for rungs, until in spans:
                    for at in rungs:
                        n, m = self.tally(day, at, carrier)
                        if n < m and (until is None or at < until):
                            yield carrier, day, at, m - n, m

    def again(self, carrier: str, day: date) -> Iterator[tuple[list[datetime], datetime | None]]:
        """The rungs of every time that a day was complete and then was not, and until when that lasted."""
        asked, since = self._asked(day, carrier), None
        instants = sorted({one.at for code in asked for one in self._by_report.get((code, day), ())})
        complete = False
        for at in instants:
            now = all(self.received(one, day, at) for one in asked)
            if complete and not now:
                since = at
            if now and since:
                yield _hour(since, day), at
                since = None
            complete = now
        if since:
            yield _hour(since, day), None

    def _asked(self, day: date, carrier: str | None) -> list[str]:
        return [
            one.code
            for one in self.units.values()
            if one.owes(day) and day not in one.exempt and carrier in (None, one.carrier)
        ]

    @cached_property
    def _by_report(self) -> dict[tuple[str, date], list[Deed]]:
        found: dict[tuple[str, date], list[Deed]] = {}
        for one in self.deeds:
            found.setdefault((one.unit, one.day), []).append(one)
        return found

    def _unit(self, number: int, dice: random.Random) -> Unit:
        large = number < self.units_wanted * 2 // 5
        carrier = self.carriers[0] if large else self.carriers[1 + number % (self.carriers_wanted - 1)]
        first = FIRST + dice.randint(1, min(6, self.days_wanted - 1)) * DAY if dice.random() < 0.08 else FIRST
        last = first + dice.randint(1, 4) * DAY if dice.random() < 0.05 else None
        begin = dice.randrange(self.days_wanted)
        spans = [FIRST + (begin + n) * DAY for n in range(dice.randint(1, 3))] if dice.random() < 0.05 else []
        return Unit(f"U{number:04}", carrier, first, last, frozenset(spans), dice.random() < 0.5)


def _hour(since: datetime, day: date) -> list[datetime]:
    until = max(due_at(day), since + timedelta(hours=1))
    return [since, *(until + offset for offset in RUNGS[1:])]


def due_at(day: date) -> datetime:
    """The cut-off of a day."""
    return datetime.combine(day, CUT_OFF, ZONE).astimezone(UTC)


def _done(unit: Unit, day: date, dice: random.Random) -> Iterator[Deed]:
    """What a unit does on a day: mostly a zero in the last hour; some late, sent back, unknown, or not at all."""
    if not unit.owes(day) or day in unit.exempt:
        return
    # Some carriers are through with everything at noon, some just in time; the others forget.
    nature = int(unit.carrier[-2:]) % 7
    fate, due = dice.uniform(0.08 if nature in (0, 3) else 0, 1), due_at(day)
    ahead = timedelta(minutes=dice.randint(1, 59), seconds=dice.randint(1, 59))
    early = due - ahead - (timedelta(hours=3) if nature == 0 else timedelta())
    if fate < 0.02:
        return
    if fate < 0.08:
        yield Deed(due + timedelta(minutes=dice.randint(1, 240), seconds=7), unit.code, day, "zero")
    elif fate < 0.11:
        yield Deed(early, unit.code, day, "unknown")
    else:
        what = "nonzero" if fate < 0.25 else "zero"
        yield Deed(early, unit.code, day, what)
        if fate > 0.96:
            # Sent back before the cut-off or after it, and sent again, or not.
            late = timedelta(minutes=dice.randint(3, 14), seconds=11)
            back = early + timedelta(seconds=31) if fate < 0.97 else due + late
            yield Deed(back, unit.code, day, "returned")
            if dice.random() < 0.7:
                yield Deed(back + timedelta(minutes=dice.randint(5, 90), seconds=3.5), unit.code, day, what)
