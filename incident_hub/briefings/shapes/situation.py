"""Shapes of the sections on what goes on: response, incidents, figures, clocks."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title


class Ongoing(TypedDict):
    """A period that runs at the cut-off."""

    code: str
    title: Title


class ResponseSection(TypedDict):
    """Phase, plan and the periods that run."""

    phase: str
    response_level: None
    plan: str
    periods: list[Ongoing]


class IncidentsTally(TypedDict):
    """How many in this period, open, and to date; a line of a table says of what."""

    opened: int
    ended: int
    open: int
    to_date: int
    type: NotRequired[str]
    grade: NotRequired[str | None]


class IncidentNamed(TypedDict):
    """An incident that goes on."""

    ref: str
    title: str
    type: str
    grade: str | None
    status: str
    lead: str
    tlp: str
    created_at: datetime


class IncidentsSection(TypedDict):
    """Incidents."""

    all: IncidentsTally
    by_type: list[IncidentsTally]
    by_grade: list[IncidentsTally]
    open: list[IncidentNamed]


class FiguresRow(TypedDict):
    """One category, summed over incidents."""

    category: str
    this_period: int
    to_date: int
    unknown: int
    official: int
    incidents: int


class FiguresSection(TypedDict):
    """Figures."""

    rows: list[FiguresRow]


class ClocksTally(TypedDict):
    """How many clocks ran out in the period, and how they ended."""

    due: int
    met: int
    met_late: int
    missed: int
    rule: NotRequired[str]


class ClockSubject(TypedDict):
    """What a clock is about."""

    kind: str
    ref: str


class ClockNamed(TypedDict):
    """A clock that was missed and is still owed."""

    rule: str
    agency: str
    subject: ClockSubject
    due_at: datetime


class ClocksSection(TypedDict):
    """Clocks."""

    all: ClocksTally
    by_rule: list[ClocksTally]
    still_owed: int
    oldest: list[ClockNamed]
