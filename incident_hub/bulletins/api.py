"""The doors of bulletins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.bulletins.shapes import BulletinOut
from incident_hub.incidents.stated import Via
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.spoken import ViaIn
from incident_hub.operations import queries as operations

from . import actions, queries

room = Room("bulletins")
Code = Annotated[str, Field(min_length=1, max_length=96)]
Codes = Annotated[list[Code], Field(max_length=400)]
WRITES = (403, 404, 409, 422)


class ListOf(Shape):
    """How the list goes on."""

    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100


class BulletinIn(Shape):
    """What is sent; its answer is wanted by `deadline`, or `within_minutes` from now."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "roll_call",
                    "title": "查岗",
                    "words": "请应答",
                    "to": ["carrier-a/duty"],
                    "within_minutes": 10,
                }
            ]
        }
    )

    kind: Literal["instruction", "warning", "roll_call"]
    title: Annotated[str, Field(min_length=1, max_length=300)]
    words: Annotated[str, Field(max_length=10_000)] = ""
    to: Codes = Field(default_factory=list)
    parties: Codes = Field(default_factory=list)
    agencies: Codes = Field(default_factory=list)
    deadline: AwareDatetime | None = None
    within_minutes: Annotated[int, Field(ge=1, le=43_200)] | None = None
    incident: Code | None = None
    corrects: Code | None = None

    def plain(self, at: datetime) -> actions.Outgoing:
        """The same for the verbs. Raises: BadInput unless exactly one of the two says by when."""
        if (self.deadline is None) == (self.within_minutes is None):
            told = "Say by when it is to be answered: deadline or within_minutes, one of the two."
            raise BadInput(told, errors=[{"pointer": "/deadline", "detail": told}])
        due_at = self.deadline or at + timedelta(minutes=self.within_minutes or 0)
        named = (self.to, self.parties, self.agencies)
        return actions.Outgoing(self.kind, self.title, self.words, due_at, *named, self.incident, self.corrects)


class ReplyIn(Shape):
    """The answer of a desk; `via` where the sender writes it down."""

    answer: Literal["noted", "done", "cannot", "present"]
    words: Annotated[str, Field(max_length=4000)] = ""
    via: ViaIn | None = None

    def said(self) -> Via | None:
        """How it was said, for the verbs."""
        return Via(**self.via.fields()) if self.via else None


class ClosingIn(Shape):
    """How it ends, and why."""

    how: Literal["closed", "recalled"] = "closed"
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@room.door(
    "GET", "/operations/<op>/bulletins", scope="incidents:read", query=ListOf, gives=Listed[BulletinOut],
    errors=(403, 404, 422),
)  # fmt: skip
def list_bulletins(asker: Asker, query: ListOf, op: str) -> dict[str, Any]:
    """What the asker's desk sent, was sent or oversees, newest first."""
    allow(asker, "board.read")
    found, before = operations.for_desk(op, asker.desk_id), doors.place(query.cursor)
    items, further = queries.listed(found.id, asker.desk_id, clock.now(), before, query.limit)
    return {"items": items, "next": doors.cursor(*further) if further else None}


@room.door(
    "POST", "/operations/<op>/bulletins", scope="incidents:write", takes=BulletinIn, gives=BulletinOut, status=201,
    errors=WRITES,
)  # fmt: skip
def send_bulletin(asker: Asker, body: BulletinIn, op: str) -> Answer:
    """Send an instruction, a warning or a roll-call to many desks; each owes its answer."""
    allow(asker, "bulletin.send")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        id = actions.send(operation, body.plain(at), at, by_of(asker))
        return _told(asker, id, at, 201)


@room.door("GET", "/bulletins/<id>", scope="incidents:read", gives=BulletinOut, errors=(403, 404))
def read_bulletin(asker: Asker, id: str) -> dict[str, Any]:
    """One bulletin: the sender reads how every desk stands, an addressee its own sheet, who oversees the count."""
    allow(asker, "board.read")
    return queries.page(queries.known(id, asker.desk_id), asker.desk_id, clock.now())


@room.door(
    "POST", "/bulletins/<id>/replies", scope="incidents:write", takes=ReplyIn, gives=BulletinOut, status=201,
    errors=WRITES,
)  # fmt: skip
def answer_bulletin(asker: Asker, body: ReplyIn, id: str) -> Answer:
    """Answer a bulletin, or as its sender write down what a desk answered by telephone."""
    with _changing(asker, "bulletin.answer", id) as (found, at, by):
        actions.answer(found, body.answer, body.words, body.said(), at, by)
        return _told(asker, id, at, 201)


@room.door(
    "POST", "/bulletins/<id>/closing", scope="incidents:write", takes=ClosingIn, gives=BulletinOut, errors=WRITES
)
def close_bulletin(asker: Asker, body: ClosingIn, id: str) -> Answer:
    """Close or recall a bulletin; nobody owes an answer any more."""
    with _changing(asker, "bulletin.send", id) as (found, at, by):
        actions.end(found, body.how, body.reason, at, by)
        return _told(asker, id, at)


@contextmanager
def _changing(asker: Asker, verb: str, id: str) -> Iterator[tuple[queries.Known, datetime, By]]:
    allow(asker, verb)
    with unit_of_work(queries.known(id, asker.desk_id).row.chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.known(id, asker.desk_id), at, by_of(asker)


def _told(asker: Asker, id: str, at: datetime, status: int = 200) -> Answer:
    return answer(queries.page(queries.known(id, asker.desk_id), asker.desk_id, at), status=status)
