"""Shapes of answers about tasks."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import ViaOut


class TaskOut(TypedDict):
    """What was asked of a post, and how far it has come."""

    id: str
    incident: str | None
    desk: str
    to: str
    post: str
    words: str
    asked_at: datetime
    due_at: datetime
    state: Literal["asked", "accepted", "declined", "done", "withdrawn"]
    moved_at: datetime
    said: str | None
    via: ViaOut | None
    again: str | None
    evidence: list[str]
