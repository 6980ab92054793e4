"""The doors of incidents."""

from __future__ import annotations

from . import circle, journal, leading, reading, stating
from .room import room

__all__ = ["circle", "journal", "leading", "reading", "room", "stating"]
