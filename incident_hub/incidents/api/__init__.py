"""The doors of incidents."""

from __future__ import annotations

from . import circle, journal, reading, stating
from .room import room

__all__ = ["circle", "journal", "reading", "room", "stating"]
