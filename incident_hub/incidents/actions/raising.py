"""What was only heard of is raised: the plan's circle knows of it and its clocks run."""

from __future__ import annotations

from datetime import datetime

from incident_hub.incidents import models, queries
from incident_hub.incidents.stated import Via
from incident_hub.kernel import record
from incident_hub.kernel.record import By
from incident_hub.operations import queries as operations

from .drafting import draft
from .gathering import disclose, plan_circle, told


def raise_heard(found: queries.Known, via: Via | None, at: datetime, by: By) -> None:
    """Make a report of what was heard: who leads by the plan takes the lead, and the circle knows.

    Since when the desk knew stays what it was, so its own clocks began when it heard. Tells: incident.raised.
    """
    incident = found.incident
    incident.status = "reported"
    kind = operations.plan_of(incident.plan_version).types[incident.type]
    circle = plan_circle(incident.chain, kind, queries.facts(incident), by)
    incident.lead = circle.lead
    granted = disclose(incident.chain, incident.ref, circle, at, by)
    data = {"from": "heard", "to": "reported", **told(circle, granted, by)}
    record.append(draft(found, models.RAISED, at, by, data, None, via))
