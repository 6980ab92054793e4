"""Changing the fields of an incident without losing anybody's change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incident_hub.incidents import models, queries
from incident_hub.incidents.lifecycle import merged
from incident_hub.kernel import record
from incident_hub.kernel.errors import Stale
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.operations import queries as operations

from .drafting import draft, refuse_unless, version
from .fields import areas_of, owner_of, refuse_bad_fields, written
from .gathering import Circle, disclose, plan_circle

# Fields that hold codes and instants; they stand in the entry itself, all others beside it.
_CODES = ("site", "occurred_at", "occurred_about", "planned_at", "attention")


def amend(found: queries.Known, seen: int, changes: Mapping[str, Any], at: datetime, by: By) -> list[str]:
    """Change fields of an incident that nobody else has moved since `seen`. Tells: incident.amended.

    Shape: the names of the fields that changed.
    Raises: Stale with both values for every field that somebody else moved.
    """
    refuse_unless(found, "incident.amend")
    incident = found.incident
    present = {name: getattr(incident, name) for name in changes}
    clashes = merged(seen, incident.moved, present, dict(changes))
    if clashes:
        fields = [{"field": name, "yours": changes[name], "theirs": present[name]} for name in clashes]
        raise Stale(
            say("Somebody else changed {clashes} since you read it; choose which value stays.", clashes=clashes),
            fields=fields,
        )
    changed = [name for name, value in changes.items() if present[name] != value]
    if not changed:
        return []
    refuse_bad_fields(changes, at)
    number = version(found)
    for name in changed:
        setattr(incident, name, changes[name])
    incident.moved = incident.moved | dict.fromkeys(changed, number)
    plain = {name: changes[name] for name in changed if name in _CODES}
    texts = written({name: changes[name] for name in changed if name not in plain})
    if {"site", "place"} & set(changed):
        plain |= _moved_elsewhere(found, at, by)
    record.append(draft(found, models.AMENDED, at, by, {"fields": changed, **plain}, texts))
    return changed


def _moved_elsewhere(found: queries.Known, at: datetime, by: By) -> dict[str, Any]:
    """A new place has its own areas, a new site its own owner, whom the plan may want to know of it."""
    incident = found.incident
    incident.areas = areas_of(incident.site, incident.place)
    owner = owner_of(incident.site)
    if owner is None or owner == incident.site_owner or incident.status == "heard":
        return {}
    incident.site_owner = owner
    kind = operations.plan_of(incident.plan_version).types[incident.type]
    circle = plan_circle(incident.chain, kind, queries.facts(incident), by)
    wanted = tuple((desk, role) for desk, role in circle.desks if desk == f"{owner}/duty" and role != "lead")
    held = {row["desk"] for row in queries.circle_of(incident.chain, incident.ref)}
    new = Circle(incident.lead, "owner of the site", tuple(one for one in wanted if one[0] not in held))
    granted = disclose(incident.chain, incident.ref, new, at, by)
    fresh = [desk for desk, role in granted if role == "support"]
    return {"site_owner": owner, "access": [{"desk": desk, "role": role} for desk, role in granted], "fresh": fresh}
