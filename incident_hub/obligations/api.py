"""The doors of what is owed: read it, acknowledge it, settle it, find it not applicable."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.queries import by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.notify import queries as notices
from incident_hub.operations import queries as operations
from incident_hub.roster import queries as roster

from . import actions, queries
from .models import Obligation

room = doors.Room("obligations")


class Speaker(Shape):
    """Who said it: an agency, and as much more as is known."""

    agency: str
    desk: str | None = None
    post: str | None = None
    words_by: str | None = None


class ViaIn(Shape):
    """How it was said before it was typed."""

    channel: Literal["phone", "radio", "fax", "paper", "face"]
    speaker: Annotated[Speaker, Field(alias="from")]
    stated_at: AwareDatetime | None = None
    words: str | None = None


class AcknowledgementIn(Shape):
    """seen: repeats to my post stop; taken: I act, the ladder of this debt stops."""

    kind: Literal["seen", "taken"]
    via: ViaIn | None = None


class SettlementIn(Shape):
    """It is done."""

    words: Annotated[str, Field(max_length=4000)] = ""
    via: ViaIn | None = None
    stated_at: AwareDatetime | None = None


class NotApplicableIn(Shape):
    """Why the duty does not apply to this case."""

    reason: Annotated[str, Field(min_length=1, max_length=4000)]


class Filters(Shape):
    """Which debts are asked for."""

    state: Literal["open", "met", "met_late", "missed", "waived", "not_applicable", "superseded"] | None = None
    agency: str | None = None
    post: str | None = None
    due_before: AwareDatetime | None = None
    subject: str | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OwedBy(BaseModel):
    """The post that owes."""

    agency: str
    desk: str
    post: str


class About(BaseModel):
    """What a debt is about."""

    kind: str
    ref: str


class NextStep(BaseModel):
    """The next rung of the ladder; `to` reads party:post."""

    at: datetime
    kind: str
    to: list[str]
    channels: list[str]


class ObligationOut(BaseModel):
    """Who owes what, by when, and how it ended."""

    id: str
    operation: str
    rule: str
    title: dict[str, str] | None
    what: dict[str, str] | None
    force: str
    plan_version: str
    kind: str
    by_hand: bool
    subject: About
    owed_by: OwedBy
    why: str
    starts_at: datetime
    opened_at: datetime
    entered_late: bool
    due_at: datetime
    state: str
    acknowledged: dict[str, Any] | None
    met_at: datetime | None
    proof: str | None
    slack_s: float | None
    slack_entered_s: float | None
    reason: str | None
    next_step: NextStep | None
    mine: bool | None = None


class ObligationsOut(BaseModel):
    """A page of debts, earliest due first."""

    items: list[ObligationOut]
    next: str | None


class MyDeskOut(BaseModel):
    """What my desk owes, which posts I hold there, and the calls I have not answered."""

    desk: str
    posts: list[str]
    obligations: list[ObligationOut]
    called: list[str]


@room.door(
    "GET",
    "/operations/<op>/obligations",
    scope="obligations:read",
    query=Filters,
    gives=ObligationsOut,
    errors=(403, 404),
)
def obligations(asker: Asker, query: Filters, op: str) -> dict[str, Any]:
    """Everything owed in an operation, as far as the asker's desk may know."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    wanted = queries.Wanted(query.state, query.agency, query.post, query.due_before, query.subject)
    items, further = queries.listed(operation.id, asker.desk_id, wanted, doors.place(query.cursor), query.limit)
    return {"items": items, "next": doors.cursor(*further) if further else None}


@room.door("GET", "/me/desk", scope="obligations:read", gives=MyDeskOut, errors=(403,))
def my_desk(asker: Asker) -> dict[str, Any]:
    """What the asker's desk owes across operations, earliest due first."""
    allow(asker, "board.read")
    at = clock.now()
    debts = queries.debts_of_member(asker.member, asker.desk_id, at)
    shown = {one["id"] for one in debts}
    called = {one["obligation"] for one in notices.unread(asker.member)} & shown
    posts = roster.posts_held_at(asker.desk_id, asker.member, at)
    return {"desk": asker.desk, "posts": posts, "obligations": debts, "called": sorted(called)}


@room.door(
    "POST", "/obligations/<id>/acknowledgement", scope="obligations:write", takes=AcknowledgementIn,
    gives=ObligationOut, errors=(403, 404, 409, 422),
)  # fmt: skip
def acknowledge(asker: Asker, body: AcknowledgementIn, id: str) -> Answer:
    """Say that the call was seen, or that one acts; the clock itself runs on."""
    chain = _chain(asker, id, "obligation.acknowledge")
    with unit_of_work(chain) as at:
        debt = queries.known(id, asker.desk_id)
        actions.acknowledge(debt, body.kind, _said(body.via), at, by_of(asker))
        return _answer(debt)


@room.door(
    "POST", "/obligations/<id>/settlement", scope="obligations:write", takes=SettlementIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def settle(asker: Asker, body: SettlementIn, id: str) -> Answer:
    """Say that what one's agency owed is done."""
    chain = _chain(asker, id, "obligation.settle")
    with unit_of_work(chain) as at:
        debt = queries.known(id, asker.desk_id)
        actions.settle(debt, _said(body.via, body.words, body.stated_at), at, by_of(asker))
        return _answer(debt)


@room.door(
    "POST", "/obligations/<id>/not-applicable", scope="obligations:write", takes=NotApplicableIn, gives=ObligationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def not_applicable(asker: Asker, body: NotApplicableIn, id: str) -> Answer:
    """Say with a reason that a duty does not apply to this case."""
    chain = _chain(asker, id, "obligation.not_applicable")
    with unit_of_work(chain) as at:
        debt = queries.known(id, asker.desk_id)
        actions.find_not_applicable(debt, body.reason, at, by_of(asker))
        return _answer(debt)


def _chain(asker: Asker, id: str, verb: str) -> int:
    """The chain of a debt the asker may know of and answer."""
    # Who may read nothing is refused before it shows which debts there are; then knowing comes before doing.
    allow(asker, "board.read")
    chain = queries.known(id, asker.desk_id).chain
    allow(asker, verb)
    return chain


def _said(via: ViaIn | None, words: str = "", stated_at: datetime | None = None) -> actions.Said:
    if via is None:
        return actions.Said(stated_at=stated_at, words=words)
    speaker = {"agency": via.speaker.agency, "desk": via.speaker.desk, "post": via.speaker.post}
    stated = stated_at or via.stated_at
    codes = {"channel": via.channel, "from": speaker, "stated_at": stated}
    return actions.Said(stated, codes, words, via.speaker.words_by or "", {"via.words": via.words or ""})


def _answer(debt: Obligation) -> Answer:
    doors.settle()
    return doors.answer(queries.shape(debt))
