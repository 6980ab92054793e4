"""Shapes of answers about who has looked."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict


class LookOut(TypedDict):
    """How often a desk looked or was refused in one hour; `knows` is whether it may know of the incident now."""

    desk: str
    knows: bool
    hour: datetime
    outcome: str
    n: int
    first_at: datetime
    last_at: datetime
