"""What stands around the rules of a plan: sensitive periods, working days, the daily return, how long things are kept.

Pure: standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .words import Words


@dataclass(frozen=True)
class Period:
    """A sensitive time: rules may hold only in it. Units: from `since` up to but not including `until`, aware UTC.

    Shape: with `areas` it holds for incidents in these areas (or below them) alone.
    """

    code: str
    title: Words
    since: datetime
    until: datetime
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Which days are working days.

    Shape: `rest` are weekdays, 0 is Monday; `workdays` are rest days worked after all.
    """

    rest: tuple[int, ...] = (5, 6)
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()


@dataclass(frozen=True)
class Category:
    """One line of the daily return: what is counted, and in what.

    Shape: a nought is contradicted by an incident at the unit of one of the types in `contradicted_by`, of this
    `attention` alone where one is named, or by a count of the Hub's own that is none; `suggested_from` is the count
    that a desk is offered to state; `workload` is what is counted of any working day: everything else is a finding, and
    nothing happened when every finding is nought.
    """

    code: str
    title: Words
    unit: Words
    contradicted_by: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    suggested_from: str | None = None
    workload: bool = False


@dataclass(frozen=True)
class Equal:
    """Two categories that should be the same number, or be explained. Source: the hundred-per-cent rules."""

    one: str
    other: str


@dataclass(frozen=True)
class Tier:
    """One level of the daily return.

    Shape: `rule` is the code of the rule by which each desk of this level owes every date; without one nobody is
    reminded. Units: `cut_off` is wall time in the operation's zone.
    """

    code: str
    title: Words
    cut_off: time
    rolls_up_to: str | None = None
    party: str | None = None
    rule: str | None = None


@dataclass(frozen=True)
class ZeroReport:
    """What every unit states each day, checked how, by when, and by whom it is summed up."""

    categories: tuple[Category, ...]
    checks: tuple[Equal, ...]
    tiers: tuple[Tier, ...]
    oversees: str
    basis: str
    confirmed: bool

    @property
    def units(self) -> Tier:
        """The level of the units: the one that nobody rolls up to."""
        above = {one.rolls_up_to for one in self.tiers}
        return next(one for one in self.tiers if one.code not in above)

    def below(self, tier: Tier) -> tuple[Tier, ...]:
        """The levels whose figures a level sums up."""
        return tuple(one for one in self.tiers if one.rolls_up_to == tier.code)

    def above(self, tier: Tier) -> tuple[Tier, ...]:
        """Every level on the way upward from one, the next one first."""
        by_code = {one.code: one for one in self.tiers}
        found: list[Tier] = []
        while tier.rolls_up_to:
            tier = by_code[tier.rolls_up_to]
            found.append(tier)
        return tuple(found)


@dataclass(frozen=True)
class ReportTier:
    """One level of incident reports. Shape: `reports_to` are the levels above it, the next one first."""

    code: str
    title: Words
    party: str
    reports_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Retention:
    """How long a class of what is kept outlives the response. Units: days after the operation is closed."""

    code: str
    title: Words
    days: int
    basis: str
    confirmed: bool


@dataclass(frozen=True)
class Requirement:
    """One thing a carrier has in place before the event, in one of four parts.

    Shape: `kind` is yes_no, count, percent, date (valid until) or document; a number has `at_least` or `at_most`; what
    is `measured` the Hub counts itself. Units: a statement holds for `valid_for`, and is about to end `warn` before.
    """

    code: str
    part: str
    title: Words
    kind: str
    at_least: int | None
    at_most: int | None
    measured: str | None
    valid_for: timedelta | None
    warn: timedelta | None
    basis: str
    confirmed: bool
