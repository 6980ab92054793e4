"""Calendar subscriptions: made, listed and revoked here; the calendar itself is given at its own address."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.roster import actions, queries

from .room import Made, room, the_desk, the_post

Scope = Literal["mine", "all"]


class CalendarIn(Shape):
    """Which shifts: one's own at this desk, or everybody's; of one post, or of all."""

    scope: Scope = "mine"
    post: str | None = None


class CalendarOut(BaseModel):
    """A new subscription; its address is shown this once."""

    id: str
    path: str


class Subscription(BaseModel):
    """A subscription that shows shifts."""

    id: str
    post: str | None
    scope: Scope
    made_at: datetime


class CalendarsOut(BaseModel):
    """One's subscriptions at this desk."""

    items: list[Subscription]
    next: None = None


@room.door("GET", "/operations/<op>/calendars", scope="roster:read", gives=CalendarsOut, errors=(403, 404))
def calendars(asker: Asker, op: str) -> dict[str, Any]:
    """One's own subscriptions at this desk, without their addresses."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    return {"items": queries.calendars_of(asker.member, desk.id), "next": None}


@room.door(
    "POST", "/operations/<op>/calendars", scope="roster:write", takes=CalendarIn, gives=CalendarOut, status=201,
    errors=(403, 404, 422),
)  # fmt: skip
def subscribe(asker: Asker, body: CalendarIn, op: str) -> Answer:
    """Make an address that shows shifts to a calendar client; whoever has it sees them, until it is revoked."""
    allow(asker, "roster.read")
    operation, desk = the_desk(op, asker, None)
    with unit_of_work() as at:
        post = the_post(desk.id, body.post).code if body.post else None
        id, token = actions.subscribe(asker.member, desk.id, post, body.scope, at, by_of(asker))
        path = f"{doors.PREFIX}/operations/{operation.code}/roster.ics?token={token}"
        return Answer({"id": id, "path": path}, 201, kept=False)


@room.door(
    "POST", "/operations/<op>/calendars/<id>/revocation", scope="roster:write", gives=Made, errors=(403, 404, 409)
)
def revoke(asker: Asker, op: str, id: str) -> Answer:
    """Let an address of one's own show nothing any more."""
    allow(asker, "roster.read")
    the_desk(op, asker, None)
    with unit_of_work() as at:
        row = queries.calendar_of(id, asker.member)
        actions.revoke(row, at, by_of(asker))
        return doors.answer({"id": row.id})
