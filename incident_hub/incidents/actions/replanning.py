"""Moving an incident under the plan that is in force now (rulings 19)."""

from __future__ import annotations

from datetime import datetime

from incident_hub.incidents import models, queries
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.operations import queries as operations

from .drafting import draft, refuse_unless


def replan(found: queries.Known, reason: str, at: datetime, by: By) -> None:
    """Go on under the plan in force: what happens next follows it, what is owed already stays.

    Tells: incident.replanned.
    Raises: Conflict when it follows that plan already, or that plan does not know its type.
    """
    refuse_unless(found, "incident.replan")
    version, plan = operations.plan_in_force(found.incident.chain)
    if version == found.incident.plan_version:
        raise Conflict(say("It follows {version} already, which is the plan in force.", version=version))
    if found.incident.type not in plan.types:
        raise Conflict(
            say(
                "{version} has no type {type}; the incident stays under its own plan.",
                version=version,
                type=found.incident.type,
            )
        )
    if not reason.strip():
        words = "Say why it changes plans while it is running."
        raise BadInput(words, errors=[{"pointer": "/reason", "detail": words}])
    data = {"from": found.incident.plan_version, "plan": version}
    found.incident.plan_version = version
    record.append(draft(found, models.REPLANNED, at, by, data, {"reason": reason}))
