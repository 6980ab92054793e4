"""Logging incidents, listing them, reading one and changing its fields."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from flask import request
from pydantic import ConfigDict, Field

from incident_hub.agencies.askers import allow, by_of
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import actions, queries
from incident_hub.incidents.shapes import CardOut, IncidentOut
from incident_hub.kernel import doors
from incident_hub.kernel.database import unit_of_work
from incident_hub.kernel.doors import Answer, Shape
from incident_hub.kernel.errors import BadInput, Unconditional
from incident_hub.kernel.saying import say
from incident_hub.kernel.shapes import Listed
from incident_hub.kernel.text import opaque
from incident_hub.operations import queries as operations

from .room import (
    Code,
    Line,
    Moment,
    ViaIn,
    Words,
    as_listed,
    changing,
    etag,
    known,
    plain,
    room,
    told,
)

Grade = Literal["I", "II", "III", "IV"]
Coordinate = Annotated[str, Field(pattern=r"^-?\d{1,3}(\.\d{1,15})?$")]


EXAMPLES = Path(__file__).resolve().parents[3] / "config" / "examples"
# A find as the expo's plan knows it: the words of a plan stand in no line of the program.
_LOGGED: dict[str, Any] = orjson.loads((EXAMPLES / "incident.json").read_bytes())


class PlaceIn(Shape):
    """Where; coordinates are strings so that every screen keeps the same digits."""

    text: Line | None = None
    area: Code | None = None
    lat: Coordinate | None = None
    lon: Coordinate | None = None
    datum: Literal["WGS84", "GCJ02", "BD09"] | None = None


class FigureIn(Shape):
    """A count, or that it is unknown."""

    category: Annotated[str, Field(pattern=r"^[a-z_]{2,32}$")]
    n: Annotated[int, Field(ge=0, le=10**12)] | None = None
    unknown: bool = False
    as_of: Moment | None = None
    source: Line = ""
    basis: Line = ""

    def faults(self) -> str | None:
        """Why it does not count."""
        if (self.n is None) != self.unknown:
            return "Give a number, or say unknown: true; the one excludes the other."
        return None


class AccessIn(Shape):
    """A desk and what it is on the incident."""

    desk: Code
    role: Literal["lead", "support", "informed"] = "support"


class IncidentIn(Shape):
    """An incident as it is logged; type and title are enough."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LOGGED]})

    type: Code
    title: Line
    summary: Words = ""
    occurred_at: Moment | None = None
    occurred_about: bool = False
    known_at: Moment | None = None
    discovered_at: Moment | None = None
    planned_at: Moment | None = None
    grade: Grade | None = None
    site: Code | None = None
    place: PlaceIn | None = None
    methane: dict[Annotated[str, Field(max_length=32)], Line] | None = None
    figures: list[FigureIn] = Field(default_factory=list, max_length=20)
    tlp: Literal["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"] | None = None
    access: list[AccessIn] = Field(default_factory=list, max_length=64)
    status: Literal["heard", "reported"] = "reported"
    attention: Literal["A", "B", "C"] | None = None
    via: ViaIn | None = None


class IncidentPatch(Shape):
    """The fields to change; what is not named stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "X 光机发现两件可疑物品", "attention": "B"}]})

    title: Line | None = None
    summary: Words | None = None
    site: Code | None = None
    place: PlaceIn | None = None
    methane: dict[Annotated[str, Field(max_length=32)], Line] | None = None
    occurred_at: Moment | None = None
    occurred_about: bool | None = None
    discovered_at: Moment | None = None
    planned_at: Moment | None = None
    attention: Literal["A", "B", "C"] | None = None


class ListQuery(Shape):
    """Which incidents."""

    status: Code | None = None
    grade: Grade | None = None
    type: Code | None = None
    agency: Code | None = None
    site: Code | None = None
    q: Line | None = None
    since: Moment | None = None
    until: Moment | None = None
    cursor: Code | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50


@room.door(
    "POST", "/operations/<op>/incidents", scope="incidents:write", takes=IncidentIn, gives=IncidentOut,
    versioned=True, status=201, errors=(403, 404, 422),
)  # fmt: skip
def log_incident(asker: Asker, body: IncidentIn, op: str) -> Answer:
    """Log an incident; the plan's circle may know of it at once and its clocks run."""
    allow(asker, "incident.open")
    operation = operations.for_desk(op, asker.desk_id)
    with unit_of_work(operation.id) as at:
        ref = actions.open_incident(operation, _new(body, at), at, by_of(asker))
        return told(known(asker, ref), 201)


@room.door(
    "GET", "/operations/<op>/incidents", scope="incidents:read", query=ListQuery, gives=Listed[CardOut],
    errors=(404, 422),
)  # fmt: skip
def list_incidents(asker: Asker, query: ListQuery, op: str) -> dict[str, Any]:
    """The incidents the asker's desk may know of, newest first."""
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    wanted = queries.Wanted(**query.model_dump(exclude={"cursor", "limit"}))
    items, further = queries.listed(operation, asker.desk_id, wanted, doors.place(query.cursor), query.limit)
    return as_listed(items, doors.cursor(*further) if further else None)


@room.door("GET", "/incidents/<ref>", scope="incidents:read", gives=IncidentOut, versioned=True, errors=(404,))
def read_incident(asker: Asker, ref: str) -> Answer:
    """All that the asker's desk may know of one incident, with its version as ETag."""
    allow(asker, "board.read")
    found = known(asker, ref)
    return Answer(queries.page(found), etag=etag(found))


@room.door(
    "PATCH", "/incidents/<ref>", scope="incidents:write", takes=IncidentPatch, gives=IncidentOut, versioned=True,
    errors=(403, 404, 412, 422, 428),
)  # fmt: skip
def amend_incident(asker: Asker, body: IncidentPatch, ref: str) -> Answer:
    """Change fields seen at the version in If-Match; fields that others moved meanwhile answer 412 with both values."""
    seen = _seen_version()
    with changing(asker, "incident.amend", ref) as (found, at, by):
        given = body.model_dump(exclude_unset=True)
        if "occurred_about" in given and given["occurred_about"] is None:
            words = "Say true or false."
            raise BadInput(words, errors=[{"pointer": "/occurred_about", "detail": words}])
        emptied = {name: "" for name in ("title", "summary") if name in given and given[name] is None}
        changes = {**given, **emptied}
        actions.amend(found, seen, changes, at, by)
        return told(found)


def figure_fields(figure: FigureIn, at: datetime) -> dict[str, Any]:
    """A figure with what was left out filled in.

    Raises: BadInput when it is neither a number nor said to be unknown.
    """
    if fault := figure.faults():
        raise BadInput(fault, errors=[{"pointer": "/n", "detail": fault}])
    return figure.model_dump(exclude={"unknown"}) | {"id": opaque(), "as_of": figure.as_of or at}


def _new(body: IncidentIn, at: datetime) -> actions.NewIncident:
    fields = body.model_dump(exclude={"via", "access", "figures", "place"})
    return actions.NewIncident(
        **fields,
        place=body.place.model_dump(exclude_none=True) if body.place else None,
        access=tuple((one.desk, one.role) for one in body.access),
        figures=tuple(figure_fields(one, at) for one in body.figures),
        via=plain(body.via),
    )


def _seen_version() -> int:
    sent = request.headers.get("If-Match")
    if not sent:
        raise Unconditional
    number = sent.strip().removeprefix("W/").strip('"')
    if not number.isdigit():
        raise BadInput(say("If-Match is {sent}; send back the ETag you were given.", sent=sent))
    return int(number)
