"""The doors of the board."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.doors import Room
from incident_hub.operations import queries as operations

from . import queries

room = Room("board")


@room.door("GET", "/operations/<op>/board", scope="incidents:read", errors=(403, 404))
def read_board(asker: Asker, op: str) -> dict[str, Any]:
    """The board as the asker's desk may see it, at one instant, with the feed position it stands at."""
    allow(asker, "board.read")
    read_snapshot()
    return queries.board(operations.for_desk(op, asker.desk_id), asker, clock.now())


@room.door("GET", "/operations/<op>/duty", scope="incidents:read", errors=(403, 404))
def read_duty(asker: Asker, op: str) -> dict[str, Any]:
    """Who is on duty now at the desks that take part."""
    allow(asker, "board.read")
    return {"items": queries.on_duty(operations.for_desk(op, asker.desk_id), clock.now()), "next": None}
