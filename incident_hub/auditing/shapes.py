"""Shapes of answers about reading as another desk."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from incident_hub.incidents.shapes import CardOut, IncidentOut, JournalOut


class AuditOut(TypedDict):
    """Who reads as which desk, why, and for how long."""

    id: str
    by: str
    desk: str
    reason: str
    since: datetime
    until: datetime
    ended_at: datetime | None
    runs: bool


class AuditMade(TypedDict):
    """The audit that was opened, and until when it lasts."""

    id: str
    until: datetime


class AuditedBoard(AuditOut):
    """The board as that desk sees it now, without what is under TLP:RED."""

    cards: list[CardOut]


class AuditedIncident(IncidentOut):
    """One incident as that desk may know it, with its journal."""

    journal: list[JournalOut]
