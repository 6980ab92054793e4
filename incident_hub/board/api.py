"""The doors of the board."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from flask import current_app
from pydantic import AwareDatetime, BaseModel, Field

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import Desk, by_of
from incident_hub.agencies.standing import Asker, may
from incident_hub.auditing import queries as audits
from incident_hub.board.shapes import BoardAs, BoardOut, OnDuty, OutageOut, Span
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import read_snapshot, unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape
from incident_hub.kernel.errors import BadInput, NotAllowed, NotKnown
from incident_hub.kernel.saying import say
from incident_hub.kernel.shapes import Listed
from incident_hub.notify import actions as notify
from incident_hub.notify.messages import trial_of
from incident_hub.operations import queries as operations
from incident_hub.roster import actions as roster_actions
from incident_hub.roster import queries as roster
from incident_hub.roster.shapes import HandoverFacts

from . import queries

room = Room("board")


class DutyQuery(Shape):
    """At which instant; now if left out."""

    at: AwareDatetime | None = None


class HandoverIn(Shape):
    """What the outgoing watch adds in its own words."""

    post: str
    note: Annotated[str, Field(max_length=8000)] = ""


class SignatureIn(Shape):
    """What the incoming watch has to say, if anything."""

    note: Annotated[str, Field(max_length=4000)] = ""


class SignedOut(BaseModel):
    """How it was signed."""

    id: str
    state: Literal["signed", "taken"]


class PreparedOut(BaseModel):
    """The hand-over, with what the Hub filled in."""

    id: str
    facts: HandoverFacts


class BoardQuery(Shape):
    """As which other desk, for an evaluator who has an audit of it open."""

    as_: Annotated[str, Field(max_length=96)] | None = Field(default=None, alias="as")


@room.door(
    "GET", "/operations/<op>/board", scope="incidents:read", query=BoardQuery, gives=BoardOut | BoardAs,
    errors=(403, 404, 422),
)  # fmt: skip
def read_board(asker: Asker, query: BoardQuery, op: str) -> dict[str, Any]:
    """The board as the asker's desk may see it, at one instant, with the feed position it stands at."""
    allow(asker, "board.read")
    read_snapshot()
    operation, at = operations.for_desk(op, asker.desk_id), clock.now()
    if query.as_ is None:
        return queries.board(operation, asker, at)
    allow(asker, "audit.open")
    audit = audits.running(operation.id, asker.member, query.as_, at)
    if audit is None:
        raise NotKnown
    row = audits.reading(audit.id, asker, at)
    return audits.shape(row, at) | {"operation": operation.code, "cards": audits.board(row)}


@room.door(
    "GET", "/operations/<op>/duty", scope="incidents:read", query=DutyQuery, gives=Listed[OnDuty],
    errors=(403, 404, 422),
)  # fmt: skip
def read_duty(asker: Asker, query: DutyQuery, op: str) -> dict[str, Any]:
    """Who is on duty at the desks that take part: now, or at another instant."""
    allow(asker, "board.read")
    found = operations.for_desk(op, asker.desk_id)
    now = clock.now()
    return {"items": queries.on_duty(found, query.at or now, now), "next": None}


