"""The doors of visits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.files import actions as files
from incident_hub.files.content import LARGEST
from incident_hub.files.shapes import Attached, FileOut
from incident_hub.inspections.shapes import Begun, Stated, VisitListed, VisitOut
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.record import By
from incident_hub.kernel.shapes import Listed, Named
from incident_hub.kernel.uploads import Upload
from incident_hub.operations import queries as operations

from . import actions, queries
from .models import Inspection

room = Room("inspections")
Code = Annotated[str, Field(min_length=1, max_length=96)]
WRITES = (403, 404, 409, 422)


class Asked(Shape):
    """Which visits are asked for."""

    state: Literal["going", "signed", "refused", "concluded"] | None = None
    visit: Literal["announced", "unannounced", "mystery", "follow_up"] | None = None
    origin: Literal["self", "authority", "joint"] | None = None
    agency: Code | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class SeatIn(Shape):
    """Somebody by agency and post; never by name."""

    agency: Code
    post: Code


class VisitIn(Shape):
    """What a visit is to be."""

    visit: Literal["announced", "unannounced", "mystery", "follow_up"]
    origin: Literal["self", "authority", "joint"]
    agency: Code
    site: Code | None = None
    inspectors: Annotated[list[SeatIn], Field(max_length=20)]
    checklists: Annotated[list[Code], Field(min_length=1, max_length=50)]


class AnswerIn(Shape):
    """One answer."""

    checklist: Code
    item: Code
    answer: Literal["yes", "no", "not_looked", "not_applicable"]
    note: Annotated[str, Field(max_length=2000)] | None = None


class FindingIn(Shape):
    """What was found."""

    words: Annotated[str, Field(min_length=1, max_length=4000)]
    checklist: Code | None = None
    item: Code | None = None


class RefusalIn(Shape):
    """Why the inspected did not sign, and before whom."""

    words: Annotated[str, Field(min_length=1, max_length=2000)]
    witness: SeatIn


@room.door(
    "GET", "/operations/<op>/inspections", scope="incidents:read", query=Asked, gives=Listed[VisitListed],
    errors=(403, 404, 422),
)  # fmt: skip
def list_inspections(asker: Asker, query: Asked, op: str) -> dict[str, Any]:
    """The visits that the asker's desk may know of, newest first."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    wanted = queries.Wanted(query.state, query.visit, query.origin, query.agency)
    rows, further = queries.listed(operation.id, asker.desk_id, wanted, doors.place(query.cursor), query.limit)
    return {"items": rows, "next": doors.cursor(*further) if further else None}


@room.door(
    "POST", "/operations/<op>/inspections", scope="incidents:write", takes=VisitIn, gives=Begun, status=201,
    errors=WRITES,
)  # fmt: skip
def begin_inspection(asker: Asker, body: VisitIn, op: str) -> Answer:
    """Begin a visit; a mystery check is not known to the inspected before it is concluded."""
    allow(asker, "inspection.make")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        planned = actions.Planned(**body.model_dump())
        return answer({"ref": actions.begin(operation, planned, at, by_of(asker))}, status=201)


@room.door("GET", "/inspections/<ref>", scope="incidents:read", gives=VisitOut, errors=(403, 404))
def read_inspection(asker: Asker, ref: str) -> dict[str, Any]:
    """One visit with its questions, answers, findings and score, and what the asker may do."""
    allow(asker, "board.read")
    found = queries.known(ref, asker.desk_id)
    return queries.page(found, asker.desk_id, clock.now()) | {"may": queries.offered(found, asker)}


@room.door("POST", "/inspections/<ref>/answers", scope="incidents:write", takes=AnswerIn, gives=Stated, errors=WRITES)
def answer_item(asker: Asker, body: AnswerIn, ref: str) -> Answer:
    """Answer one question; kept at once."""
    with _changing(asker, "inspection.make", ref) as (found, at, by):
        actions.answer(found, body.checklist, body.item, body.answer, body.note, at, by)
        return answer({"ref": ref, "at": at})


