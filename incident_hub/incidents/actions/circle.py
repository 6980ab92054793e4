"""Who may know of an incident: letting a desk in, and ending its access."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.queries import Desk
from incident_hub.incidents import models, queries
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say, say_both
from incident_hub.plan.marking import may_let_in

from .drafting import draft, refuse_unless
from .leading import withdraw_offer


def grant_access(found: queries.Known, desk: str, role: str, history: str, at: datetime, by: By) -> None:
    """Let a desk know of the incident, or give one that knows another role; everyone in the circle is told.

    What was opened of the past stays open. Tells: access.granted.
    Raises: NotAllowed for whom the mark keeps out; BadInput for a desk outside the operation.
    """
    refuse_unless(found, "access.grant")
    named = _taking_part(found, desk)
    if role == "lead":
        raise BadInput("The lead is handed over by offer or direction, not by sharing; choose support or informed.")
    held = record.may_know(found.incident.chain, found.subject, named.id)
    if held and held.role == "lead":
        raise Conflict("That desk has the lead already.")
    if held is None:
        _refuse_widening(found, named)
    fresh = record.disclose(found.incident.chain, found.subject, named.id, role, history, at, by.desk)
    data: dict[str, Any] = {"desk": desk, "role": role, "history": history}
    if held and held.history == "full":
        data["history"] = "full"
    data["fresh"] = [desk] if fresh and role == "support" else []
    if held and held.role != role:
        data["was"] = held.role
    record.append(draft(found, models.ACCESS_GRANTED, at, by, data))


def withdraw_access(found: queries.Known, desk: str, at: datetime, by: By, reason: str = "") -> None:
    """End a desk's access; it is told that it was withdrawn and nothing more. A lead on offer to it is off.

    Tells: lead.withdrawn, incident.withdrawn to that desk alone, access.withdrawn to those who stay.
    Raises: Conflict for the lead's own desk, BadInput for a desk that is not in the circle.
    """
    refuse_unless(found, "access.withdraw")
    named = agencies.desk(desk)
    held = named and record.may_know(found.incident.chain, found.subject, named.id)
    if named is None or held is None:
        raise BadInput(
            say("{desk} has no access to this incident.", desk=desk),
            errors=[{"pointer": "/desk", "detail": "no access"}],
        )
    if held.role == "lead":
        raise Conflict("The lead's desk cannot be withdrawn; hand the lead over first.")
    if (found.incident.lead_offer or {}).get("desk") == desk:
        withdraw_offer(found, reason, at, by)
    record.withdraw(found.incident.chain, found.subject, named.id, at)
    farewell = draft(found, models.WITHDRAWN, at, by)
    farewell.desks = (named.id,)
    farewell.facts = {}
    record.append(farewell)
    record.append(draft(found, models.ACCESS_WITHDRAWN, at, by, {"desk": desk}, {"reason": reason}))


def _taking_part(found: queries.Known, code: str) -> Desk:
    desk = agencies.desk(code)
    if desk is None or not record.may_know(found.incident.chain, found.operation.subject, desk.id):
        words = say("There is no desk {code} taking part in {operation}.", code=code, operation=found.operation.code)
        raise BadInput(words, errors=[{"pointer": "/desk", "detail": words}])
    return desk


def _refuse_widening(found: queries.Known, desk: Desk) -> None:
    circle = queries.circle_of(found.incident.chain, found.incident.ref)
    listed = {row["desk"].partition("/")[0] for row in circle}
    if refusal := may_let_in(found.incident.tlp, desk.agency, listed):
        raise NotAllowed(say_both(refusal.en, refusal.zh))
