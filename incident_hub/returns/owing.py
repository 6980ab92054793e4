"""Who owes a return for which local date: every unit once for every date there is, however long that day is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .days import exists, local_date, window


@dataclass(frozen=True)
class Span:
    """Days on which nothing is owed. Shape: both ends belong to it."""

    since: date
    until: date


@dataclass(frozen=True)
class Owing:
    """A unit as far as it matters for what it owes.

    Shape: `last_day` is None while it goes on; both ends belong to it.
    """

    unit: str
    first_day: date
    last_day: date | None = None
    exempt: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Owed:
    """One unit and one local date: from when to when it covers, and whether somebody let it off. Units: aware UTC."""

    unit: str
    day: date
    since: datetime
    due_at: datetime
    exempt: bool


@dataclass(frozen=True)
class Version:
    """One version of a return: when it was stated, and whether it was sent back. Units: aware UTC."""

    stated_at: datetime
    sent_back: bool = False


def there_at(returns: Sequence[Sequence[Version]]) -> datetime:
    """When the last of some returns was there: each with its first version, or the first after one that was sent back.

    What was only corrected later was there before. Shape: at least one return, its versions in order.
    """
    return max(_there(versions) for versions in returns)


def owed(units: Sequence[Owing], since: datetime, until: datetime, cut_off: time, zone: str) -> list[Owed]:
    """What comes to be owed by cut-offs after `since` and up to `until`, by date and then as the units come.

    What passed while nothing ran is found as well: two spans that meet owe what the whole owes, each once.
    """
    found: list[Owed] = []
    for day in _dates(local_date(since, zone), local_date(until, zone)):
        start, due_at = window(day, cut_off, zone)
        if since < due_at <= until and exists(day, zone):
            found += [Owed(one.unit, day, start, due_at, _let_off(one, day)) for one in units if _owes(one, day)]
    return found


def _there(versions: Sequence[Version]) -> datetime:
    back = [place for place, one in enumerate(versions) if one.sent_back]
    return versions[min(back[-1] + 1, len(versions) - 1) if back else 0].stated_at


def _owes(one: Owing, day: date) -> bool:
    return one.first_day <= day and (one.last_day is None or day <= one.last_day)


def _let_off(one: Owing, day: date) -> bool:
    return any(span.since <= day <= span.until for span in one.exempt)


def _dates(first: date, last: date) -> Iterator[date]:
    # A cut-off that was leapt over just before midnight belongs to the day before, so that one is looked at too.
    day = first - timedelta(days=1)
    while day <= last:
        yield day
        day += timedelta(days=1)
