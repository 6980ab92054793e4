"""The doors of incidents."""

from __future__ import annotations

from . import attaching, circle, journal, leading, reading, stating
from .room import room

__all__ = ["attaching", "circle", "journal", "leading", "reading", "room", "stating"]
