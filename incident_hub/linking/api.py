"""The doors of the links between incidents."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel.database import read_snapshot, unit_of_work
from incident_hub.kernel.doors import Answer, Room, Shape, answer
from incident_hub.kernel.shapes import Listed
from incident_hub.linking.shapes import Linked, LinkOut

from . import actions, queries

room = Room("linking")
WRITES = (403, 404, 409, 422)


class LinkIn(Shape):
    """The other incident, and what this one is to it."""

    to: Annotated[str, Field(min_length=1, max_length=16)]
    kind: Literal["related", "same_event", "caused_by", "found_by"] = "related"


class EndingIn(Shape):
    """Why the two no longer belong together."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@room.door("GET", "/incidents/<ref>/links", scope="incidents:read", gives=Listed[LinkOut], errors=(403, 404))
def list_links(asker: Asker, ref: str) -> dict[str, Any]:
    """The links of an incident, as far as the asker's desk may know both sides."""
    allow(asker, "board.read")
    read_snapshot()
    return {"items": queries.of(incidents.known(ref, asker.desk_id)), "next": None}


@room.door(
    "POST", "/incidents/<ref>/links", scope="incidents:write", takes=LinkIn, gives=Linked, status=201, errors=WRITES
)
def link_incident(asker: Asker, body: LinkIn, ref: str) -> Answer:
    """Say that it belongs together with another that the asker's desk may know of."""
    allow(asker, "incident.link")
    with unit_of_work(incidents.known(ref, asker.desk_id).incident.chain) as at:
        one, other = (incidents.known(each, asker.desk_id) for each in (ref, body.to))
        made = actions.link(one, other, body.kind, at, by_of(asker))
        return answer({"id": made, "at": at}, status=201)


@room.door(
    "POST", "/incidents/<ref>/links/<id>/ending", scope="incidents:write", takes=EndingIn, gives=Linked, errors=WRITES
)
def unlink_incident(asker: Asker, body: EndingIn, ref: str, id: str) -> Answer:
    """End a link, with a reason."""
    allow(asker, "incident.link")
    with unit_of_work(incidents.known(ref, asker.desk_id).incident.chain) as at:
        actions.unlink(incidents.known(ref, asker.desk_id), id, body.reason, at, by_of(asker))
        return answer({"id": id, "at": at})
