"""Who owes a return, and since when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import NotAllowed
from incident_hub.kernel.shapes import Listed, Named
from incident_hub.operations import queries as operations
from incident_hub.returns import actions, queries
from incident_hub.returns.shapes import UnitOut, UnitsMade

from .room import WRITES, Code, room


class TitleIn(Shape):
    """A name in both languages."""

    zh: Annotated[str, Field(min_length=1, max_length=120)]
    en: Annotated[str, Field(min_length=1, max_length=120)]


class UnitIn(Shape):
    """A unit that comes to owe; without `desk` the duty desk of its agency owes for it."""

    unit: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    title: TitleIn
    agency: Code
    site: Code | None = None
    desk: Code | None = None
    first_day: dt.date
    last_day: dt.date | None = None


class UnitsIn(Shape):
    """Many at once: all of them or none."""

    units: Annotated[list[UnitIn], Field(min_length=1, max_length=2000)]


@room.door("GET", "/operations/<op>/units", scope="returns:read", gives=Listed[UnitOut], errors=(403, 404))
def list_units(asker: Asker, op: str) -> dict[str, Any]:
    """The units whose returns the asker's desk may know of."""
    allow(asker, "board.read")
    return {"items": queries.units(operations.for_desk(op, asker.desk_id).id, asker.desk_id), "next": None}


@room.door(
    "POST", "/operations/<op>/units", scope="returns:write", takes=UnitsIn, gives=UnitsMade, status=201, errors=WRITES
)
def register_units(asker: Asker, body: UnitsIn, op: str) -> Answer:
    """Say who owes a daily return; a unit that is there already is left as it is."""
    allow(asker, "unit.register")
    operation = operations.for_desk(op, asker.desk_id)
    new = [
        actions.NewUnit(
            one.unit, one.title.model_dump(), one.agency, one.site, one.desk, one.first_day, one.last_day
        )
        for one in body.units
    ]  # fmt: skip
    with unit_of_work(operation.id) as at:
        return answer({"registered": actions.register(operation, new, at, by_of(asker))}, status=201)


class ExemptionIn(Shape):
    """Days on which a unit owes nothing, both ends among them."""

    unit: Code
    since: dt.date
    until: dt.date
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


@room.door(
    "POST", "/operations/<op>/exemptions", scope="returns:write", takes=ExemptionIn, gives=Named, status=201,
    errors=WRITES,
)  # fmt: skip
def exempt_unit(asker: Asker, body: ExemptionIn, op: str) -> Answer:
    """Let a unit off for some days; whoever oversees decides that."""
    allow(asker, "unit.register")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        unit, role = queries.unit_known(operation.id, body.unit, asker.desk_id)
        if role != "informed":
            raise NotAllowed("Whoever oversees the returns lets a unit off; ask them.")
        id = actions.exempt(operation, unit, body.since, body.until, body.reason, at, by_of(asker))
        return answer({"id": id}, status=201)
