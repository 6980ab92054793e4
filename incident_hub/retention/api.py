"""The doors of retention: what is kept until when, holding back, and a copy without words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from flask import Response, current_app
from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.chains import signing_key
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.door import Media
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.record import By
from incident_hub.kernel.text import canonical
from incident_hub.operations import queries as operations
from incident_hub.retention.shapes import HoldOut, RetentionOut

from . import actions, queries
from .models import Hold

room = Room("retention")
READ, WRITE = "retention:read", "retention:write"
WRITES = (403, 404, 409, 422)
Reason = Annotated[str, Field(min_length=4, max_length=2000)]


class HoldIn(Shape):
    """What is held back, why it is still needed, and until when; without `incident` the whole operation."""

    incident: Annotated[str, Field(max_length=16)] | None = None
    reason: Reason
    until: AwareDatetime


class ReviewIn(Shape):
    """Why it is still needed, and until when."""

    reason: Reason
    until: AwareDatetime


class ReleaseIn(Shape):
    """Why it is needed no longer."""

    reason: Reason


class CopyIn(Shape):
    """Whom the copy is for, and why."""

    reason: Reason


@room.door("GET", "/operations/<op>/retention", scope=READ, gives=RetentionOut, errors=(403, 404))
def read_retention(asker: Asker, op: str) -> dict[str, Any]:
    """What is kept in an operation and until when, what is held back, and what was destroyed."""
    allow(asker, "board.read")
    return queries.page(operations.for_desk(op, asker.desk_id), asker.desk_id, clock.now())


@room.door("POST", "/operations/<op>/holds", scope=WRITE, takes=HoldIn, gives=HoldOut, status=201, errors=WRITES)
def hold_back(asker: Asker, body: HoldIn, op: str) -> Answer:
    """Hold an incident, or the whole operation, back from destruction."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    allow(asker, "retention.hold")
    with unit_of_work(operation.id) as at:
        row = actions.hold(operations.at(operation.id), body.incident, body.reason, body.until, at, by_of(asker))
        return answer(queries.hold_shape(row), status=201)


@room.door("POST", "/holds/<id>/review", scope=WRITE, takes=ReviewIn, gives=HoldOut, errors=WRITES)
def review_hold(asker: Asker, body: ReviewIn, id: str) -> Answer:
    """Judge a hold anew: it lasts until another instant, for the reason given now."""
    with _holding(asker, id) as (row, at, by):
        actions.review(row, body.reason, body.until, at, by)
        return answer(queries.hold_shape(row))


@room.door("POST", "/holds/<id>/release", scope=WRITE, takes=ReleaseIn, gives=HoldOut, errors=WRITES)
def release_hold(asker: Asker, body: ReleaseIn, id: str) -> Answer:
    """Lift a hold before its time."""
    with _holding(asker, id) as (row, at, by):
        actions.release(row, body.reason, at, by)
        return answer(queries.hold_shape(row))


@room.door(
    "POST", "/incidents/<ref>/redacted-copies", scope="records:read", takes=CopyIn,
    gives=Media(("application/jsonl",)), errors=(403, 404, 422),
)  # fmt: skip
def copy_redacted(asker: Asker, body: CopyIn, ref: str) -> Response:
    """A copy of what the asker's desk was shown of an incident, without names and free text, signed; JSON Lines."""
    allow(asker, "board.read")
    chain = incidents.known(ref, asker.desk_id).incident.chain
    allow(asker, "record.export")
    key = signing_key(Path(current_app.config["HUB_FOLDER"]))
    with unit_of_work(chain) as at:
        found = incidents.known(ref, asker.desk_id)
        head, lines = actions.copied(found, body.reason, key, at, by_of(asker))
    response = Response(b"".join(canonical(one) + b"\n" for one in (head, *lines)), content_type="application/jsonl")
    mark = "EXERCISE-" if found.operation.exercise else ""
    response.headers.set("Content-Disposition", "attachment", filename=f"{mark}redacted-{ref}.jsonl")
    response.headers["Cache-Control"] = "no-store"
    return response


@contextmanager
def _holding(asker: Asker, id: str) -> Iterator[tuple[Hold, datetime, By]]:
    allow(asker, "board.read")
    chain = queries.hold(id, asker.desk_id)[0].chain
    allow(asker, "retention.hold")
    with unit_of_work(chain) as at:
        # Read again inside, so that what was checked is what is changed.
        yield queries.hold(id, asker.desk_id)[0], at, by_of(asker)
