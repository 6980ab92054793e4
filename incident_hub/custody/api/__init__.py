"""The doors of things in custody."""

from __future__ import annotations

from . import moving, reading
from .room import room

__all__ = ["moving", "reading", "room"]
