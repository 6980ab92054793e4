"""The page on which an operation goes to its next phase, with everything that is still owed."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.kernel import clock
from incident_hub.kernel.pages import language
from incident_hub.operations import queries as operations
from incident_hub.operations.opening import NEXT_PHASE, PHASES
from incident_hub.operations.queries import pages as surroundings

from . import queries
from .queries import closing

pages = Blueprint("obligations", __name__)


@pages.get("/operations/<op>/phase")
def phase_page(op: str) -> str:
    """Where the operation stands, where it can go, and what closing it would leave open."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    operation = operations.for_desk(op, asker.desk_id)
    known = closing.unanswered(operation.id, asker.desk_id)
    lang = language()
    told = {
        "phases": PHASES, "next": NEXT_PHASE[operation.phase], "may": may(asker, "operation.phase"),
        "debts": queries.shapes(known),
        "standing": [surroundings.shown(one, lang) for one in closing.may_take_over(operation, asker.desk_id)],
    }  # fmt: skip
    names = {one["code"]: one["title"].get(lang, one["code"]) for one in operations.titles(operation.id)}
    around = surroundings.around(asker, operation, lang, clock.now())
    return render_template("obligations/phase.html", here=request.path, told=told, names=names, **around)
