"""Shapes of answers about what a desk would read once it is let in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from incident_hub.kernel.shapes import Title


class Readable(TypedDict):
    """One thing it would read, by its title."""

    kind: Literal["card", "obligation", "item", "journal", "file", "report", "task", "figure"]
    title: Title
    at: datetime


class Preview(TypedDict):
    """What is read at once, what `history: full` opens besides, and how many entries stay closed in any case."""

    now: list[Readable]
    past: list[Readable]
    closed: int
