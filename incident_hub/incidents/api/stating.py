"""Stating something of an incident: status, verification, grade, figures, and that somebody has it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import actions, queries
from incident_hub.incidents.shapes import FigureOut, IncidentOut
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.shapes import Listed, Named

from .reading import FigureIn, Grade, figure_fields
from .room import Line, Moment, ViaIn, Words, as_listed, changing, known, plain, room, told


class StatusIn(Shape):
    """Where it goes, and why if it goes back or ends early."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"to": "responding"}]})

    to: Line
    reason: Words | None = None
    via: ViaIn | None = None


class VerificationIn(Shape):
    """How sure it is."""

    state: Literal["unverified", "verified", "doubtful", "false"]
    basis: Words
    via: ViaIn | None = None


class GradeIn(Shape):
    """A grade, or none."""

    grade: Grade | None
    basis: Words
    via: ViaIn | None = None


class MarkIn(Shape):
    """The TLP mark, and why it changes."""

    tlp: Literal["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]
    basis: Annotated[str, Field(min_length=1, max_length=2000)]


class AcknowledgementIn(Shape):
    """Seen, or taken."""

    kind: Literal["seen", "taken"]
    eta: Moment | None = None
    on_behalf_of: Line | None = None
    via: ViaIn | None = None


@room.door(
    "POST", "/incidents/<ref>/acknowledgement", scope="incidents:write", takes=AcknowledgementIn, gives=IncidentOut,
    versioned=True, errors=(403, 404, 422),
)  # fmt: skip
def acknowledge_incident(asker: Asker, body: AcknowledgementIn, ref: str) -> Answer:
    """Say that it was seen, or that one's agency acts; taken stops the ladder of one's own agency alone."""
    with changing(asker, "incident.acknowledge", ref) as (found, at, by):
        actions.acknowledge(found, body.kind, body.eta, body.on_behalf_of, plain(body.via), at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/status", scope="incidents:write", takes=StatusIn, gives=IncidentOut, versioned=True,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def change_status(asker: Asker, body: StatusIn, ref: str) -> Answer:
    """Move an incident to its next status."""
    with changing(asker, "incident.status", ref) as (found, at, by):
        actions.change_status(found, body.to, body.reason, plain(body.via), at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/verification", scope="incidents:write", takes=VerificationIn, gives=IncidentOut,
    versioned=True, errors=(403, 404, 422),
)  # fmt: skip
def verify_incident(asker: Asker, body: VerificationIn, ref: str) -> Answer:
    """Say how sure it is that it happened."""
    with changing(asker, "incident.verify", ref) as (found, at, by):
        actions.verify(found, body.state, body.basis, plain(body.via), at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/grade", scope="incidents:write", takes=GradeIn, gives=IncidentOut, versioned=True,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def grade_incident(asker: Asker, body: GradeIn, ref: str) -> Answer:
    """Grade an incident, or say that it has no grade."""
    with changing(asker, "incident.grade", ref) as (found, at, by):
        actions.change_grade(found, body.grade, body.basis, plain(body.via), at, by)
        return told(found)


@room.door(
    "POST", "/incidents/<ref>/tlp", scope="incidents:write", takes=MarkIn, gives=IncidentOut, versioned=True,
    errors=(403, 404, 409, 422),
)  # fmt: skip
def mark_incident(asker: Asker, body: MarkIn, ref: str) -> Answer:
    """Put an incident under another TLP mark; who may know of it already stays."""
    with changing(asker, "incident.mark", ref) as (found, at, by):
        actions.change_mark(found, body.tlp, body.basis, at, by)
        return told(found)


@room.door("GET", "/incidents/<ref>/figures", scope="incidents:read", gives=Listed[FigureOut], errors=(404,))
def list_figures(asker: Asker, ref: str) -> dict[str, Any]:
    """Every figure ever stated, in order."""
    allow(asker, "board.read")
    return as_listed(queries.figures_known(known(asker, ref)))


@room.door(
    "POST", "/incidents/<ref>/figures", scope="incidents:write", takes=FigureIn, gives=Named, status=201,
    errors=(403, 404, 422),
)  # fmt: skip
def state_figure(asker: Asker, body: FigureIn, ref: str) -> Answer:
    """Add a figure; earlier ones stay as they were said."""
    with changing(asker, "figure.state", ref) as (found, at, by):
        figure = figure_fields(body, at)
        stated = (figure["category"], figure["n"], figure["as_of"], figure["source"], figure["basis"])
        made = actions.state_figure(found, *stated, at, by)
        return answer({"id": made}, status=201)


@room.door(
    "POST", "/incidents/<ref>/figures/<figure>/official", scope="incidents:write", gives=IncidentOut, versioned=True,
    errors=(403, 404),
)  # fmt: skip
def make_official(asker: Asker, ref: str, figure: str) -> Answer:
    """Make a figure the official one of its category."""
    with changing(asker, "figure.state", ref) as (found, at, by):
        actions.make_official(found, figure, at, by)
        return told(found)
