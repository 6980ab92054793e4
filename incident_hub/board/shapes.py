"""Shapes of answers that span rooms: the board, who is on duty, and what a silence came to."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from incident_hub.auditing.shapes import AuditedBoard
from incident_hub.hazards.shapes import HazardListed
from incident_hub.incidents.shapes import CardOut
from incident_hub.kernel.shapes import Title
from incident_hub.obligations.shapes import ObligationOut, OwedBy
from incident_hub.returns.shapes.summing import Figure


class Holder(TypedDict):
    """Somebody who holds a post; no contacts."""

    id: str
    name: str


class OnDuty(TypedDict):
    """A post and who holds it."""

    agency: str
    desk: str
    post: str
    title: Title
    kind: Literal["seated", "on_call"]
    members: list[Holder]


class CardsCounted(TypedDict):
    """How many hang there, in all and by status, grade and type; ungraded ones count as `none`."""

    open: int
    status: dict[str, int]
    grade: dict[str, int]
    type: dict[str, int]


class FloodOut(TypedDict):
    """Since when more comes than the desk can read, and how many came in ten minutes."""

    since: datetime
    new: int


class BoardOut(TypedDict):
    """The board as the asker's desk may see it, and the feed position it stands at."""

    operation: str
    head: int
    now: datetime
    phase: str
    response_level: None
    cards: list[CardOut]
    digest: str
    counts: CardsCounted
    on_duty: list[OnDuty]
    due_next: list[ObligationOut]
    hazards_overdue: list[HazardListed]
    flood: FloodOut | None
    zero_reports: Figure | None


class BoardAs(AuditedBoard):
    """The board as another desk sees it, for whoever has an audit of it open."""

    operation: str


Span = TypedDict("Span", {"id": str, "from": datetime, "to": datetime, "stated_at": datetime})
Span.__doc__ = "When the Hub was silent."


class SubjectNamed(TypedDict):
    """What a debt is about, and what people call it."""

    kind: str
    ref: str
    label: Title


class FellDue(TypedDict):
    """What fell due meanwhile, and what became of it."""

    obligation: str
    rule: str
    force: str
    title: Title | None
    subject: SubjectNamed
    owed_by: OwedBy
    due_at: datetime
    became: str
    at: datetime | None


class StepDue(FellDue):
    """A rung of a ladder; `late_s` where it went out late."""

    kind: str
    step: int
    occurrence: int
    late_s: float | None
    to: list[str]
    channels: list[str]


class CountsDue(TypedDict):
    """How many came to what."""

    steps: dict[str, int]
    deadlines: dict[str, int]


class OutageOut(Span):
    """One silence with what fell due in it, as far as the desk may know of that."""

    seconds: float
    steps: list[StepDue]
    deadlines: list[FellDue]
    counts: CountsDue
