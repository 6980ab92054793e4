"""Roll-ups: a level sends a day upward, and reads what was sent."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.operations import queries as operations
from incident_hub.returns import actions, queries
from incident_hub.returns.days import local_date
from incident_hub.returns.shapes.summing import RollUpSent, RollUpsOut

from .filing import DayAsked
from .room import WRITES, Code, Text, room


class RollUpIn(Shape):
    """The day to send; `tier` only where a desk sums up several levels."""

    date: dt.date
    tier: Code | None = None
    remarks: Annotated[Text, Field(default="")]


@room.door(
    "POST", "/operations/<op>/roll-ups", scope="returns:write", takes=RollUpIn, gives=RollUpSent, status=201,
    errors=WRITES,
)  # fmt: skip
def send_roll_up(asker: Asker, body: RollUpIn, op: str) -> Answer:
    """Send a day upward as it stands; one more of the same day amends the one before."""
    allow(asker, "return.roll_up")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        row = actions.roll_up(operation, body.date, body.tier, body.remarks, at, by_of(asker))
        return answer(queries.sent(row), status=201)


@room.door(
    "GET", "/operations/<op>/roll-ups", scope="returns:read", query=DayAsked, gives=RollUpsOut, errors=(403, 404)
)
def list_roll_ups(asker: Asker, query: DayAsked, op: str) -> dict[str, Any]:
    """The roll-ups of a date that the asker's desk may know of, the newest first, and what it would send itself now."""
    allow(asker, "board.read")
    operation, at = operations.for_desk(op, asker.desk_id), clock.now()
    on = query.date or local_date(at, operation.zone)
    mine = queries.to_roll_up(operation, asker.desk, asker.desk_id, on, at)
    return {"date": on.isoformat(), "items": queries.roll_ups(operation.id, asker.desk_id, on), "mine": mine}


@room.door("GET", "/roll-ups/<id>", scope="returns:read", gives=RollUpSent, errors=(403, 404))
def read_roll_up_sent(asker: Asker, id: str) -> dict[str, Any]:
    """One roll-up as it was sent."""
    allow(asker, "board.read")
    return queries.sent(queries.roll_up_known(id, asker.desk_id))
