"""Shapes of answers about briefings."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired

from typing_extensions import TypedDict

from .situation import ClocksSection, FiguresSection, IncidentsSection, ResponseSection
from .standing import (
    BulletinsSection,
    DutySection,
    HazardsSection,
    InspectionsSection,
    ReadinessSection,
    ReturnsSection,
)


class SectionsOut(TypedDict):
    """The sections that tell this desk anything."""

    response: NotRequired[ResponseSection]
    incidents: NotRequired[IncidentsSection]
    figures: NotRequired[FiguresSection]
    clocks: NotRequired[ClocksSection]
    returns: NotRequired[ReturnsSection]
    hazards: NotRequired[HazardsSection]
    inspections: NotRequired[InspectionsSection]
    bulletins: NotRequired[BulletinsSection]
    readiness: NotRequired[ReadinessSection]
    duty: NotRequired[DutySection]


_Period = TypedDict("_Period", {"at": datetime, "from": datetime, "to": datetime})


class BriefingOut(_Period):
    """The situation of an operation at a cut-off, and the hash of all of it."""

    operation: str
    exercise: bool
    desk: str
    zone: str
    tlp: str | None
    sections: SectionsOut
    sha256: str


class IssuedOut(_Period):
    """A briefing that was issued on schedule."""

    id: str
    desk: str
    occurrence: str
    issued_at: datetime
    sha256: str
    late_s: float | None
    skipped: list[str]
