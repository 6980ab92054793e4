"""The doors of operations: which there are, their feed, and the plan they work by."""

from __future__ import annotations

from . import planning, reading
from .room import OperationOut, room

__all__ = ["OperationOut", "planning", "reading", "room"]
