"""The doors where items are listed, read and taken in."""

from __future__ import annotations

from typing import Any

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.custody import actions, queries
from incident_hub.custody.shapes import ItemListed, ItemOut
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, answer
from incident_hub.kernel.shapes import Listed
from incident_hub.operations import queries as operations

from .room import READ, WRITE, WRITES, Asked, ThingIn, room, told


@room.door("GET", "/operations/<op>/items", scope=READ, query=Asked, gives=Listed[ItemListed], errors=(403, 404, 422))
def list_items(asker: Asker, query: Asked, op: str) -> dict[str, Any]:
    """The things in custody that the asker's desk may know of, the newest first."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    wanted = queries.Wanted(asker.desk if query.mine else None, query.state, query.sort, query.incident)
    rows, further = queries.listed(operation.id, asker.desk_id, wanted, doors.place(query.cursor), query.limit)
    return {"items": rows, "next": doors.cursor(*further) if further else None}


@room.door("GET", "/incidents/<ref>/items", scope=READ, gives=Listed[ItemListed], errors=(403, 404))
def items_of_incident(asker: Asker, ref: str) -> dict[str, Any]:
    """The things that were found in an incident, and who has them."""
    allow(asker, "board.read")
    return {"items": queries.of_incident(incidents.known(ref, asker.desk_id)), "next": None}


@room.door("POST", "/incidents/<ref>/items", scope=WRITE, takes=ThingIn, gives=ItemOut, status=201, errors=WRITES)
def take_item_in(asker: Asker, body: ThingIn, ref: str) -> Answer:
    """Take a thing into the custody of the asker's desk."""
    allow(asker, "board.read")
    chain = incidents.known(ref, asker.desk_id).incident.chain
    allow(asker, "item.take_in")
    with unit_of_work(chain) as at:
        thing = actions.Thing(**body.model_dump(exclude={"via"}))
        made = actions.take_in(incidents.known(ref, asker.desk_id), thing, body.said(), at, by_of(asker))
        return answer(told(queries.known(made, asker.desk_id), asker), status=201)


@room.door("GET", "/items/<ref>", scope=READ, gives=ItemOut, errors=(403, 404))
def read_item(asker: Asker, ref: str) -> dict[str, Any]:
    """One thing with its chain of custody, what is owed on it, and what the asker may do."""
    allow(asker, "board.read")
    return told(queries.known(ref, asker.desk_id), asker)
