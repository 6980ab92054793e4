"""Hand-overs of one's own desk: read them, sign them. They are prepared a floor higher, where the facts are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.roster import actions, queries

from .room import Person, room, the_desk

RECENT = timedelta(days=3)


class SignatureIn(Shape):
    """What the incoming watch has to say, if anything."""

    note: Annotated[str, Field(max_length=4000)] = ""


class SignedOut(BaseModel):
    """How it was signed."""

    id: str
    state: Literal["signed", "taken"]


class HandoverOut(BaseModel):
    """One hand-over of a post; `facts` is what was open when it was prepared."""

    id: str
    post: str
    title: dict[str, str]
    due_at: datetime
    state: Literal["expected", "prepared", "signed", "taken"]
    outgoing: list[Person]
    incoming: list[Person]
    facts: dict[str, Any] | None
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


@room.door(
    "POST", "/operations/<op>/handovers/<id>/signature", scope="roster:write", takes=SignatureIn, gives=SignedOut,
    errors=(403, 404, 409),
)  # fmt: skip
def sign(asker: Asker, body: SignatureIn, op: str, id: str) -> Answer:
    """Sign what the outgoing watch prepared; what nobody prepared is taken by this, once it is due."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    allow(asker, "handover.sign")
    with unit_of_work() as at:
        row = queries.handover(id, desk.id)
        leading = may(asker, "handover.take") is None
        state = actions.sign(row, body.note, leading, at, by_of(asker))
        return doors.answer({"id": row.id, "state": state})
