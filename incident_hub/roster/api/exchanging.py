"""Who stands in for whom, who comes in addition, and shifts that two exchange."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.roster import actions, queries

from .room import Made, Member, Person, room, the_desk, the_member, the_post


class ShiftIn(Shape):
    """Somebody comes in addition to whoever is there."""

    post: str
    member: Member
    since: AwareDatetime
    until: AwareDatetime
    reason: Annotated[str, Field(max_length=400)] = ""


class OverrideIn(ShiftIn):
    """Somebody stands in for somebody."""

    instead_of: Member


class OverrideOut(BaseModel):
    """Who stands in for whom; `swap` is set where it comes of an exchange."""

    id: str
    post: str
    member: Person
    instead_of: Person | None
    since: datetime
    until: datetime
    swap: str | None


class OverridesOut(BaseModel):
    """Stand-ins that have not ended."""

    items: list[OverrideOut]
    next: None = None


class SwapIn(Shape):
    """One's own shift, by when it begins, for a colleague's."""

    post: str
    since: AwareDatetime
    other: Member
    other_since: AwareDatetime


class AnswerIn(Shape):
    """The colleague or a leader agrees, or one of them does not."""

    accept: bool


class SwapOut(BaseModel):
    """Two shifts in exchange."""

    id: str
    post: str
    state: Literal["proposed", "accepted", "approved", "declined"]
    member: Person
    since: datetime
    until: datetime
    other: Person
    other_since: datetime
    other_until: datetime


class SwapsOut(BaseModel):
    """Exchanges whose shifts have not both ended."""

    items: list[SwapOut]
    next: None = None


@room.door(
    "POST", "/operations/<op>/shifts", scope="roster:write", takes=ShiftIn, gives=Made, status=201,
    errors=(403, 404, 422),
)  # fmt: skip
def add_shift(asker: Asker, body: ShiftIn, op: str) -> Answer:
    """Have somebody of one's own desk on a post in addition to whoever holds it."""
    return _override(asker, op, body, None)


@room.door("GET", "/operations/<op>/overrides", scope="roster:read", gives=OverridesOut, errors=(403, 404))
def overrides(asker: Asker, op: str) -> dict[str, Any]:
    """Who stands in for whom at one's own desk, now and later."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    return {"items": queries.overrides(desk.id, clock.now()), "next": None}


@room.door(
    "POST", "/operations/<op>/overrides", scope="roster:write", takes=OverrideIn, gives=Made, status=201,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def override(asker: Asker, body: OverrideIn, op: str) -> Answer:
    """Let somebody of one's own desk stand in for somebody."""
    return _override(asker, op, body, body.instead_of)


@room.door("GET", "/operations/<op>/swaps", scope="roster:read", gives=SwapsOut, errors=(403, 404))
def swaps(asker: Asker, op: str) -> dict[str, Any]:
    """The exchanges at one's own desk."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    return {"items": queries.swaps(desk.id, clock.now()), "next": None}


@room.door(
    "POST", "/operations/<op>/swaps", scope="roster:write", takes=SwapIn, gives=Made, status=201,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def propose(asker: Asker, body: SwapIn, op: str) -> Answer:
    """Offer one's own shift for a colleague's on the same post."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    allow(asker, "roster.swap")
    with unit_of_work() as at:
        post, other = the_post(desk.id, body.post), the_member(desk.id, body.other)
        made = actions.propose_swap(post.id, body.since, other, body.other_since, at, by_of(asker))
        return doors.answer({"id": made}, status=201)


@room.door(
    "POST", "/operations/<op>/swaps/<id>/answer", scope="roster:write", takes=AnswerIn, gives=Made,
    errors=(403, 404, 409),
)  # fmt: skip
def answer_swap(asker: Asker, body: AnswerIn, op: str, id: str) -> Answer:
    """Agree to an exchange as the colleague, or say no to it as one of the two or as a leader."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    allow(asker, "roster.swap")
    with unit_of_work() as at:
        found = queries.swap(id, desk.id)
        if body.accept:
            actions.accept_swap(found, at, by_of(asker))
        else:
            actions.decline_swap(found, may(asker, "roster.approve") is None, at, by_of(asker))
        return doors.answer({"id": found.id})


@room.door("POST", "/operations/<op>/swaps/<id>/approval", scope="roster:write", gives=Made, errors=(403, 404, 409))
def approve(asker: Asker, op: str, id: str) -> Answer:
    """Approve an exchange both have agreed to; from now on each has the other's shift."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    allow(asker, "roster.approve")
    with unit_of_work() as at:
        found = queries.swap(id, desk.id)
        actions.approve_swap(found, at, by_of(asker, "roster.approve"))
        return doors.answer({"id": found.id})


def _override(asker: Asker, op: str, body: ShiftIn, instead_of: str | None) -> Answer:
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    allow(asker, "roster.arrange")
    with unit_of_work() as at:
        post, member = the_post(desk.id, body.post), the_member(desk.id, body.member)
        replaced = the_member(desk.id, instead_of) if instead_of else None
        span = (body.since, body.until)
        made = actions.override(post.id, member, replaced, *span, body.reason, at, by_of(asker))
        return doors.answer({"id": made}, status=201)
