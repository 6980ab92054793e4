"""Who has looked, as those may read it who answer for an incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import looks
from incident_hub.kernel.errors import NotAllowed


def readable(found: incidents.Known, asker: Asker) -> None:
    """Stop whoever neither leads the incident nor evaluates it.

    Raises: NotAllowed.
    """
    if found.access.role != "lead" and asker.role != "evaluator":
        raise NotAllowed("Who has looked is read at the desk in the lead, and by evaluators.")


def of(found: incidents.Known, since: datetime) -> list[dict[str, Any]]:
    """Who looked at an incident or was refused it, by desk and hour, the newest hour first.

    Shape: {desk, knows, hour, outcome, n, first_at, last_at}; `knows` is whether the desk may know of it now.
    """
    rows = looks.of(f"incident/{found.incident.ref}", since)
    desks = agencies.desks({row.desk for row in rows})
    circle = {row["desk"] for row in incidents.circle_of(found.incident.chain, found.incident.ref)}
    names = ("hour", "outcome", "n", "first_at", "last_at")
    return [
        {"desk": desks[row.desk].code, "knows": desks[row.desk].code in circle}
        | {name: getattr(row, name) for name in names}
        for row in rows
        if row.desk in desks
    ]
