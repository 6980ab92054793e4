"""The room of notices, whose doors stand in the files beside it."""

from __future__ import annotations

from incident_hub.kernel.doors import Room

room = Room("notify")
