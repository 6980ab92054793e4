"""The pages of custody: what a desk holds and is offered, and one thing with every hand it went through."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, render_template, request

from incident_hub import paper
from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import may
from incident_hub.anchors import queries as anchors
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.errors import NotAllowed, NotKnown
from incident_hub.kernel.pages import language
from incident_hub.kernel.saying import say_both
from incident_hub.kernel.text import instant
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings
from incident_hub.operations.zones import zone_title
from incident_hub.plan.marking import may_leave

from . import course, queries
from .laying import laid

pages = Blueprint("custody", __name__)
PAPERS = {"pdf": (paper.PDF, paper.pdf), "docx": (paper.DOCX, paper.docx)}
# Into which incidents a thing may be taken from the page: the newest that the desk knows.
OPEN = 100


@pages.get("/operations/<op>/items")
def list_page(op: str) -> str:
    """What is offered to the desk, what it holds, and what lies elsewhere."""
    asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    operation = operations.for_desk(op, asker.desk_id)
    incident = request.args.get("incident") or None
    wanted = queries.Wanted(incident=incident)
    rows, _ = queries.listed(operation.id, asker.desk_id, wanted, None, queries.LISTED)
    known, _ = incidents.listed(operation, asker.desk_id, incidents.Wanted(), None, OPEN)
    kept = [one for one in rows if one["state"] in course.KEPT]
    parts = {
        "offered": queries.with_due(operation.id, [one for one in kept if one["offered_to"] == asker.desk]),
        "held": [one for one in kept if one["holder"] == asker.desk],
        "elsewhere": [one for one in kept if asker.desk not in (one["holder"], one["offered_to"])],
        "gone": [one for one in rows if one["state"] == "disposed"],
    }
    return render_template(
        "custody/items.html", here=request.path, parts=parts, incident=incident, known=known,
        titles={one["ref"]: one["title"] for one in known}, sorts=course.SORTS, units=course.UNITS, said=_titles(),
        may_take=may(asker, "item.take_in") is None, may_answer=may(asker, "item.answer") is None,
        **surroundings.around(asker, operation, language(), clock.now()),
    )  # fmt: skip


@pages.get("/items/<ref>")
def item_page(ref: str) -> str:
    """One thing: what it is, who has it, what may be done with it, and its chain of custody."""
    asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    found = queries.known(ref, asker.desk_id)
    return render_template(
        "custody/item.html", here=request.path, told=queries.page(found), may=queries.offered(found, asker),
        incident=found.of.incident, others=[one for one in found.circle() if one != found.row.holder],
        outcomes=course.OUTCOMES, said=_titles(),
        **surroundings.around(asker, found.of.operation, language(), clock.now()),
    )  # fmt: skip


@pages.get("/items/<ref>.<form>")
def item_document(ref: str, form: str) -> Response:
    """The chain of custody on paper, with every hand it went through."""
    asker = g.identify()
    allow(asker, "board.read")
    found = queries.known(ref, asker.desk_id)
    if form not in PAPERS:
        raise NotKnown
    if refusal := may_leave(found.of.incident.tlp):
        raise NotAllowed(say_both(refusal.en, refusal.zh))
    lang, (media, made) = language(), PAPERS[form]
    response = Response(made("sheet", paper.forms.custody(_sheet(found, asker.agency, lang))), content_type=media)
    mark = "EXERCISE-" if found.of.operation.exercise else ""
    name = f"{mark}custody-{found.row.incident}-{lang}.{form}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _sheet(found: queries.Found, agency: str, lang: str) -> dict[str, Any]:
    operation, incident, titles, at = found.of.operation, found.of.incident, _titles(), clock.now()

    def named(code: str) -> str:
        title = titles.get(code.partition("/")[0], {})
        return title.get(lang) or title.get("en") or code

    def moment(when: Any) -> str:
        return f"{when.astimezone(ZoneInfo(operation.zone)):%Y-%m-%d %H:%M:%S}"

    parts = laid(queries.page(found), named, moment, lang, f"{incident.ref} {incident.title}")
    return parts | {
        "lang": lang, "agency": named(agency), "at": instant(at), "number": found.row.ref, "issued": moment(at),
        "zone": zone_title(operation.zone, lang), "tlp": incident.tlp, "exercise": operation.exercise,
        "record_mark": anchors.newest_mark(operation.id, at),
    }  # fmt: skip


def _titles() -> dict[str, Any]:
    desks = {one.code: one.title for one in agencies.all_desks()}
    return {one.code: one.title for one in agencies.agencies()} | desks
