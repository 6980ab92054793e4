"""The doors of daily returns."""

from __future__ import annotations

from . import batch, filing, rolling, units
from .room import room

__all__ = ["batch", "filing", "rolling", "room", "units"]
