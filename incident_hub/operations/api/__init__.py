"""The doors of operations: which there are, their phase and feed, and the plan they work by."""

from __future__ import annotations

from . import planning, reading
from .room import OperationOut, room, shape

__all__ = ["OperationOut", "planning", "reading", "room", "shape"]
