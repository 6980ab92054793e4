"""The doors of audits."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.auditing.shapes import AuditedBoard, AuditedIncident, AuditMade, AuditOut
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot, unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.shapes import Listed, Named
from incident_hub.operations import queries as operations

from . import actions, queries

room = Room("auditing")


class AuditIn(Shape):
    """As which desk, why, and for how long. Units: minutes."""

    desk: Annotated[str, Field(min_length=1, max_length=96)]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    minutes: Annotated[int, Field(ge=5, le=240)] = 60


@room.door("GET", "/operations/<op>/audits", scope="incidents:read", gives=Listed[AuditOut], errors=(403, 404))
def list_audits(asker: Asker, op: str) -> dict[str, Any]:
    """Who reads or has read as the asker's desk, and what it has read as others, the newest first."""
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    return {"items": queries.of_desk(operation, asker.desk_id, clock.now()), "next": None}


@room.door(
    "POST", "/operations/<op>/audits", scope="incidents:read", takes=AuditIn, gives=AuditMade, status=201,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def open_audit(asker: Asker, body: AuditIn, op: str) -> Answer:
    """Read as another desk for a time; that desk is told at once, with the reason."""
    allow(asker, "audit.open")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        lasts = timedelta(minutes=body.minutes)
        made = actions.open_audit(operation, body.desk, body.reason, lasts, at, by_of(asker))
        return answer({"id": made, "until": at + lasts}, status=201)


@room.door("POST", "/audits/<id>/ending", scope="incidents:read", gives=Named, errors=(403, 404))
def end_audit(asker: Asker, id: str) -> Answer:
    """Stop reading as another desk."""
    allow(asker, "audit.open")
    with unit_of_work(queries.own(id, asker).chain) as at:
        actions.end_audit(queries.own(id, asker), at, by_of(asker))
        return answer({"id": id})


@room.door("GET", "/audits/<id>/board", scope="incidents:read", gives=AuditedBoard, errors=(403, 404))
def read_audited_board(asker: Asker, id: str) -> dict[str, Any]:
    """The board as the desk of the audit sees it now."""
    allow(asker, "audit.open")
    read_snapshot()
    at = clock.now()
    row = queries.reading(id, asker, at)
    return queries.shape(row, at) | {"cards": queries.board(row)}


@room.door("GET", "/audits/<id>/incidents/<ref>", scope="incidents:read", gives=AuditedIncident, errors=(403, 404))
def read_audited_incident(asker: Asker, id: str, ref: str) -> dict[str, Any]:
    """One incident as the desk of the audit may know it, with its journal."""
    allow(asker, "audit.open")
    read_snapshot()
    return queries.incident(queries.reading(id, asker, clock.now()), ref)
