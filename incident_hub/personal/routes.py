"""The page of an incident's locked values: what there is, what is asked to be read, and the one showing."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from incident_hub.agencies import queries as agencies
from incident_hub.agencies.askers import allow
from incident_hub.agencies.standing import Asker, may
from incident_hub.incidents import queries as incidents
from incident_hub.kernel import clock
from incident_hub.kernel.database import read_snapshot
from incident_hub.kernel.pages import language
from incident_hub.kernel.personal import KINDS
from incident_hub.operations.queries import pages as surroundings

from . import queries

pages = Blueprint("personal", __name__)


@pages.get("/incidents/<ref>/personal")
def values_page(ref: str) -> str:
    """The values of one incident, and the reveals that were asked for."""
    asker: Asker = g.identify()
    allow(asker, "board.read")
    read_snapshot()
    found, at = incidents.known(ref, asker.desk_id), clock.now()
    values = queries.listed(found, asker.desk_id)
    reveals = queries.reveals(found, asker, at)
    waiting = [one for one in reveals if one["state"] in ("asked", "confirmed")]
    verbs = {verb: may(asker, verb) is None for verb in ("personal.keep", "personal.find", "personal.reveal")}
    said = {one.code: one.title for one in agencies.agencies()} | {one.code: one.title for one in agencies.all_desks()}
    return render_template(
        "personal/values.html", here=request.path, incident=found.incident, values=values, kinds=KINDS, said=said,
        waiting=waiting, over=[one for one in reveals if one not in waiting], may=verbs,
        named=asker.assurance == "personal", **surroundings.around(asker, found.operation, language(), at),
    )  # fmt: skip
