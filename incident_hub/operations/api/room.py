"""What the doors of operations have in common: the room itself."""

from __future__ import annotations

from incident_hub.kernel.doors import Room

room = Room("operations")