@room.door(
    "POST", "/operations/<op>/handovers", scope="roster:write", takes=HandoverIn, gives=PreparedOut, status=201,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def prepare_handover(asker: Asker, body: HandoverIn, op: str) -> Answer:
    """Prepare the hand-over of a post of one's own desk: the Hub fills in what is open, the watch adds its words."""
    allow(asker, "roster.read")
    operations.for_desk(op, asker.desk_id)
    allow(asker, "handover.prepare")
    with unit_of_work() as at:
        post = agencies.post(asker.desk_id, body.post)
        if post is None:
            raise BadInput(
                say("Your desk has no post {post}.", post=body.post),
                errors=[{"pointer": "/post", "detail": "no such post"}],
            )
        row = roster_actions.next_handover(post.id, at)
        facts = queries.handed_over(asker.desk_id, roster.began(row))
        roster_actions.prepare(row, body.note, facts, at, by_of(asker))
        return doors.answer({"id": row.id, "facts": facts}, status=201)


@room.door(
    "POST", "/operations/<op>/handovers/<id>/signature", scope="roster:write", takes=SignatureIn, gives=SignedOut,
    errors=(403, 404, 409),
)  # fmt: skip
def sign_handover(asker: Asker, body: SignatureIn, op: str, id: str) -> Answer:
    """Sign what the outgoing watch prepared; what nobody prepared is taken by this, once it is due."""
    allow(asker, "roster.read")
    operations.for_desk(op, asker.desk_id)
    allow(asker, "handover.sign")
    with unit_of_work() as at:
        row = roster.handover(id, asker.desk_id)
        by = by_of(asker, "handover.sign")
        state = roster_actions.sign(row, body.note, may(asker, "handover.take") is None, at, by)
        for member in {*row.outgoing, *row.incoming, asker.member}:
            notify.read(member, row.id, at)
        return doors.answer({"id": row.id, "state": state})


@room.door("GET", "/operations/<op>/outages", scope="incidents:read", gives=Listed[Span], errors=(403, 404))
def list_outages(asker: Asker, op: str) -> dict[str, Any]:
    """When nothing was chased for more than a minute, newest first."""
    allow(asker, "board.read")
    return {"items": queries.outages(operations.for_desk(op, asker.desk_id)), "next": None}


@room.door("GET", "/operations/<op>/outages/<id>", scope="incidents:read", gives=OutageOut, errors=(403, 404))
def read_outage(asker: Asker, op: str, id: str) -> dict[str, Any]:
    """What fell due in one outage and what became of it, cut to what the asker's desk may know."""
    allow(asker, "board.read")
    read_snapshot()
    return queries.outage(operations.for_desk(op, asker.desk_id), id, asker.desk_id)


class TestCallIn(Shape):
    """Who is to be reached: whoever holds a post, or any post, of a desk; or the asker alone. `send` sends a test."""

    desk: Annotated[str, Field(max_length=96)] | None = None
    post: Annotated[str, Field(max_length=32)] | None = None
    me: bool = False
    send: bool = False


class ReachOut(Shape):
    """Whether somebody can be reached on a channel now, and if not, why and since when."""

    desk: str
    post: str | None
    member: str | None
    name: str | None
    channel: str | None
    reachable: bool
    why: str | None
    since: datetime | None


class TestCallOut(Shape):
    """Who could be reached now, post by post."""

    at: datetime
    sent: bool
    items: list[ReachOut]


@room.door(
    "POST", "/operations/<op>/test-calls", scope="notices:write", takes=TestCallIn, gives=TestCallOut,
    errors=(401, 403, 404, 422),
)  # fmt: skip
def test_call(asker: Asker, body: TestCallIn, op: str) -> Answer:
    """Find out who could be reached now, and send what is marked as a test if wished."""
    allow(asker, "test_call.make")
    operation = operations.for_desk(op, asker.desk_id)
    desk = _desk_to_try(operation, asker, body.desk)
    told = {name: getattr(operation, name) for name in ("code", "title", "zone", "exercise")}
    with unit_of_work(operation.id) as at:
        held = [(None, asker.member)] if body.me else _holders(desk, body.post, at)
        members = [agencies.member(id) for id in dict.fromkeys(id for _, id in held if id)]
        people = [(one, desk.id) for one in members if one is not None]
        matter = trial_of(told, desk.agency, at)
        found = notify.try_out(operation.id, people, matter, current_app.config, body.send, at, by_of(asker))
        items = [shown for post, id in held for shown in _reach_shown(desk, post, id, found)]
        return doors.answer({"at": at, "sent": body.send, "items": items})


def _desk_to_try(operation: operations.Operation, asker: Asker, code: str | None) -> Desk:
    """The desk whose people are to be reached: one of the asker's agency, for coordinators any that takes part."""
    desk = agencies.desk(code or asker.desk)
    taking_part = operations.participants(operation.id)
    if desk is None or desk.agency not in taking_part:
        raise BadInput("No such desk takes part; desks are written agency/desk, for example police/duty.")
    if desk.agency != asker.agency and asker.role != "coordinator":
        raise NotAllowed(
            say("Only coordinators try to reach the people of others; yours is {agency}.", agency=asker.agency)
        )
    return desk


def _holders(desk: Desk, post: str | None, at: datetime) -> list[tuple[str | None, str | None]]:
    """Post by post who holds it; a vacant one has nobody."""
    posts = [one.code for one in agencies.posts_of(desk.id) if post in (None, one.code)]
    return [(one, id) for one in posts for id in (roster.holders_of(desk.id, one, at) or [None])]


def _reach_shown(desk: Desk, post: str | None, id: str | None, found: list[notify.Reached]) -> list[dict[str, Any]]:
    person = agencies.member(id) if id else None
    about: dict[str, Any] = {"desk": desk.code, "post": post, "member": id, "name": person.name if person else None}
    if person is None:
        return [about | {"channel": None, "reachable": False, "why": "vacant", "since": None}]
    return [
        about | {"channel": one.channel, "reachable": one.reachable, "why": one.why, "since": one.since}
        for one in found
        if one.member == id
    ]
