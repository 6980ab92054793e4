"""The door of the briefing."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.briefings.shapes import BriefingOut, IssuedOut
from incident_hub.kernel import clock, doors
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.doors import Shape
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.shapes import Listed
from incident_hub.operations import queries as operations

from . import queries
from .period import period

room = doors.Room("briefings")


class Cut(Shape):
    """The cut-off, and the period that is told of; by default now, and the day before it."""

    at: AwareDatetime | None = None
    since: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: Annotated[AwareDatetime | None, Field(alias="to")] = None


@room.door(
    "GET", "/operations/<op>/briefing", scope="incidents:read", query=Cut, gives=BriefingOut, errors=(403, 404, 422)
)
def read_briefing(asker: Asker, query: Cut, op: str) -> dict[str, Any]:
    """The situation of an operation at a cut-off, as the asker's desk may know it."""
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    found = period(query.at, query.since, query.until, clock.now())
    if isinstance(found, str):
        raise BadInput(found)
    return queries.briefing(operation, asker.desk, asker.desk_id, found)


@room.door("GET", "/operations/<op>/briefings", scope="incidents:read", gives=Listed[IssuedOut], errors=(403, 404))
def list_briefings(asker: Asker, op: str) -> dict[str, Any]:
    """What was issued to the asker's desk on schedule, newest first, each with its hash."""
    allow(asker, "board.read")
    read_snapshot()
    return {"items": queries.issued(operations.for_desk(op, asker.desk_id), asker.desk), "next": None}
