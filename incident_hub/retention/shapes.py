"""Shapes of answers about what is kept and until when."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title


class HoldOut(TypedDict):
    """What is held back from destruction, by which desk, why and until when."""

    id: str
    subject: str
    reason: str | None
    desk: str
    at: datetime
    until: datetime
    reviewed_at: datetime | None
    released_at: datetime | None


class ClassOut(TypedDict):
    """One class of what is kept: how long, on what basis, when it is due; by age where each piece has its own day."""

    code: str
    title: Title | None
    days: int
    basis: str | None
    due_at: datetime | None
    over: bool
    by_age: bool


class DestructionOut(TypedDict):
    """What was destroyed: which class, when, and how many."""

    code: str
    due_at: datetime
    begun_at: datetime
    finished_at: datetime | None
    n: int


class RetentionOut(TypedDict):
    """What is kept in an operation, what is held back, and what was destroyed."""

    at: datetime
    stood_down_at: datetime | None
    classes: list[ClassOut]
    holds: list[HoldOut]
    destroyed: list[DestructionOut]
    words_destroyed: int
