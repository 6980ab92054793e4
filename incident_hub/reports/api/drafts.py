"""Compiling a report: beginning it, writing on it, having it signed, amending what was sent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask import request
from pydantic import Field

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import doors
from incident_hub.kernel.doors import Answer, Shape, answer
from incident_hub.kernel.errors import BadInput, Unconditional
from incident_hub.kernel.saying import say
from incident_hub.kernel.shapes import Listed
from incident_hub.operations import queries as operations
from incident_hub.reports import actions, queries
from incident_hub.reports.forms import FORMS
from incident_hub.reports.shapes import Discarded, ReportListed, ReportOut, ReportsOut

from .room import WRITES, Code, Reason, ViaIn, Words, changing, on_incident, room, told


class ReportIn(Shape):
    """A report to begin, or one that was made outside the Hub: then `via` has the words, and `to` says to whom."""

    form: Annotated[str, Field(max_length=16)]
    based_on: Code | None = None
    spoken: bool = False
    to: Code | None = None
    via: ViaIn | None = None


class ListQuery(Shape):
    """How many, and where to go on from."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, Field(max_length=200)] | None = None


class LineIn(Shape):
    """What a line says, or why it is unknown."""

    value: Words | None = None
    unknown: Annotated[str, Field(max_length=2000)] | None = None


class LinesIn(Shape):
    """Lines to write; null gives a line back to what is known."""

    content: dict[Annotated[str, Field(max_length=40)], LineIn | None]


class SignatureIn(Shape):
    """The print of what was read, so that nobody signs what they have not seen."""

    sha256: Annotated[str, Field(min_length=64, max_length=64)]


class AmendmentIn(Shape):
    """Why it is amended."""

    why: Reason


@room.door(
    "GET", "/operations/<op>/reports", scope="incidents:read", query=ListQuery, gives=Listed[ReportListed],
    errors=(403, 404, 422),
)  # fmt: skip
def list_reports(asker: Asker, query: ListQuery, op: str) -> dict[str, Any]:
    """The reports of an operation that the asker's desk may know of, newest first, without what they say."""
    allow(asker, "board.read")
    chain = operations.for_desk(op, asker.desk_id).id
    found, further = queries.listed(chain, asker.desk_id, doors.place(query.cursor), query.limit)
    return {"items": queries.heads(found), "next": doors.cursor(*further) if further else None}


@room.door("GET", "/incidents/<ref>/reports", scope="incidents:read", gives=ReportsOut, errors=(403, 404))
def read_reports(asker: Asker, ref: str) -> dict[str, Any]:
    """The reports on an incident, newest first, and where one's own could go."""
    allow(asker, "board.read")
    of = incidents.known(ref, asker.desk_id)
    heads = queries.heads(queries.of_incident(of, asker.desk_id))
    return {"items": heads, "next": None, "to": queries.places_to(of, asker.agency)}


@room.door(
    "POST", "/incidents/<ref>/reports", scope="incidents:write", takes=ReportIn, gives=ReportOut, versioned=True,
    status=201, standing=200, errors=WRITES,
)  # fmt: skip
def begin_report(asker: Asker, body: ReportIn, ref: str) -> Answer:
    """Begin a report, pre-filled with what is known, or go on with the draft there is; or write down a spoken one."""
    if body.form not in FORMS:
        words = say("There is no form {form}; it is one of {forms}.", form=body.form, forms=FORMS)
        raise BadInput(words, errors=[{"pointer": "/form", "detail": words}])
    verb = "report.send" if body.via or body.spoken else "report.write"
    with on_incident(asker, verb, ref) as (of, at, by):
        if body.via or body.spoken:
            id = actions.take_down(of, body.form, body.to, _spoken(body), at, by)
            return told(asker, id, 201)
        basis = queries.known(body.based_on, asker.desk_id) if body.based_on else None
        id, fresh = actions.draft(of, body.form, basis if basis and basis.reads else None, at, by)
        return told(asker, id, 201 if fresh else 200)


