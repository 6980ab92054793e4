"""Who may know of an incident: the doors of its circle."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import actions, queries
from incident_hub.incidents.shapes import AccessList, IncidentOut
from incident_hub.kernel.doors import Answer, Shape

from .room import Code, as_listed, changing, known, room, told


class GrantIn(Shape):
    """A desk, what it will be, and whether it may read the past."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"desk": "fire/duty", "role": "support", "history": "full"}]}
    )

    desk: Code
    role: Literal["lead", "support", "informed"] = "informed"
    history: Literal["full", "from_now"] = "full"


class WithdrawIn(Shape):
    """Whose access ends, and why; those who stay are told both."""

    desk: Code
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class WithdrawQuery(Shape):
    """Whose access ends."""

    desk: Code


@room.door("GET", "/incidents/<ref>/access", scope="incidents:read", gives=AccessList, errors=(404,))
def read_access(asker: Asker, ref: str) -> dict[str, Any]:
    """The desks that may know of it, as what, since when and by whom; in `past` those that no longer may."""
    allow(asker, "board.read")
    found = known(asker, ref)
    return as_listed(queries.page(found)["circle"]) | {"past": queries.past_circle(found)}


@room.door(
    "POST", "/incidents/<ref>/access", scope="incidents:write", takes=GrantIn, gives=IncidentOut, versioned=True,
    status=201, errors=(403, 404, 409, 422),
)  # fmt: skip
def grant_access(asker: Asker, body: GrantIn, ref: str) -> Answer:
    """Let a desk know of it, or change its role; the whole circle is told."""
    with changing(asker, "access.grant", ref) as (found, at, by):
        actions.grant_access(found, body.desk, body.role, body.history, at, by)
        return told(found, 201)


@room.door(
    "DELETE", "/incidents/<ref>/access", scope="incidents:write", query=WithdrawQuery, gives=IncidentOut,
    versioned=True, errors=(403, 404, 409, 422),
)  # fmt: skip
def withdraw_access(asker: Asker, query: WithdrawQuery, ref: str) -> Answer:
    """End a desk's access from now on, without saying why."""
    with changing(asker, "access.withdraw", ref) as (found, at, by):
        actions.withdraw_access(found, query.desk, at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/access/withdrawal", scope="incidents:write", takes=WithdrawIn, gives=IncidentOut,
    versioned=True, errors=(403, 404, 409, 422),
)  # fmt: skip
def withdraw_with_reason(asker: Asker, body: WithdrawIn, ref: str) -> Answer:
    """End a desk's access from now on, and tell those who stay why."""
    with changing(asker, "access.withdraw", ref) as (found, at, by):
        actions.withdraw_access(found, body.desk, at, by, body.reason)
        return told(found)
