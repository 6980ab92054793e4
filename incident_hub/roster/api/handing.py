"""Hand-overs of one's own desk, to read. They are prepared and signed a floor higher, where the facts are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.roster import queries
from incident_hub.roster.shapes import HandoverFacts

from .room import Person, room, the_desk

RECENT = timedelta(days=3)


class HandoverOut(BaseModel):
    """One hand-over of a post; `facts` is what was open when it was prepared."""

    id: str
    post: str
    title: dict[str, str]
    due_at: datetime
    state: Literal["expected", "prepared", "signed", "taken"]
    outgoing: list[Person]
    incoming: list[Person]
    facts: HandoverFacts | None
    note: str | None
    prepared_at: datetime | None
    prepared_by: Person | None
    signed_at: datetime | None
    signed_by: Person | None
    leader_told: bool


class HandoversOut(BaseModel):
    """The hand-overs of a desk, the newest first."""

    items: list[HandoverOut]
    next: None = None


@room.door("GET", "/operations/<op>/handovers", scope="roster:read", gives=HandoversOut, errors=(403, 404))
def handovers(asker: Asker, op: str) -> dict[str, Any]:
    """The hand-overs of one's own desk: those to come, of the last three days, and any that nobody signed."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    return {"items": queries.handovers_of(desk.id, clock.now() - RECENT), "next": None}
