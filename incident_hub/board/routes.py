"""The pages that span rooms: operations, the board, an incident, a new one, my desk."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.exercise import queries as injects
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.pages import language
from incident_hub.obligations import queries as obligations
from incident_hub.operations import queries as operations
from incident_hub.operations.queries import pages as surroundings
from incident_hub.roster import queries as roster

from . import queries

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> Response:
    """To the board of the one operation there is, or the choice between several; who reads none, to their account."""
    asker = g.identify()
    if may(asker, "board.read"):
        return redirect("/account")
    found = operations.known_to(asker.desk_id)
    if len(found) == 1:
        return redirect(url_for("pages.board", op=found[0].code))
    return redirect(url_for("pages.choose"))


@pages.get("/operations")
def choose() -> str:
    """The operations the asker's desk takes part in."""
    asker = g.identify()
    found = [
        surroundings.shown(one, language()) | {"parent": surroundings.parent(one, asker, language())}
        for one in operations.known_to(asker.desk_id)
    ]
    return _render("board/operations.html", asker, None, operations=found)


@pages.get("/operations/<op>/board")
def board(op: str) -> str:
    """The live wall."""
    return _render("board/board.html", *_at(op))


@pages.get("/operations/<op>/outages")
@pages.get("/operations/<op>/outages/<id>")
def outages(op: str, id: str | None = None) -> str:
    """When the Hub was silent, and what fell due in the newest outage or in the one asked for."""
    asker, operation = _at(op)
    found = queries.outages(operation)
    wanted = id or (found[0]["id"] if found else None)
    shown = queries.outage(operation, wanted, asker.desk_id) if wanted else None
    return _render("board/outages.html", asker, operation, outages=found, outage=shown)


@pages.get("/operations/<op>/incidents/new")
def new_incident(op: str) -> str:
    """Log an incident."""
    return _render("incidents/new.html", *_at(op))


@pages.get("/incidents/<ref>")
def incident(ref: str) -> str:
    """One incident."""
    asker = g.identify()
    allow(asker, "board.read")
    found = incidents.known(ref, asker.desk_id)
    return _render("board/incident.html", asker, found.operation, ref=ref)


@pages.get("/desk")
def desk() -> str:
    """What my posts owe, across operations, in order of due."""
    asker = g.identify()
    allow(asker, "board.read")
    found = operations.known_to(asker.desk_id)
    debts = obligations.debts_of_member(asker.member, asker.desk_id, clock.now())
    silent = obligations.to_explain(asker.desk_id)
    one = found[0] if len(found) == 1 else None
    titles = {one.code: surroundings.shown(one, language())["title"] for one in found}
    exercises = {one.id: one.code for one in found if one.exercise}
    said = [line | {"operation": exercises[line["chain"]]} for line in injects.said_to(exercises, asker.desk)]
    return _render("board/desk.html", asker, one, debts=debts, titles=titles, to_explain=silent, said=said)


@pages.get("/operations/<op>/handovers/<id>")
def handover(op: str, id: str) -> str:
    """One hand-over of a post of one's own desk: what goes to the next watch; prepare it, sign it."""
    asker = g.identify()
    allow(asker, "roster.read")
    operation = operations.for_desk(op, asker.desk_id)
    row = roster.handover(id, asker.desk_id)
    return _render("board/handover.html", asker, operation, **queries.handover(row, asker, clock.now()))


def _at(op: str) -> tuple[Asker, operations.Operation]:
    asker = g.identify()
    allow(asker, "board.read")
    return asker, operations.for_desk(op, asker.desk_id)


def _render(template: str, asker: Asker, operation: operations.Operation | None, **more: Any) -> str:
    around = surroundings.around(asker, operation, language(), clock.now())
    around["page"] |= {name: value for name, value in more.items() if name == "ref"}
    return render_template(template, here=request.path, **around, **more)
