"""When a rule comes round by itself: each day at a time, each change of the watch, or by the five fields of cron. Pure.

Wall time is the operation's. Each local time comes once on each local date, also when the clocks change: one that the
change leaps over comes as much later as the clocks were moved, one that is there twice comes the first time. Only a
cron that names no hour goes on through the repeated hour, for it follows the clock and not the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .contingency import Every, Rule
from .durations import read_wall

_DAILY = re.compile(r"day at (\S+)")
# minute, hour, day of the month, month, weekday; Sunday is 0 and 7.
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_LONGEST_MONTHS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_PART = re.compile(r"(?:(\*)|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([0-9]{1,2}))?")


@dataclass(frozen=True)
class Cron:
    """The five fields. Shape: where both `days` and `weekdays` are given, either is enough, as in cron itself."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]

    def on(self, day: date) -> bool:
        """Whether it comes round on a local date."""
        if day.month not in self.months:
            return False
        by_date, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        if len(self.days) < 31 and len(self.weekdays) < 7:
            return by_date or by_weekday
        return by_date and by_weekday

    @property
    def hourly(self) -> bool:
        """Whether it names no hour."""
        return len(self.hours) == 24


def read_every(words: str) -> Every | None:
    """When it comes round, as a plan writes it: `day at 16:00`, `shift`, or the five fields of cron; else None."""
    if words == "shift":
        return Every(shift=True)
    daily = _DAILY.fullmatch(words)
    if daily:
        at = read_wall(daily[1])
        return None if at is None else Every(at=at)
    return Every(cron=words) if read_cron(words) else None


@lru_cache(maxsize=64)
def read_cron(words: str) -> Cron | None:
    """The five fields, each `*`, a number, a range `8-18`, a step `*/15`, or a list of these; None when they are not.

    Days that never come, such as the 31st of February, are none either.
    """
    written = words.split(" ")
    if len(written) != len(_RANGES):
        return None
    fields: list[tuple[int, ...]] = []
    for field, (low, high) in zip(written, _RANGES, strict=True):
        numbers = _field(field, low, high)
        if not numbers:
            return None
        fields.append(numbers)
    minutes, hours, days, months, weekdays = fields
    cron = Cron(minutes, hours, days, months, tuple(sorted({day % 7 for day in weekdays})))
    comes = any(cron.days[0] <= _LONGEST_MONTHS[month] for month in cron.months)
    return cron if comes or len(cron.weekdays) < 7 else None


def _field(words: str, low: int, high: int) -> tuple[int, ...]:
    found: set[int] = set()
    for part in words.split(","):
        match = _PART.fullmatch(part)
        if not match:
            return ()
        every, first, last, step = match.groups()
        begin = low if every else int(first)
        # A step after a single number runs on to the end of the field.
        end = high if every or (step and not last) else int(last or first)
        stride = int(step or 1)
        if not (low <= begin <= end <= high and 0 < stride <= high):
            return ()
        found |= set(range(begin, end + 1, stride))
    return tuple(sorted(found))


def comes_round(
    rule: Rule, since: datetime, until: datetime, zone: str, handovers: Sequence[datetime] = ()
) -> list[datetime]:
    """The instants after `since` and up to `until` at which a rule comes round, earliest first.

    Shape: `handovers` are the planned ones of the post that owes; only `shift` looks at them. Units: aware UTC.
    """
    if rule.every is None or not rule.every.shift:
        return hours(rule.every, since, until, zone) if rule.every else []
    return sorted({at.astimezone(UTC) for at in handovers if since < at <= until})


def hours(every: Every, since: datetime, until: datetime, zone: str) -> list[datetime]:
    """The instants after `since` and up to `until` that an hour of the day or cron names, earliest first, as UTC."""
    if since >= until:
        return []
    found = _walls(every, since, until, ZoneInfo(zone))
    return sorted({at.astimezone(UTC) for at in found if since < at <= until})


def _walls(every: Every, since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    cron = read_cron(every.cron) if every.cron else None
    times = _times(cron) if every.at is None else [every.at]
    folds = (0, 1) if cron and cron.hourly else (0,)
    for day in _dates(since.astimezone(zone).date(), until.astimezone(zone).date()):
        if cron and not cron.on(day):
            continue
        for wall in times:
            # Through UTC, because two local instants of one zone are compared by their wall times.
            yield from (datetime.combine(day, wall, zone).replace(fold=fold).astimezone(UTC) for fold in folds)


def _times(cron: Cron | None) -> list[time]:
    return [time(hour, minute) for hour in cron.hours for minute in cron.minutes] if cron else []


def _dates(first: date, last: date) -> Iterator[date]:
    # A time that was leapt over at midnight belongs to the day before, so one day earlier is looked at too.
    day = first - timedelta(days=1)
    while day <= last:
        yield day
        day += timedelta(days=1)
