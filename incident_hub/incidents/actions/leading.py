"""Handing the lead over: offered and accepted, or directed by the authority the plan names; never a moment without one.

What the lead owes goes with it, by the same instants: the plan's answer to these entries re-addresses it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.authority import lacks_authority
from incident_hub.agencies.queries import Desk
from incident_hub.incidents import models, queries
from incident_hub.incidents.lifecycle import ENDED
from incident_hub.incidents.stated import Via
from incident_hub.kernel import record
from incident_hub.kernel.errors import BadInput, Conflict, NotAllowed
from incident_hub.kernel.record import By
from incident_hub.kernel.saying import say
from incident_hub.kernel.text import instant
from incident_hub.operations import queries as operations

from .drafting import draft, refuse_unless


def offer_lead(found: queries.Known, to: str, basis: str, via: Via | None, at: datetime, by: By) -> None:
    """Offer the lead to a desk that may know of it; until it accepts, the lead stays. Tells: lead.offered.

    An offer that stands is replaced by the new one. Raises: BadInput for a desk outside the circle.
    """
    refuse_unless(found, "lead.offer")
    desk = _candidate(found, to)
    data: dict[str, Any] = {"to": desk.code, "from": found.incident.lead, "addressed": [desk.code]}
    data["replaces"] = (found.incident.lead_offer or {}).get("desk")
    found.incident.lead_offer = {"desk": desk.code, "by": by.desk, "at": instant(at)}
    record.append(draft(found, models.LEAD_OFFERED, at, by, data, {"basis": basis}, via))


def withdraw_offer(found: queries.Known, reason: str, at: datetime, by: By) -> None:
    """Take an offer of the lead back before it is answered; the lead stays where it is. Tells: lead.withdrawn.

    Raises: Conflict when nothing is on offer.
    """
    refuse_unless(found, "lead.offer")
    offer = found.incident.lead_offer
    if not offer:
        raise Conflict("The lead is not on offer; read the incident again.")
    found.incident.lead_offer = None
    data = {"to": offer["desk"], "from": found.incident.lead}
    record.append(draft(found, models.LEAD_WITHDRAWN, at, by, data, {"reason": reason}))


def answer_offer(found: queries.Known, accept: bool, reason: str | None, via: Via | None, at: datetime, by: By) -> None:
    """Take the lead that was offered, or decline it with a reason. Tells: lead.accepted, lead.declined.

    Raises: Conflict when nothing is offered to this desk, or declining gives no reason.
    """
    offer = found.incident.lead_offer
    if not offer or offer["desk"] != by.desk:
        raise Conflict("The lead is not on offer to your desk; read the incident again.")
    found.incident.lead_offer = None
    data = {"to": by.desk, "from": found.incident.lead, "offered_by": offer["by"]}
    if accept:
        _pass(found, _candidate(found, by.desk), at, by)
        record.append(draft(found, models.LEAD_ACCEPTED, at, by, data, {"reason": reason or ""}, via))
        return
    if not reason:
        words = "Say why you decline the lead: the other side has to find somebody else."
        raise BadInput(words, errors=[{"pointer": "/reason", "detail": words}])
    record.append(draft(found, models.LEAD_DECLINED, at, by, data, {"reason": reason}, via))


def direct_lead(found: queries.Known, to: str, basis: str, via: Via | None, at: datetime, by: By) -> None:
    """Give the lead to a desk by the authority the plan names, without asking it. Tells: lead.directed.

    Raises: NotAllowed for anybody without that authority, BadInput for a desk outside the circle.
    """
    incident = found.incident
    authority = operations.plan_of(incident.plan_version).authority.direct_lead
    above = [one.code for one in agencies.parent_chain(incident.lead)]
    if refusal := lacks_authority(authority, by.agency, by.desk, incident.lead, above):
        raise NotAllowed(refusal)
    desk = _candidate(found, to)
    data = {"to": desk.code, "from": incident.lead}
    incident.lead_offer = None
    _pass(found, desk, at, by)
    record.append(draft(found, models.LEAD_DIRECTED, at, by, data, {"basis": basis}, via))


def _candidate(found: queries.Known, to: str) -> Desk:
    """The desk that may take the lead: it knows of the incident, and does not lead it already."""
    if found.incident.status in ENDED:
        raise Conflict(say("The incident is {status}; nobody leads what has ended.", status=found.incident.status))
    desk = agencies.desk(to) or agencies.duty_desk(to)
    held = desk and record.may_know(found.incident.chain, found.subject, desk.id)
    if desk is None or held is None:
        words = say("{to} does not know of this incident; share it first, then hand the lead over.", to=to)
        raise BadInput(words, errors=[{"pointer": "/to", "detail": words}])
    if held.role == "lead":
        words = say("{desk} has the lead already.", desk=desk.code)
        raise Conflict(words)
    return desk


def _pass(found: queries.Known, desk: Desk, at: datetime, by: By) -> None:
    """The desk that led supports from now on."""
    chain, circle = found.incident.chain, record.access(found.incident.chain, found.subject)
    roles = {row.desk_id: "support" for row in circle if row.role == "lead"} | {desk.id: "lead"}
    record.disclose_all(chain, found.subject, roles, "full", at, by.desk)
    found.incident.lead = desk.agency
