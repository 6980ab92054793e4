"""The doors of incident reports."""

from __future__ import annotations

from . import drafts, going
from .room import room

__all__ = ["drafts", "going", "room"]
