"""How an entry about returns is written: under the desk that owes them, and read by those who may know of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from incident_hub.kernel import record
from incident_hub.kernel.record import By, Draft
from incident_hub.operations.queries import Operation

T = TypeVar("T")


def state(
    operation: Operation,
    owing: str,
    kind: str,
    at: datetime,
    by: By,
    data: dict[str, Any],
    texts: dict[str, str] | None = None,
) -> None:
    """Write one fact about the returns of one desk."""
    facts = {"phase": operation.phase, "plan": operation.plan_version}
    record.append(Draft(operation.id, kind, at, by, ("return", owing), facts, data, texts or {}))


def by_owing(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """What belongs to each owing desk, in the order it comes."""
    found: dict[str, list[T]] = {}
    for owing, one in pairs:
        found.setdefault(owing, []).append(one)
    return found
