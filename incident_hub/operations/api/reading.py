"""The doors of operations: which there are for a desk, and what a desk was shown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import feeds
from incident_hub.kernel.doors import Shape
from incident_hub.kernel.shapes import Listed
from incident_hub.operations import queries
from incident_hub.operations.shapes import FeedOut, OperationOut

from .room import room


class FeedQuery(Shape):
    """From which position on."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 200


@room.door("GET", "/operations", scope="operations:read", gives=Listed[OperationOut])
def list_operations(asker: Asker) -> dict[str, Any]:
    """The operations the asker's desk takes part in."""
    return {"items": [queries.shape(one) for one in queries.known_to(asker.desk_id)], "next": None}


@room.door("GET", "/operations/<op>", scope="operations:read", gives=OperationOut, errors=(404,))
def read_operation(asker: Asker, op: str) -> dict[str, Any]:
    """One operation and the agencies that take part."""
    found = queries.for_desk(op, asker.desk_id)
    return queries.shape(found) | {"agencies": queries.titles(found.id)}


@room.door("GET", "/operations/<op>/feed", scope="incidents:read", query=FeedQuery, gives=FeedOut, errors=(404, 422))
def read_feed(asker: Asker, query: FeedQuery, op: str) -> dict[str, Any]:
    """What the asker's desk was shown after a position, in order."""
    allow(asker, "board.read")
    found = queries.for_desk(op, asker.desk_id)
    entries = feeds.feed(found.id, asker.desk_id, query.after, query.limit)
    return {"items": entries, "head": feeds.head(found.id, asker.desk_id), "next": None}
