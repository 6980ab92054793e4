"""The door to who has looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.doors import Room, Shape
from incident_hub.kernel.shapes import Listed
from incident_hub.looks.shapes import LookOut

from . import queries

room = Room("looks")


class LooksQuery(Shape):
    """How far back. Units: days."""

    days: Annotated[int, Field(ge=1, le=1100)] = 90


@room.door(
    "GET", "/incidents/<ref>/looks", scope="incidents:read", query=LooksQuery, gives=Listed[LookOut],
    errors=(403, 404, 422),
)  # fmt: skip
def list_looks(asker: Asker, query: LooksQuery, ref: str) -> dict[str, Any]:
    """Which desks looked at an incident or were refused it, hour by hour; for the lead and for evaluators."""
    allow(asker, "looks.read")
    found = incidents.known(ref, asker.desk_id)
    queries.readable(found, asker)
    return {"items": queries.of(found, clock.now() - timedelta(days=query.days)), "next": None}
