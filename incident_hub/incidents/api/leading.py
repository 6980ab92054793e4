"""Who leads an incident, and by which plan it is worked: the doors of both."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from incident_hub.agencies.standing import Asker
from incident_hub.incidents import actions
from incident_hub.incidents.shapes import IncidentOut
from incident_hub.kernel.doors import Answer, Shape

from .room import Code, ViaIn, Words, changing, plain, room, told

Reason = Annotated[str, Field(min_length=1, max_length=2000)]


class LeadIn(Shape):
    """To which desk the lead goes, whether it is asked or told, and on what basis."""

    to: Code
    mode: Literal["offer", "direct"] = "offer"
    basis: Reason
    via: ViaIn | None = None


class LeadAnswerIn(Shape):
    """Whether the lead is accepted; declining takes a reason."""

    accept: bool
    reason: Words | None = None
    via: ViaIn | None = None


class OfferWithdrawalIn(Shape):
    """Why the offer is taken back."""

    reason: Reason


class ReplanIn(Shape):
    """Why it goes on under another plan."""

    reason: Reason


@room.door(
    "POST", "/incidents/<ref>/lead", scope="incidents:write", takes=LeadIn, gives=IncidentOut, versioned=True,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def hand_over_lead(asker: Asker, body: LeadIn, ref: str) -> Answer:
    """Offer the lead to a desk of the circle, or direct it there with the authority the plan names."""
    hand_over = actions.offer_lead if body.mode == "offer" else actions.direct_lead
    with changing(asker, f"lead.{body.mode}", ref) as (found, at, by):
        hand_over(found, body.to, body.basis, plain(body.via), at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/lead/answer", scope="incidents:write", takes=LeadAnswerIn, gives=IncidentOut,
    versioned=True, errors=(403, 404, 409, 422),
)  # fmt: skip
def answer_lead(asker: Asker, body: LeadAnswerIn, ref: str) -> Answer:
    """Accept the lead that was offered to one's desk, or decline it."""
    with changing(asker, "lead.answer", ref) as (found, at, by):
        actions.answer_offer(found, body.accept, body.reason, plain(body.via), at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/lead/withdrawal", scope="incidents:write", takes=OfferWithdrawalIn, gives=IncidentOut,
    versioned=True, errors=(403, 404, 409, 422),
)  # fmt: skip
def withdraw_offer(asker: Asker, body: OfferWithdrawalIn, ref: str) -> Answer:
    """Take back an offer of the lead that nobody has answered."""
    with changing(asker, "lead.offer", ref) as (found, at, by):
        actions.withdraw_offer(found, body.reason, at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/plan", scope="incidents:write", takes=ReplanIn, gives=IncidentOut, versioned=True,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def replan_incident(asker: Asker, body: ReplanIn, ref: str) -> Answer:
    """Let an incident go on under the plan in force; what is owed already stays as it is."""
    with changing(asker, "incident.replan", ref) as (found, at, by):
        actions.replan(found, body.reason, at, by)
        return told(found)