@room.door(
    "POST", "/inspections/<ref>/findings", scope="incidents:write", takes=FindingIn, gives=Named, status=201,
    errors=WRITES,
)  # fmt: skip
def add_finding(asker: Asker, body: FindingIn, ref: str) -> Answer:
    """Write down what was found."""
    with _changing(asker, "inspection.make", ref) as (found, at, by):
        return answer({"id": actions.find(found, body.words, body.checklist, body.item, at, by)}, status=201)


@room.door(
    "POST", "/inspections/<ref>/findings/<id>/hazard", scope="incidents:write", gives=Stated, status=201, errors=WRITES
)
def raise_hazard(asker: Asker, ref: str, id: str) -> Answer:
    """Make a hazard of a finding."""
    with _changing(asker, "hazard.find", ref) as (found, at, by):
        return answer({"ref": actions.raise_hazard(found, id, at, by), "at": at}, status=201)


@room.door("POST", "/inspections/<ref>/signature", scope="incidents:write", gives=Stated, errors=WRITES)
def sign_inspection(asker: Asker, ref: str) -> Answer:
    """The inspected sign."""
    with _changing(asker, "inspection.sign", ref) as (found, at, by):
        actions.sign(found, at, by)
        return answer({"ref": ref, "at": at})


@room.door("POST", "/inspections/<ref>/refusal", scope="incidents:write", takes=RefusalIn, gives=Stated, errors=WRITES)
def refuse_inspection(asker: Asker, body: RefusalIn, ref: str) -> Answer:
    """State that the inspected did not sign, before a witness."""
    with _changing(asker, "inspection.make", ref) as (found, at, by):
        actions.refuse(found, body.words, body.witness.model_dump(), at, by)
        return answer({"ref": ref, "at": at})


@room.door("POST", "/inspections/<ref>/conclusion", scope="incidents:write", gives=Stated, errors=WRITES)
def conclude_inspection(asker: Asker, ref: str) -> Answer:
    """Conclude a visit; from now on the inspected know of it."""
    with _changing(asker, "inspection.make", ref) as (found, at, by):
        actions.conclude(found, at, by)
        return answer({"ref": ref, "at": at})


@room.door("GET", "/inspections/<ref>/attachments", scope="incidents:read", gives=Listed[FileOut], errors=(403, 404))
def read_photographs(asker: Asker, ref: str) -> dict[str, Any]:
    """The photographs and files of a visit."""
    allow(asker, "board.read")
    return {"items": queries.attached(queries.known(ref, asker.desk_id), asker.desk_id), "next": None}


@room.door(
    "POST", "/inspections/<ref>/attachments", scope="incidents:write", uploads=LARGEST, gives=Attached, status=201,
    errors=(*WRITES, 413),
)  # fmt: skip
def attach_photograph(asker: Asker, upload: Upload, ref: str) -> Answer:
    """Attach a photograph or a file to a visit, or to one of its questions."""
    allow(asker, "board.read")
    queries.known(ref, asker.desk_id)
    file, words = files.sound(upload.name, upload.raw), upload.words
    question = (words["checklist"], words["item"]) if words.get("checklist") and words.get("item") else None
    with _changing(asker, "file.attach", ref) as (found, at, by):
        kept = actions.photograph(found, file, words.get("note"), question, at, by)
        return answer({"id": kept, "at": at}, status=201)


@contextmanager
def _changing(asker: Asker, verb: str, ref: str) -> Iterator[tuple[Inspection, datetime, By]]:
    # Knowing comes before doing: what a desk may not know is not there, whatever its role.
    allow(asker, "board.read")
    chain = queries.known(ref, asker.desk_id).chain
    allow(asker, verb)
    with unit_of_work(chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.known(ref, asker.desk_id), at, by_of(asker, verb)
