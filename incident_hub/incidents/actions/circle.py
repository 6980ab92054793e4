"""Who may know of an incident: letting a desk in, and ending its access."""

from __future__ import annotations

from datetime import datetime

from incident_hub.agencies import queries as agencies
from incident_hub.incidents import models, queries
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By

from .drafting import draft, refuse_unless


def grant_access(found: queries.Known, desk: str, role: str, history: str, at: datetime, by: By) -> None:
    """Let a desk know of the incident; everyone in the circle is told. Tells: access.granted.

    Raises: NotAllowed for TLP:RED, which is never widened; BadInput for a desk outside the operation.
    """
    refuse_unless(found, "access.grant")
    if found.incident.tlp == "RED":
        raise NotAllowed("TLP:RED is for exactly the desks it was opened to; it cannot be widened.")
    named = agencies.desk(desk)
    if named is None or not record.may_know(found.incident.chain, found.operation.subject, named.id):
        words = f"There is no desk {desk} taking part in {found.operation.code}."
        raise BadInput(words, errors=[{"pointer": "/desk", "detail": words}])
    if role == "lead":
        raise BadInput("The lead is handed over by offer or direction, not by sharing; choose support or informed.")
    held = record.may_know(found.incident.chain, found.subject, named.id)
    if held and held.role == "lead":
        raise Conflict("That desk has the lead already.")
    fresh = record.disclose(found.incident.chain, found.subject, named.id, role, history, at, by.desk)
    data = {"desk": desk, "role": role, "history": history, "fresh": [desk] if fresh and role == "support" else []}
    record.append(draft(found, models.ACCESS_GRANTED, at, by, data))


def withdraw_access(found: queries.Known, desk: str, at: datetime, by: By) -> None:
    """End a desk's access; it is told that it was withdrawn and nothing more.

    Tells: incident.withdrawn to that desk alone, access.withdrawn to those who stay.
    Raises: Conflict for the lead's own desk, BadInput for a desk that is not in the circle.
    """
    refuse_unless(found, "access.withdraw")
    named = agencies.desk(desk)
    held = named and record.may_know(found.incident.chain, found.subject, named.id)
    if named is None or held is None:
        raise BadInput(f"{desk} has no access to this incident.", errors=[{"pointer": "/desk", "detail": "no access"}])
    if held.role == "lead":
        raise Conflict("The lead's desk cannot be withdrawn; hand the lead over first.")
    record.withdraw(found.incident.chain, found.subject, named.id, at)
    farewell = draft(found, models.WITHDRAWN, at, by)
    farewell.desks = (named.id,)
    farewell.facts = {}
    record.append(farewell)
    record.append(draft(found, models.ACCESS_WITHDRAWN, at, by, {"desk": desk}))
