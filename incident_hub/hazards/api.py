"""The doors of hazards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.files import actions as files
from incident_hub.files.content import LARGEST
from incident_hub.files.shapes import Attached, FileOut
from incident_hub.hazards.shapes import HazardListed, HazardOut
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.record import By
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.uploads import Upload
from incident_hub.operations import queries as operations

from . import actions, queries
from .models import Hazard

room = Room("hazards")
Code = Annotated[str, Field(min_length=1, max_length=96)]
Words = Annotated[str, Field(max_length=4000)]
Reason = Annotated[str, Field(min_length=1, max_length=4000)]
READ, WRITE = "incidents:read", "incidents:write"
WRITES = (403, 404, 409, 422)


class Asked(Shape):
    """Which hazards are asked for."""

    state: Literal["found", "settled", "rectified", "rejected", "verified", "reopened"] | None = None
    grade: Literal["general", "major"] | None = None
    agency: Code | None = None
    site: Code | None = None
    overdue: bool | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class FoundIn(Shape):
    """What was found."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    origin: Literal["self", "authority", "joint", "mystery"]
    agency: Code
    grade: Literal["general", "major"] = "general"
    description: Words | None = None
    clause: Code | None = None
    site: Code | None = None
    owner: Code | None = None
    interim: Words | None = None


class SettlementIn(Shape):
    """The five things; what is missing is named in the refusal."""

    post: Code | None = None
    measure: Words | None = None
    funds: Words | None = None
    deadline: AwareDatetime | None = None
    interim: Words | None = None
    grade: Literal["general", "major"] | None = None
    supervisor: Code | None = None


class EvidenceIn(Shape):
    """What was done."""

    words: Reason


class VerificationIn(Shape):
    """Whether it is put right; a refusal says what is not."""

    accepted: bool
    words: Words = ""


class ReopeningIn(Shape):
    """What has come back."""

    reason: Reason


class ExtensionIn(Shape):
    """Until when, why, and how it is watched meanwhile."""

    until: AwareDatetime
    reason: Reason
    monitoring: Reason


class LinkIn(Shape):
    """The incident it belongs to."""

    incident: Code
    relation: Literal["related", "same_event", "caused_by", "found_by"] = "related"


class EnforcementIn(Shape):
    """What came of it, what that rests on, and the cause where the owner found it by itself."""

    outcome: Literal["warning", "order", "fine", "suspension", "none"]
    basis: Reason
    cause: Words = ""


