"""The doors of notices, addresses, webhooks and the call sheet."""

from __future__ import annotations

from . import addresses, notices, webhooks
from .room import room

__all__ = ["addresses", "notices", "room", "webhooks"]
