"""The doors of operations: which there are for a desk, their phase, and what a desk was shown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import feeds
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.operations import actions, queries

from .room import OperationOut, room, shape


class PhaseIn(Shape):
    """Where it goes, and the statement that goes with it."""

    to: str
    statement: Annotated[str, Field(min_length=1, max_length=5000)]


class FeedQuery(Shape):
    """From which position on."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 200


@room.door("GET", "/operations", scope="operations:read")
def list_operations(asker: Asker) -> dict[str, Any]:
    """The operations the asker's desk takes part in."""
    return {"items": [shape(one) for one in queries.known_to(asker.desk_id)], "next": None}


@room.door("GET", "/operations/<op>", scope="operations:read", gives=OperationOut, errors=(404,))
def read_operation(asker: Asker, op: str) -> dict[str, Any]:
    """One operation and the agencies that take part."""
    found = queries.for_desk(op, asker.desk_id)
    return shape(found) | {"agencies": queries.titles(found.id)}


@room.door(
    "POST", "/operations/<op>/phase", scope="operations:write", takes=PhaseIn, gives=OperationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def change_phase(asker: Asker, body: PhaseIn, op: str) -> Answer:
    """Move an operation to its next phase."""
    allow(asker, "operation.phase")
    chain = queries.for_desk(op, asker.desk_id).id
    with unit_of_work(chain) as at:
        actions.change_phase(queries.for_desk(op, asker.desk_id), body.to, body.statement, at, by_of(asker))
        return answer(shape(queries.for_desk(op, asker.desk_id)))


@room.door("GET", "/operations/<op>/feed", scope="incidents:read", query=FeedQuery, errors=(404, 422))
def read_feed(asker: Asker, query: FeedQuery, op: str) -> dict[str, Any]:
    """What the asker's desk was shown after a position, in order."""
    allow(asker, "board.read")
    found = queries.for_desk(op, asker.desk_id)
    entries = feeds.feed(found.id, asker.desk_id, query.after, query.limit)
    return {"items": entries, "head": feeds.head(found.id, asker.desk_id), "next": None}
