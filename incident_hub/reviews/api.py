"""The door of the review."""

from __future__ import annotations

from typing import Any, Literal

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.doors import Room, Shape
from incident_hub.operations import queries as operations
from incident_hub.reviews.shapes import ReviewOut

from . import queries

room = Room("reviews")


class ReviewQuery(Shape):
    """In which language it speaks."""

    lang: Literal["zh", "en"] = "zh"


@room.door(
    "GET", "/operations/<op>/review", scope="reviews:read", query=ReviewQuery, gives=ReviewOut, errors=(403, 404, 422)
)
def read_review(asker: Asker, query: ReviewQuery, op: str) -> dict[str, Any]:
    """The after-action report of an operation, as far as the asker's desk may know it."""
    allow(asker, "review.read")
    read_snapshot()
    found = operations.for_desk(op, asker.desk_id)
    return queries.review(found, asker.desk, asker.desk_id, clock.now(), query.lang)
