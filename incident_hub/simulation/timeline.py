"""What a simulation answers with: everything owed, every step, every moment, and what it asks of people. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incident_hub.plan.contingency import Words


@dataclass(frozen=True)
class Debt:
    """One debt and how it ended. Shape: `id` is d1, d2 … in the order of opening; `matter` its incident's name."""

    id: str
    matter: str
    rule: str
    force: str
    ladder: str | None
    agency: str
    desk: str
    post: str
    why: str
    starts_at: datetime
    opened_at: datetime
    due_at: datetime
    state: str
    met_at: datetime | None = None
    ended_at: datetime | None = None
    proof: str | None = None
    reason: str | None = None
    missed_at: datetime | None = None
    exhausted_at: datetime | None = None
    entered_late: bool = False


@dataclass(frozen=True)
class Target:
    """A post that a step reached, and the members who hold it."""

    desk: str
    post: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Withheld:
    """A post or a person's channel that a step did not reach, and why; with neither it is the whole step."""

    why: str
    desk: str | None = None
    post: str | None = None
    member: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Step:
    """One step as it was taken.

    Shape: `targets` and `withheld` as the record states them; `people` are those at least one channel reaches;
    `passed` says that it reached nobody new, and `passed_on` which rung was brought forward, if any was left.
    """

    at: datetime
    debt: str
    rule: str
    desk: str
    round: int
    step: int
    occurrence: int
    kind: str
    was_due: datetime
    planned_at: datetime
    channels: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    people: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    passed: bool = False
    passed_on: int | None = None
    disclosed: tuple[str, ...] = ()
    exhausted: bool = False


@dataclass(frozen=True)
class Moment:
    """Something that somebody did or said, or that was refused, and why."""

    at: datetime
    kind: str
    by: str
    matter: str
    told: Mapping[str, Any] = field(default_factory=dict[str, Any])
    refused: str | None = None


@dataclass(frozen=True)
class Timeline:
    """The whole night. Shape: `people` gives each member who was called a name; `ended` says why it stopped early."""

    title: Words
    operation: str
    plan: str
    zone: str
    start: datetime
    until: datetime
    debts: tuple[Debt, ...]
    steps: tuple[Step, ...]
    moments: tuple[Moment, ...]
    people: Mapping[str, str]
    ended: str | None = None

    def debt(self, id: str) -> Debt:
        """One debt by its id."""
        return next(one for one in self.debts if one.id == id)

    def steps_of(self, id: str) -> list[Step]:
        """The steps of one debt, in the order they were taken."""
        return [one for one in self.steps if one.debt == id]
