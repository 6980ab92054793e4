"""The doors of what is owed."""

from __future__ import annotations

from . import answering, closing, reading, releasing
from .room import room

__all__ = ["answering", "closing", "reading", "releasing", "room"]
