"""The contingency plan as the program holds it: grades, parties, types, rules and ladders, all frozen.

Pure: standard library only. A plan is read from its file (`reader`), judged (`check`) and then followed (`reaction`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from .vocabulary import GRAVITIES, UNGRADED

T = TypeVar("T")


@dataclass(frozen=True)
class Words:
    """A title or sentence in both languages of the house."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The words in a language; anything that does not begin with zh reads English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class ByGravity(Generic[T]):
    """A value that may differ by how grave the incident is.

    Shape: keys of `table` are the words of `vocabulary.GRAVITIES`; `default` serves where none of them fits.
    """

    table: Mapping[str, T] = field(default_factory=dict[str, T])
    default: T | None = None

    def of(self, facts: Mapping[str, Any]) -> T | None:
        """The value for an incident with these facts: the gravest key that fits decides; None where nothing is said."""
        for gravity in gravities(facts):
            if gravity in self.table:
                return self.table[gravity]
        return self.default

    def values(self) -> tuple[T, ...]:
        """Every value it can give, gravest first, the default last."""
        graded = tuple(self.table[gravity] for gravity in GRAVITIES if gravity in self.table)
        return graded if self.default is None else (*graded, self.default)


def gravities(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The gravity keys that fit an incident, gravest first."""
    fitting = {facts.get("grade") or UNGRADED, f"attention_{facts.get('attention')}"}
    if facts.get("life_safety"):
        fitting.add("life_safety")
    return tuple(gravity for gravity in GRAVITIES if gravity in fitting)


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

    Shape: `lead` and `support` are parties; `criteria` are the type's own, by grade, on top of the grade's.
    """

    code: str
    title: Words
    category: str
    life_safety: bool
    lead: str
    support: tuple[str, ...] = ()
    tlp: str = "AMBER"
    checklist: tuple[Words, ...] = ()
    cap: str = "Other"
    criteria: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])


@dataclass(frozen=True)
class Owed:
    """A post of a party: who owes, or whom a step reaches. Shape: party is a party's code or a special word."""

    post: str
    party: str


@dataclass(frozen=True)
class Settle:
    """What ends a debt. Shape: `by` is owner, lead, anyone or a party; `match` names the values data must have."""

    kind: str
    by: str = "owner"
    match: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Rule:
    """Who owes what, by when, once what has happened.

    Shape: an empty condition holds always; several must all hold. `match` names the values the entry's data must have.
    `tightened_by` are kinds after which a debt still standing gets a second, earlier clock; `ended_by` supersedes.
    Units: `within` counts from `start`, which is known_at (of the owing agency), occurred_at or entry.
    """

    code: str
    title: Words
    force: str
    basis: str
    confirmed: bool
    when: tuple[str, ...]
    owed_by: Owed
    what: Words
    within: ByGravity[timedelta]
    start: str = "known_at"
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
    tightened_by: tuple[str, ...] = ()
    ended_by: tuple[Settle, ...] = ()


@dataclass(frozen=True)
class Step:
    """One rung of a ladder.

    Shape: exactly one of `after` (from the start), `before_due` and `after_due` is set. `up_to` counts the first time
    too: repeat 1m up to 5 sounds at 0, 1, 2, 3 and 4 minutes.
    """

    kind: str
    to: tuple[Owed, ...]
    channels: tuple[str, ...]
    after: timedelta | None = None
    before_due: timedelta | None = None
    after_due: timedelta | None = None
    repeat: timedelta | None = None
    up_to: int | None = None
    discloses: str | None = None

    def offset(self, within: timedelta) -> timedelta:
        """How long after the start of a debt of this length the step is due."""
        if self.after is not None:
            return self.after
        if self.before_due is not None:
            return within - self.before_due
        return within + (self.after_due or timedelta())


@dataclass(frozen=True)
class Ladder:
    """The steps of one debt, in the order they are taken."""

    code: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Authority:
    """Who may be the second signature, extend, waive, or direct a lead: same_agency, parent or joint_desk."""

    countersign: str
    extend: str
    waive: str
    direct_lead: str


@dataclass(frozen=True)
class Plan:
    """A plan as it stands in one version of its file; `text_sha256` says which bytes it was read from."""

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

    def rule(self, code: str) -> Rule | None:
        """The rule of that code, or None."""
        return next((rule for rule in self.rules if rule.code == code), None)
