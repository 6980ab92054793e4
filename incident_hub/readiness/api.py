"""The doors of readiness."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, StrictBool, StrictInt, StrictStr

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.files import actions as files
from incident_hub.files.content import LARGEST
from incident_hub.files.shapes import Attached, FileOut
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.record import By
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.uploads import Upload
from incident_hub.operations import queries as operations
from incident_hub.readiness.shapes import JudgedOut, ReadinessOut, StatedOut

from . import actions, queries
from .models import Statement

room = Room("readiness")
Code = Annotated[str, Field(min_length=1, max_length=64)]
Words = Annotated[str, Field(max_length=4000)]
READ, WRITE = "incidents:read", "incidents:write"
WRITES = (403, 404, 409, 422)


class Asked(Shape):
    """As of when, and of whom."""

    at: AwareDatetime | None = None
    agency: Code | None = None


class StatementIn(Shape):
    """What is in place: true or false, a whole number, a day, or nothing for a document."""

    item: Code
    value: StrictBool | StrictInt | Annotated[StrictStr, Field(max_length=10)] | None = None
    as_of: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    words: Words | None = None


class VerdictIn(Shape):
    """Whether it is so; an objection says what is wrong."""

    accepted: bool
    words: Words = ""


@room.door("GET", "/operations/<op>/readiness", scope=READ, query=Asked, gives=ReadinessOut, errors=(403, 404, 422))
def read_readiness(asker: Asker, query: Asked, op: str) -> dict[str, Any]:
    """Who is ready and who is not and why, as of an instant, as far as the asker's desk may know."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    return queries.readiness(operation, asker, query.at or clock.now(), query.agency)


@room.door(
    "POST", "/operations/<op>/readiness", scope=WRITE, takes=StatementIn, gives=StatedOut, status=201, errors=WRITES
)
def state_readiness(asker: Asker, body: StatementIn, op: str) -> Answer:
    """State of one's own agency that something is in place."""
    allow(asker, "readiness.state")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        id = actions.state(operation, actions.Said(**body.model_dump()), at, by_of(asker))
        return answer({"id": id, "at": at}, status=201)


@room.door("POST", "/readiness/<id>/verdict", scope=WRITE, takes=VerdictIn, gives=JudgedOut, errors=WRITES)
def judge_readiness(asker: Asker, body: VerdictIn, id: str) -> Answer:
    """Confirm a statement or object to it."""
    with _changing(asker, "readiness.judge", id) as (found, at, by):
        actions.judge(found, body.accepted, body.words, at, by)
        return answer({"id": id, "verdict": found.verdict, "at": at})


@room.door("GET", "/readiness/<id>/attachments", scope=READ, gives=Listed[FileOut], errors=(403, 404))
def read_evidence(asker: Asker, id: str) -> dict[str, Any]:
    """The files a statement rests on."""
    allow(asker, "board.read")
    return {"items": queries.attached(queries.known(id, asker.desk_id), asker.desk_id), "next": None}


@room.door(
    "POST", "/readiness/<id>/attachments", scope=WRITE, uploads=LARGEST, gives=Attached, status=201,
    errors=(*WRITES, 413),
)  # fmt: skip
def attach_evidence(asker: Asker, upload: Upload, id: str) -> Answer:
    """Attach a file to one's own statement."""
    allow(asker, "file.attach")
    queries.known(id, asker.desk_id)
    file, note = files.sound(upload.name, upload.raw), upload.words.get("note")
    with _changing(asker, "file.attach", id) as (found, at, by):
        kept = actions.attach(found, file, note, at, by)
        return answer({"id": kept, "at": at}, status=201)


@contextmanager
def _changing(asker: Asker, verb: str, id: str) -> Iterator[tuple[Statement, datetime, By]]:
    # Knowing comes before doing: what a desk may not know is not there, whatever its role.
    allow(asker, "board.read")
    chain = queries.known(id, asker.desk_id).chain
    allow(asker, verb)
    with unit_of_work(chain) as at:
        yield queries.known(id, asker.desk_id), at, by_of(asker)
