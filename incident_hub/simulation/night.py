"""The night as it runs: what is known, what is owed, which steps are armed. Pure; only the simulation changes it."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from incident_hub.obligations.chase import Chased
from incident_hub.obligations.ladder import Rung
from incident_hub.plan.contingency import Plan
from incident_hub.plan.words import urgent

from .timeline import Moment, Step
from .world import World

INCIDENT, OPERATION = "incident", "operation"
UNANSWERED = ("open", "missed")


@dataclass
class Owing:
    """A debt while it runs."""

    number: int
    matter: Matter
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
    entered_late: bool
    state: str = "open"
    acknowledged: str | None = None
    seen_by: list[str] = field(default_factory=list[str])
    met_at: datetime | None = None
    ended_at: datetime | None = None
    missed_at: datetime | None = None
    exhausted_at: datetime | None = None
    proof: str | None = None
    reason: str | None = None
    moved: bool = False
    rungs: tuple[Rung, ...] = ()

    @property
    def id(self) -> str:
        """Its name in the timeline, by order of opening."""
        return f"d{self.number}"

    @property
    def next_step_at(self) -> datetime | None:
        """When its next armed step is due."""
        return min((one.at for one in self.rungs if one.state == "armed"), default=None)

    def chased(self, zone: str) -> Chased:
        """The debt as the chase knows it."""
        return Chased(
            self.agency, self.desk, self.force, self.starts_at, self.opened_at, self.due_at,
            self.matter.plan.ladders[self.ladder] if self.ladder else None, zone, urgent(self.matter.facts),
            self.state, self.acknowledged, tuple(self.seen_by), self.entered_late, self.moved,
        )  # fmt: skip


@dataclass
class Matter:
    """What debts are about: an incident of the scenario, or the operation.

    Shape: `circle` gives each desk that may know its role, in the order they came to know; `first` when each desk,
    past ones included, first knew.
    """

    noun: str
    ref: str
    plan: Plan
    facts: dict[str, Any]
    circle: dict[str, str] = field(default_factory=dict[str, str])
    first: dict[str, datetime] = field(default_factory=dict[str, datetime])
    owings: list[Owing] = field(default_factory=list[Owing])
    offered: str | None = None

    def let_know(self, desk: str, role: str, at: datetime) -> bool:
        """A desk may know from now on, in this role; True when it did not before."""
        fresh = desk not in self.circle
        self.circle[desk] = role
        self.first.setdefault(desk, at)
        return fresh

    def unanswered(self) -> list[Owing]:
        """What nobody has answered yet."""
        return [one for one in self.owings if one.state in UNANSWERED]


@dataclass
class Night:
    """Everything at one instant."""

    world: World
    phase: str
    now: datetime
    matters: dict[str, Matter] = field(default_factory=dict[str, Matter])
    owings: list[Owing] = field(default_factory=list[Owing])
    steps: list[Step] = field(default_factory=list[Step])
    moments: list[Moment] = field(default_factory=list[Moment])
    agenda: list[tuple[datetime, int]] = field(default_factory=list[tuple[datetime, int]])
    deadlines: list[tuple[datetime, int]] = field(default_factory=list[tuple[datetime, int]])

    def operation(self) -> Matter:
        """The operation itself, which every desk that takes part knows of."""
        return self.matters[self.world.operation]

    def climb(self, owing: Owing, rungs: tuple[Rung, ...]) -> None:
        """A debt's ladder stands like this from now on; the clock looks at its next step at its instant."""
        owing.rungs = rungs
        if at := owing.next_step_at:
            heapq.heappush(self.agenda, (at, owing.number))

    def next_step(self) -> tuple[datetime, Owing] | None:
        """The earliest armed step's instant and debt; among equals the debt opened first."""
        while self.agenda:
            at, number = self.agenda[0]
            owing = self.owings[number - 1]
            if owing.next_step_at == at:
                return at, owing
            heapq.heappop(self.agenda)
        return None

    def next_deadline(self) -> tuple[datetime, Owing] | None:
        """The earliest deadline that has not passed unanswered yet."""
        while self.deadlines:
            at, number = self.deadlines[0]
            owing = self.owings[number - 1]
            if owing.state == "open" and owing.due_at == at:
                return at, owing
            heapq.heappop(self.deadlines)
        return None

    def tell(self, kind: str, by: str, matter: Matter, told: Mapping[str, Any], refused: str | None = None) -> None:
        """Keep a moment for the reader."""
        self.moments.append(Moment(self.now, kind, by, matter.ref, dict(told), refused))
