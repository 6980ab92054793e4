"""Shapes of answers about hand-overs."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict


class HandoverFacts(TypedDict):
    """What was open when it was prepared: codes alone; `moved` are incidents that moved since the watch began."""

    since: datetime
    incidents: list[str]
    moved: list[str]
    debts: list[str]
    unanswered: list[str]
