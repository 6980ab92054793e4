"""The doors of what is owed."""

from __future__ import annotations

from . import answering, reading, releasing
from .room import room

__all__ = ["answering", "reading", "releasing", "room"]
