"""The doors of operations: which there are, their feed, and the plan they work by."""

from __future__ import annotations

from . import planning, reading
from .room import room

__all__ = ["planning", "reading", "room"]
