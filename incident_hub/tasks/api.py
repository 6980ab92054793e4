"""The doors of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.files import actions as files
from incident_hub.files.content import LARGEST
from incident_hub.files.shapes import Attached, FileOut
from incident_hub.incidents import queries as incidents
from incident_hub.incidents.stated import Via
from incident_hub.kernel import doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.record import By
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.spoken import ViaIn
from incident_hub.kernel.uploads import Upload
from incident_hub.operations import queries as operations
from incident_hub.tasks.shapes import TaskOut

from . import actions, queries
from .models import Task

room = Room("tasks")
Code = Annotated[str, Field(min_length=1, max_length=96)]
WRITES = (403, 404, 409, 422)


class ListOf(Shape):
    """How the list goes on."""

    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100


class TaskIn(Shape):
    """What is asked; it is due at `deadline`, or `within_minutes` from now."""

    to: Code
    words: Annotated[str, Field(min_length=1, max_length=4000)]
    post: Literal["duty_officer", "duty_leader"] = "duty_officer"
    deadline: AwareDatetime | None = None
    within_minutes: Annotated[int, Field(ge=1, le=525_600)] | None = None
    again: Code | None = None

    def plain(self, at: datetime) -> actions.Wanted:
        """The same for the verbs. Raises: BadInput unless exactly one of the two says by when."""
        if (self.deadline is None) == (self.within_minutes is None):
            told = "Say by when it is to be done: deadline or within_minutes, one of the two."
            raise BadInput(told, errors=[{"pointer": "/deadline", "detail": told}])
        due_at = self.deadline or at + timedelta(minutes=self.within_minutes or 0)
        return actions.Wanted(self.to, self.words, due_at, self.post, self.again)


class SaidIn(Shape):
    """What the asked desk says; `via` where who asked writes it down."""

    via: ViaIn | None = None

    def said(self) -> Via | None:
        """How it was said, for the verbs."""
        return Via(**self.via.fields()) if self.via else None


class AnswerIn(SaidIn):
    """Whether it is accepted, and if not, why."""

    accept: bool
    reason: Annotated[str, Field(max_length=2000)] = ""


class CompletionIn(SaidIn):
    """What was done, and the files that show it."""

    words: Annotated[str, Field(min_length=1, max_length=4000)]
    evidence: Annotated[list[Code], Field(max_length=20)] = Field(default_factory=list)


class WithdrawalIn(Shape):
    """Why it is asked no longer."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@room.door("GET", "/incidents/<ref>/tasks", scope="incidents:read", gives=Listed[TaskOut], errors=(403, 404))
def list_incident_tasks(asker: Asker, ref: str) -> dict[str, Any]:
    """The tasks of an incident, newest first."""
    allow(asker, "board.read")
    return {"items": queries.of_incident(incidents.known(ref, asker.desk_id), asker.desk_id), "next": None}


@room.door(
    "POST", "/incidents/<ref>/tasks", scope="incidents:write", takes=TaskIn, gives=TaskOut, status=201, errors=WRITES
)
def ask_on_incident(asker: Asker, body: TaskIn, ref: str) -> Answer:
    """Ask something of a post of a desk that may know of the incident."""
    allow(asker, "task.ask")
    with unit_of_work(incidents.known(ref, asker.desk_id).incident.chain) as at:
        found = incidents.known(ref, asker.desk_id)
        id = actions.ask(found.operation, found, body.plain(at), at, by_of(asker))
        return _told(asker, id, 201)


@room.door(
    "GET", "/operations/<op>/tasks", scope="incidents:read", query=ListOf, gives=Listed[TaskOut], errors=(403, 404, 422)
)
def list_desk_tasks(asker: Asker, query: ListOf, op: str) -> dict[str, Any]:
    """What the asker's desk asked or is asked, newest first."""
    allow(asker, "board.read")
    found, before = operations.for_desk(op, asker.desk_id), doors.place(query.cursor)
    items, further = queries.of_desk(found.id, asker.desk_id, before, query.limit)
    return {"items": items, "next": doors.cursor(*further) if further else None}


@room.door(
    "POST", "/operations/<op>/tasks", scope="incidents:write", takes=TaskIn, gives=TaskOut, status=201, errors=WRITES
)
def ask_desk(asker: Asker, body: TaskIn, op: str) -> Answer:
    """Ask something of a post that belongs to no incident; known to the two desks alone."""
    allow(asker, "task.ask")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        id = actions.ask(operation, None, body.plain(at), at, by_of(asker))
        return _told(asker, id, 201)


@room.door("GET", "/tasks/<id>", scope="incidents:read", gives=TaskOut, errors=(403, 404))
def read_task(asker: Asker, id: str) -> dict[str, Any]:
    """One task."""
    allow(asker, "board.read")
    return queries.shape(queries.known(id, asker.desk_id))


@room.door("POST", "/tasks/<id>/answer", scope="incidents:write", takes=AnswerIn, gives=TaskOut, errors=WRITES)
def answer_task(asker: Asker, body: AnswerIn, id: str) -> Answer:
    """Accept what is asked, or decline it with a reason."""
    with _changing(asker, "task.answer", id) as (found, at, by):
        actions.answer(found, body.accept, body.reason, body.said(), at, by)
        return _told(asker, id)


@room.door("POST", "/tasks/<id>/completion", scope="incidents:write", takes=CompletionIn, gives=TaskOut, errors=WRITES)
def complete_task(asker: Asker, body: CompletionIn, id: str) -> Answer:
    """Report it done."""
    with _changing(asker, "task.answer", id) as (found, at, by):
        actions.complete(found, body.words, body.evidence, body.said(), at, by)
        return _told(asker, id)


@room.door("POST", "/tasks/<id>/withdrawal", scope="incidents:write", takes=WithdrawalIn, gives=TaskOut, errors=WRITES)
def withdraw_task(asker: Asker, body: WithdrawalIn, id: str) -> Answer:
    """Take back what was asked."""
    with _changing(asker, "task.ask", id) as (found, at, by):
        actions.withdraw(found, body.reason, at, by)
        return _told(asker, id)


@room.door("GET", "/tasks/<id>/attachments", scope="incidents:read", gives=Listed[FileOut], errors=(403, 404))
def read_evidence(asker: Asker, id: str) -> dict[str, Any]:
    """The files beside a task: those of its incident, or its own."""
    allow(asker, "board.read")
    return {"items": queries.attached(queries.known(id, asker.desk_id), asker.desk_id), "next": None}


@room.door(
    "POST", "/tasks/<id>/attachments", scope="incidents:write", uploads=LARGEST, gives=Attached, status=201,
    errors=(*WRITES, 413),
)  # fmt: skip
def attach_evidence(asker: Asker, upload: Upload, id: str) -> Answer:
    """Attach what shows that it is done."""
    allow(asker, "file.attach")
    queries.known(id, asker.desk_id)
    file, note = files.sound(upload.name, upload.raw), upload.words.get("note")
    with _changing(asker, "file.attach", id) as (found, at, by):
        facts = queries.facts(found, asker.desk_id)
        kept = files.keep(found.chain, queries.subject(found), facts, file, note, at, by)
        return answer({"id": kept, "at": at}, status=201)


@contextmanager
def _changing(asker: Asker, verb: str, id: str) -> Iterator[tuple[Task, datetime, By]]:
    allow(asker, verb)
    with unit_of_work(queries.known(id, asker.desk_id).chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.known(id, asker.desk_id), at, by_of(asker)


def _told(asker: Asker, id: str, status: int = 200) -> Answer:
    return answer(queries.shape(queries.known(id, asker.desk_id)), status=status)
