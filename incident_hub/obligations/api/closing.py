"""The doors of an operation's phases: closing one says of every open debt what becomes of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import BadInput
from incident_hub.kernel.saying import say
from incident_hub.obligations import actions, queries
from incident_hub.obligations.queries import closing
from incident_hub.obligations.shapes import ClosingOut
from incident_hub.operations import actions as operations_actions
from incident_hub.operations import queries as operations
from incident_hub.operations.opening import may_become
from incident_hub.operations.shapes import OperationOut

from .room import Reason, room


class FateIn(Shape):
    """What becomes of one debt: a reason ends it, otherwise it is carried, to the same desk and post unless named."""

    id: Annotated[str, Field(max_length=24)]
    reason: Reason | None = None
    desk: Annotated[str, Field(max_length=96)] | None = None
    post: Annotated[str, Field(max_length=32)] | None = None


class PhaseIn(Shape):
    """Where it goes, the statement that goes with it, and when it closes what becomes of what is still owed."""

    to: str
    statement: Annotated[str, Field(min_length=1, max_length=5000)]
    carry_to: Annotated[str, Field(max_length=32)] | None = None
    debts: list[FateIn] = Field(default_factory=list[FateIn])


@room.door("GET", "/operations/<op>/closing", scope="obligations:read", gives=ClosingOut, errors=(403, 404))
def read_closing(asker: Asker, op: str) -> dict[str, Any]:
    """What is still owed, as far as the asker's desk may know, and has to be carried or ended."""
    allow(asker, "operation.phase")
    operation = operations.for_desk(op, asker.desk_id)
    known = closing.unanswered(operation.id, asker.desk_id)
    standing = [{"code": one.code, "title": one.title} for one in closing.may_take_over(operation, asker.desk_id)]
    return {"items": queries.shapes(known), "standing": standing}


@room.door(
    "POST", "/operations/<op>/phase", scope="operations:write", takes=PhaseIn, gives=OperationOut,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def change_phase(asker: Asker, body: PhaseIn, op: str) -> Answer:
    """Move an operation to its next phase; closing it leaves no debt without a fate."""
    allow(asker, "operation.phase")
    chain = operations.for_desk(op, asker.desk_id).id
    to = _standing(body.carry_to, asker)
    with unit_of_work(chain, also=to.id if to else None) as at:
        operation = operations.for_desk(op, asker.desk_id)
        fates = [actions.Fate(one.id, one.reason or "", one.desk, one.post) for one in body.debts]
        ends = body.to == "closed" and may_become(operation.phase, body.to) is None
        told = actions.dispose(operation, fates, to, at, by_of(asker)) if ends else {}
        if body.to == "archived" and may_become(operation.phase, body.to) is None:
            actions.end_left(operation, at, by_of(asker))
        operations_actions.change_phase(operation, body.to, body.statement, at, by_of(asker), told)
        return answer(operations.shape(operations.for_desk(op, asker.desk_id)))


def _standing(code: str | None, asker: Asker) -> operations.Operation | None:
    if code is None:
        return None
    found = next((one for one in operations.known_to(asker.desk_id) if one.code == code), None)
    if found is None:
        words = say(
            "Your desk takes part in no operation {code}; name a standing one that it takes part in.", code=code
        )
        raise BadInput(words, errors=[{"pointer": "/carry_to", "detail": words}])
    return found