@room.door("GET", "/reports/<id>", scope="incidents:read", gives=ReportOut, versioned=True, errors=(403, 404))
def read_report(asker: Asker, id: str) -> Answer:
    """One report: what it says for its sender and those it was sent to, that it was sent for the rest of the circle."""
    allow(asker, "board.read")
    found = queries.known(id, asker.desk_id)
    shown = queries.page(found, asker.desk, asker.desk_id)
    return Answer(shown, etag=f'"{found.row.version}"')


@room.door(
    "PATCH", "/reports/<id>", scope="incidents:write", takes=LinesIn, gives=ReportOut, versioned=True,
    errors=(*WRITES, 412, 428),
)  # fmt: skip
def write_report(asker: Asker, body: LinesIn, id: str) -> Answer:
    """Write lines of a draft; kept at once, and lines that others wrote stay."""
    seen = (request.headers.get("If-Match") or "").strip('"')
    if not seen.isdigit():
        raise Unconditional
    given = {code: one.model_dump(exclude_none=True) if one else None for code, one in body.content.items()}
    with changing(asker, "report.write", id) as (found, at, by):
        actions.write(found, int(seen), {code: _plain(one) for code, one in given.items()}, at, by)
        return told(asker, id)


@room.door("DELETE", "/reports/<id>", scope="incidents:write", gives=Discarded, errors=WRITES)
def discard_report(asker: Asker, id: str) -> Answer:
    """Throw a draft away."""
    with changing(asker, "report.write", id) as (found, at, by):
        actions.discard(found, at, by)
        return answer({"id": id, "state": "discarded"})


@room.door(
    "POST", "/reports/<id>/signature", scope="incidents:write", takes=SignatureIn, gives=ReportOut, versioned=True,
    errors=(*WRITES, 412),
)  # fmt: skip
def sign_report(asker: Asker, body: SignatureIn, id: str) -> Answer:
    """Sign a report as it reads now; the duty leader or executive of its desk, as a person."""
    with changing(asker, "report.sign", id) as (found, at, by):
        actions.sign(found, body.sha256, at, by)
        return told(asker, id)


@room.door("POST", "/reports/<id>/reopening", scope="incidents:write", gives=ReportOut, versioned=True, errors=WRITES)
def reopen_report(asker: Asker, id: str) -> Answer:
    """Take the signature back before it was sent, and write on."""
    with changing(asker, "report.sign", id) as (found, at, by):
        actions.reopen(found, at, by)
        return told(asker, id)


@room.door(
    "POST", "/reports/<id>/amendment", scope="incidents:write", takes=AmendmentIn, gives=ReportOut, versioned=True,
    status=201, standing=200, errors=WRITES,
)  # fmt: skip
def amend_report(asker: Asker, body: AmendmentIn, id: str) -> Answer:
    """Begin a report that amends one that was sent; what was sent stays as it is."""
    with changing(asker, "report.write", id) as (found, at, by):
        made, fresh = actions.amend(found, body.why, at, by)
        return told(asker, made, 201 if fresh else 200)


def _plain(said: dict[str, Any] | None) -> dict[str, str] | None:
    """A line as the verbs take it; one that says nothing is given back."""
    kept = {name: text for name, text in (said or {}).items() if text}
    if len(kept) > 1:
        raise BadInput("A line says something or is unknown, not both.")
    return kept or None


def _spoken(body: ReportIn) -> Any:
    if body.via is None:
        words = "Say how it was made: via, with the channel, the instant and the words."
        raise BadInput(words, errors=[{"pointer": "/via", "detail": words}])
    outside: tuple[Literal["phone", "radio", "face"], ...] = ("phone", "radio", "face")
    if body.spoken and body.via.channel not in outside:
        words = "What came by fax or on paper was not spoken; leave `spoken` out."
        raise BadInput(words, errors=[{"pointer": "/spoken", "detail": words}])
    return body.via.plain()
