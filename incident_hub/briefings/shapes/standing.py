"""Shapes of the sections on how everybody stands: returns, hazards, visits, bulletins, readiness, duty."""

from __future__ import annotations

from datetime import date, datetime
from typing import NotRequired

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title


class ReturnsTally(TypedDict):
    """How many returns of how many."""

    owed: int
    received: int
    late: int
    missing: int
    returned: int
    incomplete: int
    date: NotRequired[date]
    agency: NotRequired[str]
    due_at: NotRequired[datetime]


class ReturnGone(TypedDict):
    """A return that is missing or was sent back."""

    date: date
    agency: str
    unit: str
    title: Title
    cell: str


class CategorySum(TypedDict):
    """What the returns state of one category."""

    category: str
    title: Title
    this_period: int
    to_date: int
    unknown: int


class ReturnsSection(TypedDict):
    """Daily returns."""

    days: list[ReturnsTally]
    to_date: ReturnsTally
    running: ReturnsTally | None
    by_agency: list[ReturnsTally]
    gone: list[ReturnGone]
    gone_in_all: int
    categories: list[CategorySum]


class HazardsTally(TypedDict):
    """How many hazards were found, closed, are open and overdue, and to date."""

    found: int
    closed: int
    open: int
    overdue: int
    to_date: int
    grade: NotRequired[str]
    agency: NotRequired[str]


class HazardNamed(TypedDict):
    """A hazard that is overdue."""

    ref: str
    title: str
    grade: str
    agency: str
    deadline: datetime | None
    days: int


class HazardsSection(TypedDict):
    """Hazards."""

    all: HazardsTally
    by_grade: list[HazardsTally]
    by_agency: list[HazardsTally]
    overdue: list[HazardNamed]


class VisitsTally(TypedDict):
    """How many visits, and what they found."""

    visits: int
    findings: int
    grave: int
    refused: int
    visits_to_date: int
    findings_to_date: int
    visit: NotRequired[str]
    agency: NotRequired[str]


class InspectionsSection(TypedDict):
    """Inspections."""

    all: VisitsTally
    going_on: int
    by_visit: list[VisitsTally]
    by_agency: list[VisitsTally]


Waiting = TypedDict(
    "Waiting",
    {
        "kind": str, "from": str, "title": str, "due_at": datetime | None, "of": int, "answered": int,
        "missing": list[str],
    },
)  # fmt: skip
Waiting.__doc__ = "A bulletin that somebody has not answered."


class BulletinsSection(TypedDict):
    """Bulletins."""

    sent: int
    to_date: int
    unanswered: int
    waiting: list[Waiting]


class Lacking(TypedDict):
    """What is not in place."""

    code: str
    part: str
    title: Title
    state: str


class CarrierLacking(TypedDict):
    """A carrier and what it lacks of what is asked."""

    agency: str
    asked: int
    lacking: list[Lacking]


class ReadinessSection(TypedDict):
    """Readiness."""

    ready: int
    of: int
    carriers: list[CarrierLacking]


class ShiftNamed(TypedDict):
    """Who holds a post from when to when."""

    since: datetime
    until: datetime
    names: list[str]


class DutyRow(TypedDict):
    """A post tomorrow."""

    agency: str
    post: str
    title: Title
    shifts: list[ShiftNamed]


class DutySection(TypedDict):
    """Who is on duty tomorrow."""

    day: date
    rows: list[DutyRow]
    vacant: int
