"""What the doors of operations have in common: the room, and an operation as it is answered."""

from __future__ import annotations

from typing import Any

from incident_hub.kernel.doors import Room, Shape
from incident_hub.operations import queries

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


def shape(operation: queries.Operation) -> dict[str, Any]:
    """An operation as it is answered."""
    names = ("code", "kind", "title", "zone", "phase", "exercise", "plan_version")
    parent = queries.by_id(operation.parent) if operation.parent else None
    return {name: getattr(operation, name) for name in names} | {"parent": parent.code if parent else None}