@room.door(
    "GET", "/operations/<op>/hazards", scope=READ, query=Asked, gives=Listed[HazardListed], errors=(403, 404, 422)
)
def list_hazards(asker: Asker, query: Asked, op: str) -> dict[str, Any]:
    """The hazards that the asker's desk may know of, newest first."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    wanted = queries.Wanted(query.state, query.grade, query.agency, query.site, query.overdue)
    place = doors.place(query.cursor)
    rows, further = queries.listed(operation.id, asker.desk_id, wanted, clock.now(), place, query.limit)
    return {"items": rows, "next": doors.cursor(*further) if further else None}


@room.door("POST", "/operations/<op>/hazards", scope=WRITE, takes=FoundIn, gives=HazardOut, status=201, errors=WRITES)
def find_hazard(asker: Asker, body: FoundIn, op: str) -> Answer:
    """Raise a hazard."""
    allow(asker, "hazard.find")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        ref = actions.find(operation, actions.Found(**body.model_dump()), at, by_of(asker))
        return answer(_told(queries.known(ref, asker.desk_id), asker, at), status=201)


@room.door("GET", "/hazards/<ref>", scope=READ, gives=HazardOut, errors=(403, 404))
def read_hazard(asker: Asker, ref: str) -> dict[str, Any]:
    """One hazard with its five things, its clocks, what was done about it, and what the asker may do."""
    allow(asker, "board.read")
    return _told(queries.known(ref, asker.desk_id), asker, clock.now())


@room.door("POST", "/hazards/<ref>/settlement", scope=WRITE, takes=SettlementIn, gives=HazardOut, errors=WRITES)
def settle_hazard(asker: Asker, body: SettlementIn, ref: str) -> Answer:
    """Settle the five things, all of them at once."""
    with _changing(asker, "hazard.settle", ref) as (found, at, by):
        actions.settle(found, actions.Settlement(**body.model_dump()), at, by)
        return answer(_told(found, asker, at))


@room.door("POST", "/hazards/<ref>/evidence", scope=WRITE, takes=EvidenceIn, gives=HazardOut, errors=WRITES)
def show_evidence(asker: Asker, body: EvidenceIn, ref: str) -> Answer:
    """Show that it is put right; files are attached at its attachments."""
    with _changing(asker, "hazard.evidence", ref) as (found, at, by):
        actions.evidence(found, body.words, at, by)
        return answer(_told(found, asker, at))


@room.door("POST", "/hazards/<ref>/verification", scope=WRITE, takes=VerificationIn, gives=HazardOut, errors=WRITES)
def verify_hazard(asker: Asker, body: VerificationIn, ref: str) -> Answer:
    """Find it put right, or hand it back with the reason; never its owner."""
    with _changing(asker, "hazard.verify", ref) as (found, at, by):
        actions.verify(found, body.accepted, body.words, at, by)
        return answer(_told(found, asker, at))


@room.door("POST", "/hazards/<ref>/reopening", scope=WRITE, takes=ReopeningIn, gives=HazardOut, errors=WRITES)
def reopen_hazard(asker: Asker, body: ReopeningIn, ref: str) -> Answer:
    """Open a closed one again."""
    with _changing(asker, "hazard.reopen", ref) as (found, at, by):
        actions.reopen(found, body.reason, at, by)
        return answer(_told(found, asker, at))


@room.door("POST", "/hazards/<ref>/extension", scope=WRITE, takes=ExtensionIn, gives=HazardOut, errors=WRITES)
def extend_hazard(asker: Asker, body: ExtensionIn, ref: str) -> Answer:
    """Give more time before the deadline passes, with the reason and the watch kept meanwhile."""
    with _changing(asker, "hazard.extend", ref) as (found, at, by):
        actions.extend(found, body.until, body.reason, body.monitoring, at, by)
        return answer(_told(found, asker, at))


@room.door("POST", "/hazards/<ref>/links", scope=WRITE, takes=LinkIn, gives=HazardOut, errors=WRITES)
def link_hazard(asker: Asker, body: LinkIn, ref: str) -> Answer:
    """Link it to an incident that the asker may know of."""
    with _changing(asker, "hazard.link", ref) as (found, at, by):
        actions.link(found, body.incident, body.relation, at, by)
        return answer(_told(found, asker, at))


@room.door("POST", "/hazards/<ref>/enforcement", scope=WRITE, takes=EnforcementIn, gives=HazardOut, errors=WRITES)
def enforce_hazard(asker: Asker, body: EnforcementIn, ref: str) -> Answer:
    """State what enforcement came of it."""
    with _changing(asker, "hazard.enforce", ref) as (found, at, by):
        actions.enforce(found, body.outcome, body.basis, body.cause, at, by)
        return answer(_told(found, asker, at))


@room.door("GET", "/hazards/<ref>/attachments", scope=READ, gives=Listed[FileOut], errors=(403, 404))
def read_hazard_files(asker: Asker, ref: str) -> dict[str, Any]:
    """The photographs and files of a hazard."""
    allow(asker, "board.read")
    found = queries.known(ref, asker.desk_id)
    return {"items": queries.attached(found, asker.desk_id), "next": None}


@room.door(
    "POST", "/hazards/<ref>/attachments", scope=WRITE, uploads=LARGEST, gives=Attached, status=201,
    errors=(*WRITES, 413),
)  # fmt: skip
def attach_to_hazard(asker: Asker, upload: Upload, ref: str) -> Answer:
    """Attach a photograph or a file to a hazard."""
    allow(asker, "file.attach")
    queries.known(ref, asker.desk_id)
    file, note = files.sound(upload.name, upload.raw), upload.words.get("note")
    with _changing(asker, "file.attach", ref) as (found, at, by):
        kept = files.keep(found.chain, queries.subject(found), queries.facts(found), file, note, at, by)
        return answer({"id": kept, "at": at}, status=201)


@room.door("GET", "/incidents/<ref>/hazards", scope=READ, gives=Listed[HazardListed], errors=(403, 404))
def hazards_of_incident(asker: Asker, ref: str) -> dict[str, Any]:
    """The hazards linked to an incident, as far as the asker's desk may know both."""
    allow(asker, "board.read")
    found = incidents.known(ref, asker.desk_id)
    items = queries.of_incident(found.operation.id, ref, asker.desk_id, clock.now())
    return {"items": items, "next": None}


def _told(found: Hazard, asker: Asker, at: datetime) -> dict[str, Any]:
    return queries.page(found, asker.desk_id, at) | {"may": queries.offered(found, asker, at)}


@contextmanager
def _changing(asker: Asker, verb: str, ref: str) -> Iterator[tuple[Hazard, datetime, By]]:
    # Knowing comes before doing: what a desk may not know is not there, whatever its role.
    allow(asker, "board.read")
    chain = queries.known(ref, asker.desk_id).chain
    allow(asker, verb)
    with unit_of_work(chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.known(ref, asker.desk_id), at, by_of(asker)
