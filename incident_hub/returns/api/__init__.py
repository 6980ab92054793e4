"""The doors of daily returns."""

from __future__ import annotations

from . import batch, filing, links, rolling, units
from .room import room

__all__ = ["batch", "filing", "links", "rolling", "room", "units"]
