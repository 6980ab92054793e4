"""The doors of notices: mine, my desk's, the history of each, and the call sheet."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.shapes import Title
from incident_hub.notify import actions
from incident_hub.notify.queries import inbox

from .room import room


class About(Shape):
    """What a notice is about; null in both when the desk may know of it no longer."""

    kind: str
    ref: str
    label: Title


class Event(Shape):
    """One thing that happened to a notice on its way."""

    at: datetime
    state: str
    code: str | None


class NoticeOut(Shape):
    """One message to one person on one channel, and how far it has come."""

    id: str
    operation: str
    exercise: bool
    kind: str
    subject: About | None
    what: dict[str, str] | None
    due_at: datetime | None
    channel: str
    member: str | None
    name: str | None
    post: str | None
    state: str
    attempts: int
    prepared_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    late: bool
    fault: str | None
    delivery: str | None
    path: str | None


class NoticeWhole(NoticeOut):
    """The same with all that happened to it."""

    history: list[Event]


class NoticesOut(Shape):
    """Notices, the newest first."""

    items: list[NoticeOut]
    next: str | None


class Wanted(Shape):
    """Mine, or those of all my desk."""

    of: Literal["me", "desk"] = "me"
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class CallOut(Shape):
    """A call to make: whom to ask for, at which number, and what to say."""

    id: str
    operation: str
    exercise: bool
    desk: str
    agency: dict[str, str]
    post: str | None
    name: str | None
    number: str
    sentence: dict[str, str]
    prepared_at: datetime
    due_at: datetime
    state: str
    answer: str | None


class Calls(Shape):
    """The call sheet: what is to be called first, then what was called within a day."""

    items: list[CallOut]
    next: str | None


class CallAnswer(Shape):
    """What came of the call."""

    answer: Literal["understood", "no_answer", "wrong_number"]


class Answered(Shape):
    """What the call counts as now."""

    state: str


@room.door("GET", "/notices", scope="notices:read", query=Wanted, gives=NoticesOut, errors=(401, 403, 422))
def notices(asker: Asker, query: Wanted) -> dict[str, Any]:
    """What the asker, or the asker's desk, was sent."""
    allow(asker, "notice.read")
    member = asker.member if query.of == "me" else None
    items, further = inbox.listed(asker.desk_id, member, doors.place(query.cursor), query.limit)
    return {"items": items, "next": doors.cursor(*further) if further else None}


@room.door("GET", "/notices/<id>", scope="notices:read", gives=NoticeWhole, errors=(401, 403, 404))
def notice(asker: Asker, id: str) -> dict[str, Any]:
    """One notice of the asker's desk with its history."""
    allow(asker, "notice.read")
    return inbox.whole(id, asker.desk_id)


@room.door("GET", "/call-sheet", scope="notices:read", gives=Calls, errors=(401, 403))
def call_sheet(asker: Asker) -> dict[str, Any]:
    """The calls that the asker's desk has to make by telephone."""
    allow(asker, "desk_call.answer")
    return {"items": inbox.calls_of(asker.desk_id, clock.now()), "next": None}


@room.door(
    "POST", "/call-sheet/<id>/answer", scope="notices:write", takes=CallAnswer, gives=Answered,
    errors=(401, 403, 404, 409, 422),
)  # fmt: skip
def answer_call(asker: Asker, body: CallAnswer, id: str) -> Answer:
    """Say what came of a call: understood counts as read, no answer as not delivered, a wrong number as bad."""
    allow(asker, "desk_call.answer")
    with unit_of_work(inbox.call(id, asker.desk_id).chain) as at:
        found = inbox.call(id, asker.desk_id)
        actions.answer_call(found, body.answer, at, by_of(asker))
        return answer({"state": inbox.call(id, asker.desk_id).state})
