"""What the tests of obligations ask for: the debts of an incident, and what its ladder did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.kernel import feeds
from incident_hub.kernel.database import db
from incident_hub.obligations import queries
from tests.night import NIGHT, Hub


def owed(hub: Hub, ref: str, rule: str | None = None, agency: str | None = None) -> list[dict[str, Any]]:
    """The debts of an incident in the order they were opened."""
    db.session.rollback()
    found = queries.of_subject(hub.expo.id, ref)
    return [one for one in found if rule in (None, one["rule"]) and agency in (None, one["owed_by"]["agency"])]


def debt(hub: Hub, ref: str, rule: str, agency: str) -> dict[str, Any]:
    """The newest debt of an agency under a rule."""
    return owed(hub, ref, rule, agency)[-1]


def entries(hub: Hub, ref: str, kind: str) -> list[dict[str, Any]]:
    """The data of the entries of one kind about an incident, each with its instant."""
    db.session.rollback()
    found = feeds.entries_of(hub.expo.id, ("incident", ref), [kind])
    return [one["data"] | {"at": minute(one["at"])} for one in found]


def taken(hub: Hub, ref: str, obligation: str) -> list[dict[str, Any]]:
    """The steps of one debt that the record says were taken."""
    return [one for one in entries(hub, ref, "obligation.step_taken") if one["obligation"] == obligation]


def rungs(hub: Hub, ref: str, obligation: str) -> list[tuple[float, int, int, str]]:
    """The steps of one debt as (minute, step, occurrence, whom it reached)."""
    return [(one["at"], one["step"], one["occurrence"], posts(one)) for one in taken(hub, ref, obligation)]


def posts(step: dict[str, Any]) -> str:
    """Whom a step reached."""
    return " ".join(f"{one['desk']}:{one['post']}" for one in step["targets"])


def minute(at: datetime | str) -> float:
    """Minutes since 03:10."""
    when = datetime.fromisoformat(at) if isinstance(at, str) else at
    return (when - NIGHT).total_seconds() / 60
