"""What the doors of operations have in common: the room, and an operation as it is answered."""

from __future__ import annotations

from incident_hub.kernel.doors import Room, Shape

room = Room("operations")


class OperationOut(Shape):
    """An operation."""

    code: str
    kind: str
    title: dict[str, str]
    zone: str
    phase: str
    exercise: bool
    plan_version: str
    parent: str | None
