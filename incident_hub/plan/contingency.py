"""The contingency plan as the program holds it: grades, parties, types, rules and ladders, all frozen.

Pure: standard library only. A plan is read from its file (`reader`), judged (`check`) and then followed (`reaction`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from .frame import Calendar, Category, Equal, Period, ReportTier, Requirement, Retention, Tier, ZeroReport
from .ladders import Ladder, Loop, Owed, Step
from .words import ByGravity, Words, gravities

__all__ = [
    "Authority", "Briefing", "ByGravity", "Calendar", "Category", "Checklist",
    "Equal", "Every", "Grade", "IncidentType", "Item", "Ladder",
    "Loop", "Owed", "Party", "Period", "Plan", "ReportTier", "Requirement", "ResponseLevel",
    "Retention", "Rule", "Settle", "Span", "Step", "Tier",
    "Words", "ZeroReport", "gravities",
]  # fmt: skip


@dataclass(frozen=True)
class Grade:
    """One grade of incidents. Shape: `criteria` maps a figure to the least number that reaches the grade, inclusive."""

    code: str
    title: Words
    criteria: Mapping[str, float]


@dataclass(frozen=True)
class ResponseLevel:
    """A level a leader may decide on; never derived from a grade. Shape: code is 1, 2, 3 or 4."""

    code: str
    title: Words


@dataclass(frozen=True)
class Party:
    """A role in the plan, bound per operation to agencies.

    Shape: `by` is area, site_owner, lead or named; `posts` are those it must man; `kinds` the kinds of agency that fit.
    """

    code: str
    title: Words
    posts: tuple[str, ...]
    by: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class IncidentType:
    """What an incident can be.

    Shape: `lead`, `support` and `informed` are parties; `criteria` are the type's own, by grade, on top of the grade's.
    """

    code: str
    title: Words
    category: str
    life_safety: bool
    lead: str
    support: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    tlp: str = "AMBER"
    checklist: tuple[Words, ...] = ()
    cap: str = "Other"
    criteria: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])


@dataclass(frozen=True)
class Settle:
    """What ends a debt. Shape: `by` is owner, lead, anyone or a party; `match` names the values data must have."""

    kind: str
    by: str = "owner"
    match: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Span:
    """How long somebody has: a length of time, or whole working days by the plan's calendar, never both.

    Units: `working_days` end at the same wall time in the operation's zone, on the n-th working day after the start.
    """

    length: timedelta = timedelta()
    working_days: int = 0


@dataclass(frozen=True)
class Every:
    """When a rule comes round by itself, without anything having happened.

    Shape: exactly one is set. Units: `at` is wall time in the operation's zone, each day; `shift` is each planned
    hand-over of the post that owes; `cron` is minute, hour, day, month, weekday in that zone.
    """

    at: time | None = None
    shift: bool = False
    cron: str | None = None


@dataclass(frozen=True)
class Rule:
    """Who owes what, by when, once what has happened, or each time the clock comes round to it.

    Shape: exactly one of `when` and `every` is set. An empty condition holds always; several must all hold. `match`
    names the values the entry's data must have; `by` are parties one of which the acting agency must play; `sensitive`
    and `periods` look at the instant of the fact; `heard` rules are for incidents only heard of, all others for
    incidents that were reported, and being raised from heard counts as being opened.
    `tightened_by` are kinds after which a debt still standing gets a second, earlier clock; `ended_by` supersedes.
    `target` says that the law wants it at once and `within` is our own measure; `pre_report` lets what is known be
    sent in time with the reason for what is not; `window` is how long after the occurrence the rule still opens;
    what `outlives` the incident is still owed after it is closed, and so is everything that is law. `each` names the
    datum of the entry that tells the rule's debts apart, so that a desk may owe several on one subject.
    Units: `within` counts from `start`, which is known_at (of the owing agency), occurred_at, discovered_at,
    planned_at, entry or deadline; `before` instead counts back from it. From `deadline` it is owed by the instant that
    the entry names, and `within` of the entry where it names none.
    """

    code: str
    title: Words
    force: str
    basis: str
    confirmed: bool
    when: tuple[str, ...]
    owed_by: Owed
    what: Words
    within: ByGravity[Span]
    start: str = "known_at"
    every: Every | None = None
    before: Span | None = None
    settled_by: tuple[Settle, ...] = ()
    cadence: bool = False
    ladder: ByGravity[str] = field(default_factory=ByGravity[str])
    match: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    life_safety: bool | None = None
    by: tuple[str, ...] = ()
    sensitive: bool | None = None
    periods: tuple[str, ...] = ()
    heard: bool = False
    target: bool = False
    pre_report: bool = False
    window: timedelta | None = None
    outlives: bool = False
    each: str | None = None
    tightened_by: tuple[str, ...] = ()
    ended_by: tuple[Settle, ...] = ()


@dataclass(frozen=True)
class Authority:
    """Who may be the second signature, extend, waive, or direct a lead: same_agency, parent or joint_desk."""

    countersign: str
    extend: str
    waive: str
    direct_lead: str


@dataclass(frozen=True)
class Briefing:
    """When the situation is written down for whom. Shape: `every` never is a shift; `to` are posts of parties."""

    every: Every
    to: tuple[Owed, ...]
    channels: tuple[str, ...]
    basis: str
    confirmed: bool


@dataclass(frozen=True)
class Item:
    """One question of a check-list. Shape: `points` are what a yes is worth; a `grave` one is said apart."""

    code: str
    question: Words
    points: int
    grave: bool
    basis: str
    confirmed: bool


@dataclass(frozen=True)
class Checklist:
    """What is looked at on a visit, and on which kinds of visit."""

    code: str
    title: Words
    visits: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Plan:
    """A plan as it stands in one version of its file; `text_sha256` says which bytes it was read from.

    Shape: `rests_on` are the texts of the plans it extends, the nearest first.
    """

    code: str
    version: str
    title: Words
    zone: str
    basis: str
    grades: tuple[Grade, ...]
    response_levels: tuple[ResponseLevel, ...]
    parties: Mapping[str, Party]
    types: Mapping[str, IncidentType]
    rules: tuple[Rule, ...]
    ladders: Mapping[str, Ladder]
    authority: Authority
    text_sha256: str
    extends: str | None = None
    rests_on: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    zero_report: ZeroReport | None = None
    report_tiers: tuple[ReportTier, ...] = ()
    briefing: Briefing | None = None
    checklists: tuple[Checklist, ...] = ()
    readiness: tuple[Requirement, ...] = ()
    retention: tuple[Retention, ...] = ()

    @property
    def tier_rules(self) -> tuple[str, ...]:
        """The rules by which levels of the daily return owe each date; what they open is known to few."""
        return tuple(tier.rule for tier in self.zero_report.tiers if tier.rule) if self.zero_report else ()

    def rule(self, code: str) -> Rule | None:
        """The rule of that code, or None."""
        return next((rule for rule in self.rules if rule.code == code), None)
