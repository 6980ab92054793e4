"""Posts and who takes them in turn, the shifts that come of it, and where they leave gaps."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.roster import actions, queries
from incident_hub.roster.turns import Rotation

from .room import Made, Member, Person, Span, room, the_desk, the_member, the_post

Kind = Literal["rotation", "temporary", "holidays"]


class ArrangementIn(Shape):
    """Crews that take a post in turn: from now on, for a peak, or on holidays."""

    post: str
    kind: Kind = "rotation"
    zone: str | None = None
    first_on: date
    handovers: Annotated[list[time], Field(min_length=1, max_length=24)]
    days: Annotated[int, Field(ge=1, le=366)] = 1
    hours: Annotated[int | None, Field(ge=1, le=24 * 366)] = None
    crews: Annotated[list[Annotated[list[Member], Field(min_length=1, max_length=20)]], Field(min_length=1)]
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    dates: Annotated[list[date], Field(max_length=400, default_factory=list)]
    signed: bool = True


class ArrangementOut(BaseModel):
    """What is arranged for a post."""

    id: str
    post: str
    kind: Kind
    since: datetime
    until: datetime | None
    zone: str
    first_on: date
    handovers: list[str]
    days: int
    hours: int | None
    signed: bool
    dates: list[date]
    crews: list[list[Person]]


class PostOut(BaseModel):
    """A post, who holds it now, and what is arranged for it."""

    desk: str
    agency: str
    post: str
    title: dict[str, str]
    kind: str
    members: list[Person]
    arrangements: list[ArrangementOut]


class PostsOut(BaseModel):
    """The posts of a desk."""

    items: list[PostOut]
    next: None = None


class ShiftOut(BaseModel):
    """A span in which the same people hold a post; `why` is rotation, holiday, temporary, override, swap, appointed."""

    post: str
    since: datetime
    until: datetime
    members: list[Person]
    why: str


class ShiftsOut(BaseModel):
    """The shifts that touch a span."""

    items: list[ShiftOut]
    next: None = None


class HoleOut(BaseModel):
    """A span in which nobody holds a post (gap), or more do than its crews have (overlap)."""

    post: str
    kind: Literal["gap", "overlap"]
    since: datetime
    until: datetime
    members: list[Person]


class HolesOut(BaseModel):
    """Gaps and overlaps of a desk."""

    items: list[HoleOut]
    next: None = None


class DeskQuery(Shape):
    """Which desk; one's own if left out."""

    desk: str | None = None


@room.door("GET", "/operations/<op>/posts", scope="roster:read", query=DeskQuery, gives=PostsOut, errors=(403, 404))
def posts(asker: Asker, query: DeskQuery, op: str) -> dict[str, Any]:
    """The posts of a desk: who holds each now, and what is arranged."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, query.desk)
    at = clock.now()
    arranged = queries.arrangements(desk.id, at)
    items = [
        one | {"arrangements": [each for each in arranged if each["post"] == one["post"]]}
        for one in queries.on_duty([desk.id], at)
    ]
    return {"items": items, "next": None}


@room.door(
    "POST", "/operations/<op>/posts", scope="roster:write", takes=ArrangementIn, gives=Made, status=201,
    errors=(403, 404, 422),
)  # fmt: skip
def arrange(asker: Asker, body: ArrangementIn, op: str) -> Answer:
    """Let crews take a post of one's own desk in turn."""
    allow(asker, "roster.read")
    operation, desk = the_desk(op, asker, None)
    allow(asker, "roster.arrange")
    with unit_of_work() as at:
        post = the_post(desk.id, body.post)
        crews = tuple(tuple(the_member(desk.id, one) for one in crew) for crew in body.crews)
        rotation = Rotation(
            body.zone or operation.zone, body.first_on, crews, tuple(body.handovers), body.days, body.hours,
            body.since, body.until, body.signed,
        )  # fmt: skip
        by = by_of(asker)
        match body.kind:
            case "rotation":
                made = actions.set_rotation(post.id, rotation, at, by)
            case "temporary":
                made = actions.add_temporary(post.id, rotation, at, by)
            case "holidays":
                made = actions.set_holidays(post.id, body.dates, rotation, at, by)
        return doors.answer({"id": made}, status=201)


@room.door(
    "POST", "/operations/<op>/posts/<post>/ending", scope="roster:write", takes=Made, gives=Made, errors=(403, 404, 409)
)
def end(asker: Asker, body: Made, op: str, post: str) -> Answer:
    """End a rotation, a peak or what was arranged for holidays, from now on."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, None)
    allow(asker, "roster.arrange")
    with unit_of_work() as at:
        found = queries.arrangement(body.id, the_post(desk.id, post).id)
        actions.end_rotation(found, at, by_of(asker))
        return doors.answer({"id": found})


@room.door("GET", "/operations/<op>/shifts", scope="roster:read", query=Span, gives=ShiftsOut, errors=(403, 404, 422))
def shifts(asker: Asker, query: Span, op: str) -> dict[str, Any]:
    """Who has which shift at a desk, 31 days from now if no span is given."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, query.desk)
    return {"items": queries.shifts(desk.id, query.post, *query.within(31)), "next": None}


@room.door(
    "GET", "/operations/<op>/roster/gaps", scope="roster:read", query=Span, gives=HolesOut, errors=(403, 404, 422)
)
def gaps(asker: Asker, query: Span, op: str) -> dict[str, Any]:
    """Where nobody will hold a post of a desk, and where more will than its crews have; 400 days ahead."""
    allow(asker, "roster.read")
    _, desk = the_desk(op, asker, query.desk)
    found = queries.holes(desk.id, *query.within(400))
    return {"items": [one for one in found if query.post in (None, one["post"])], "next": None}
